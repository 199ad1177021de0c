//! The frame of a section.

use leptos::prelude::*;

/// A part of the page with its heading; `id` names the heading.
pub(super) fn section(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    view! {
        <section class="panel" aria-labelledby=id>
            <h2 class="panel-title" id=id>{title}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// The hidden field that says which account a form is about.
pub(super) fn account_field(name: &str) -> AnyView {
    let name = name.to_owned();
    view! { <input type="hidden" name="account" value=name/> }.into_any()
}
