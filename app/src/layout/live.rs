//! Keeps open pages live: what somebody else changes is shown without a reload.

use super::navigation::Navigator;
use super::refresh::Refresh;
use super::visit::Visit;
use crate::dom;
use domain::links::percent_encode;
use leptos::prelude::*;
use std::time::Duration;

/// Several changes in a row are shown at once.
const GATHERED: Duration = Duration::from_millis(300);

/// Follows the changes that concern the page that is open, while somebody looks at it.
pub(super) fn follow(visit: Visit, navigator: Navigator, refresh: Refresh) {
    let signed_in = Memo::new(move |_| visit.viewer().with(Option::is_some));
    let address = Memo::new(move |_| signed_in.get().then(|| stream_for(&navigator.path())).flatten());
    let visible = RwSignal::new(true);
    let pending = StoredValue::new(false);
    let show = move || {
        if pending.try_get_value() == Some(false) {
            pending.set_value(true);
            set_timeout(
                move || {
                    pending.try_set_value(false);
                    refresh.page();
                    visit.refresh_viewer();
                },
                GATHERED,
            );
        }
    };
    Effect::new(move |_| {
        let changed = window_event_listener_untyped("visibilitychange", move |_| {
            let shown = dom::document::is_shown();
            if shown && !visible.get_untracked() && address.with_untracked(Option::is_some) {
                // What happened in the meantime.
                show();
            }
            visible.set(shown);
        });
        on_cleanup(move || changed.remove());
    });
    // The stream is kept as the effect's value: the next one takes its place, and it ends.
    Effect::new(move |_: Option<Option<dom::events::Events>>| {
        let address = if visible.get() { address.get() } else { None };
        address.map(|address| dom::events::Events::read(address, show))
    });
}

/// The stream for the page of a path: that of an organization's pages tells of its changes too.
fn stream_for(path: &str) -> Option<String> {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next()) {
        (Some("organization"), Some(name)) if name != "add" => {
            // The path may be encoded already; a name has no character that would be encoded twice.
            Some(format!("/live?organization={}", percent_encode(name)))
        }
        (Some("account"), _) => Some("/live".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::stream_for;
    use rstest::rstest;

    #[rstest]
    #[case("/organization/contoso", Some("/live?organization=contoso"))]
    #[case("/organization/contoso/members", Some("/live?organization=contoso"))]
    #[case("/organization/add", None)]
    #[case("/account/notifications", Some("/live"))]
    #[case("/account", Some("/live"))]
    #[case("/packages/A", None)]
    #[case("/", None)]
    fn pages_that_others_change_are_live(#[case] path: &str, #[case] stream: Option<&str>) {
        assert_eq!(stream_for(path).as_deref(), stream);
    }
}
