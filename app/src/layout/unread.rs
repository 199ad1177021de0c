//! How many notifications wait for the person who is signed in.

use super::visit::Visit;
use crate::ui::icon::Icon;
use leptos::prelude::*;

/// The number of unread notifications; none for somebody who is not signed in.
pub(super) fn unread() -> Memo<u32> {
    let viewer = Visit::of_context().viewer();
    Memo::new(move |_| viewer.with(|viewer| viewer.as_ref().map_or(0, |viewer| viewer.unread)))
}

/// The header's link to them, while there are any.
#[component]
pub(super) fn UnreadLink() -> impl IntoView {
    let unread = unread();
    move || {
        let count = unread.get();
        (count > 0).then(|| {
            view! {
                <a
                    class="header-link"
                    href="/account/notifications"
                    aria-label=format!("Notifications, {count} unread")
                >
                    <Icon name="bell"/>
                    <span class="badge badge-accent">{count}</span>
                </a>
            }
            .into_any()
        })
    }
}
