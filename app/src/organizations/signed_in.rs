//! Pages that have nothing to read, and are for people who are signed in.

use crate::layout::navigation::Navigator;
use crate::layout::redirect::Redirect;
use crate::layout::visit::Visit;
use domain::links;
use leptos::prelude::*;

/// Shows the page to whoever is signed in, and leads everybody else to the sign-in and back.
pub(super) fn signed_in(page: impl FnOnce() -> AnyView) -> AnyView {
    if Visit::of_context().viewer().with_untracked(Option::is_some) {
        page()
    } else {
        let back_to = untrack(|| Navigator::of_context().path_and_query());
        view! { <Redirect to=links::sign_in(&back_to)/> }.into_any()
    }
}
