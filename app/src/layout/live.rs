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
        address.map(|address| {
            // What happened since the page's data was read, and before the stream begins, is asked for.
            let address = move || format!("{address}&behind={}", refresh.age());
            dom::events::Events::read(address, show)
        })
    });
}

/// The stream for the page of a path. It tells of one's own changes; on an organization's pages of the organization's,
/// where a package is managed of the package's, and on pages about all that one has a part in of all one's
/// organizations'.
fn stream_for(path: &str) -> Option<String> {
    let mut parts = path.split('/').skip(1);
    // The path may be encoded already; names and ids have no character that would be encoded twice.
    match (parts.next(), parts.next(), parts.next()) {
        (Some("organization"), Some(name), _) if name != "add" => {
            Some(format!("/live?organization={}", percent_encode(name)))
        }
        (Some("packages"), Some(id), Some("manage")) => Some(format!("/live?package={}", percent_encode(id))),
        (Some("account"), Some("packages" | "apikeys" | "organizations"), _) => {
            Some("/live?organizations=own".to_owned())
        }
        (Some("account"), _, _) => Some("/live?organizations=".to_owned()),
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
    #[case("/organization/contoso/settings", Some("/live?organization=contoso"))]
    #[case("/packages/Contoso.A/manage", Some("/live?package=Contoso.A"))]
    #[case("/packages/manage/upload", None)]
    #[case("/account/packages", Some("/live?organizations=own"))]
    #[case("/account/notifications", Some("/live?organizations="))]
    #[case("/account", Some("/live?organizations="))]
    #[case("/packages/A", None)]
    #[case("/", None)]
    fn pages_that_others_change_are_live(#[case] path: &str, #[case] stream: Option<&str>) {
        assert_eq!(stream_for(path).as_deref(), stream);
    }
}
