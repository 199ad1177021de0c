//! The page "Add organization".

use super::signed_in::signed_in;
use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::layout::visit::Visit;
use crate::ui::button::{LinkButton, SubmitButton};
use crate::ui::form::Form;
use crate::ui::form_state::FormState;
use crate::ui::text_field::TextField;
use domain::form::{Done, UiError};
use domain::links;
use domain::organization::AddOrganizationForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
#[component]
pub(crate) fn AddOrganization() -> impl IntoView {
    signed_in(|| {
        view! {
            <div class="narrow">
                <Heading text="Add organization"/>
                <p class="lead">
                    "An organization owns packages for a team. You become its first administrator and invite the others. "
                    <a href="/help/organizations">"How organizations work"</a>
                </p>
                <Form action=AddOrganizationPost::PATH check=check>
                    <NameField/>
                    <TextField
                        name="email"
                        label="Organization email address"
                        kind="email"
                        hint="Mail about the organization goes there. It must be confirmed, and no other account may use it."
                    />
                    <div class="form-buttons">
                        <SubmitButton text="Add organization"/>
                        <LinkButton text="Cancel" href=links::manage_organizations().to_string()/>
                    </div>
                </Form>
            </div>
        }
        .into_any()
    })
}

/// The name, and the address that the profile would have.
#[component]
fn NameField() -> impl IntoView {
    let name = RwSignal::new(FormState::of_context().typed("name", String::new()));
    let site = Visit::of_context().public_url();
    let address = move || name.with(|name| profile_address(&site, name));
    view! {
        <TextField
            name="name"
            label="Organization name"
            hint="Letters, digits, dots, hyphens and underscores. Everybody sees it as the owner of its packages."
            on_input=move |typed| name.set(typed)
        />
        <p class="preview">"Profile address: " <span class="preview-value">{address}</span></p>
    }
}

/// The address as users see it; where nothing is typed yet, an ellipsis stands for the name.
fn profile_address(site: &str, name: &str) -> String {
    let name = name.trim();
    let name = if name.is_empty() { "…" } else { name };
    format!("{site}/profiles/{name}")
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = AddOrganizationForm {
        name: typed.get("name"),
        email: typed.get("email"),
    };
    form.parse().map(|_| ()).map_err(UiError::from)
}

/// Adds the organization.
#[server(name = AddOrganizationPost, prefix = "/rpc", endpoint = "/organizations/add")]
pub(crate) async fn add_organization(
    #[server(default)] name: String,
    #[server(default)] email: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = AddOrganizationForm { name, email };
    let name = gallery::organizations::add(&gallery, &actor, form).await?;
    let message = format!("{name} was added. Open the link in the mail to its address, and confirm it.");
    Ok(Done::go(links::organization(name.as_str()), message))
}

#[cfg(test)]
mod tests {
    use super::profile_address;

    #[test]
    fn the_preview_is_the_address_of_the_profile() {
        assert_eq!(
            profile_address("https://a.example", " Fabrikam "),
            "https://a.example/profiles/Fabrikam"
        );
        assert_eq!(profile_address("https://a.example", ""), "https://a.example/profiles/…");
    }
}
