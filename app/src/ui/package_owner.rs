//! For whom an API key or a publishing policy publishes.

use super::select::{Choice, SelectField};
use leptos::prelude::*;

/// For whom a form makes something that publishes.
pub(crate) enum PackageOwner {
    /// One of these, for whom the person may push.
    OneOf(Vec<String>),
    /// This organization, whose own it becomes.
    Organization(String),
}

/// The field "Package owner". It is a choice if there is one, and starts empty, so that nobody publishes for the wrong owner
/// unawares. An organization's own needs none.
pub(crate) fn package_owner(owner: PackageOwner) -> AnyView {
    match owner {
        PackageOwner::Organization(name) => hidden(name),
        PackageOwner::OneOf(owners) => match owners.as_slice() {
            [only] => view! {
                <div class="field">
                    <span class="field-label">"Package owner"</span>
                    <span class="field-text">{only.clone()}</span>
                    {hidden(only.clone())}
                </div>
            }
            .into_any(),
            _ => {
                let choices = std::iter::once(Choice::new("", "Select an owner…"))
                    .chain(owners.into_iter().map(Choice::same))
                    .collect();
                view! { <SelectField name="owner" label="Package owner" choices/> }.into_any()
            }
        },
    }
}

fn hidden(name: String) -> AnyView {
    view! { <input type="hidden" name="owner" value=name/> }.into_any()
}
