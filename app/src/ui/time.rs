//! Moments.

use crate::dom::local_time;
use crate::layout::visit::Visit;
use domain::time::Timestamp;
use leptos::prelude::*;

/// Day and minute. The server writes them in UTC; once the page is live they are the person's own.
#[component]
pub(crate) fn Time(
    /// When it was, or will be.
    at: Timestamp,
) -> impl IntoView {
    let live = Visit::of_context().live();
    let text = move || {
        if live.get() {
            local_time::minute(at)
        } else {
            at.minute()
        }
    };
    view! { <time datetime=at.rfc3339() title=at.minute()>{text}</time> }
}

/// The day alone.
#[component]
pub(crate) fn Day(
    /// When it was, or will be.
    at: Timestamp,
) -> impl IntoView {
    let live = Visit::of_context().live();
    let text = move || if live.get() { local_time::day(at) } else { at.day() };
    view! { <time datetime=at.rfc3339() title=at.minute()>{text}</time> }
}
