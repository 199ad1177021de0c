//! Where to begin.

use crate::layout::visit::Visit;
use crate::ui::button::LinkButton;
use leptos::prelude::*;

/// The next step, as it fits whoever looks.
///
/// The header has the links "Upload" and "Sign in". The words here differ, so that each link of the page has a name of
/// its own; the page "Add organization" asks to sign in by itself.
#[component]
pub(crate) fn Beginning() -> impl IntoView {
    let viewer = Visit::of_context().viewer();
    let signed_in = Memo::new(move |_| viewer.with(Option::is_some));
    move || {
        let (first, page) = if signed_in.get() {
            ("Publish a package", "/packages/manage/upload")
        } else {
            ("Browse packages", "/packages")
        };
        view! {
            <p class="form-buttons">
                <LinkButton text=first href=page class="button button-primary"/>
                <LinkButton text="Add an organization" href="/organization/add"/>
            </p>
        }
        .into_any()
    }
}
