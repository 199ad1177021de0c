//! What there is to know of something, name by name.

use leptos::prelude::*;

/// One of the facts in a `dl` of the class `facts`.
pub(crate) fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}
