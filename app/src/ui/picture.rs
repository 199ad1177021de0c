//! The picture of an account.

use domain::links;
use leptos::prelude::*;

/// The picture beside an account's name, which says the same; `version` changes with the logo, where it is known.
pub(crate) fn picture(name: &str, version: &str, class: &'static str) -> AnyView {
    let src = links::logo(name, version).to_string();
    view! { <img class=class src=src alt="" loading="lazy"/> }.into_any()
}
