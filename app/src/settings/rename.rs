//! The section that renames an organization.

use super::section::{account_field, section};
use crate::dom::typed::Typed;
use crate::error::Failure;
use crate::ui::confirm_dialog::ConfirmStep;
use crate::ui::form::Form;
use crate::ui::text_field::TextField;
use crate::ui::time::Day;
use domain::form::{Done, UiError};
use domain::settings::{OrganizationSettings, RenameForm};
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section.
pub(super) fn section_of(data: Memo<OrganizationSettings>) -> AnyView {
    let shown = Memo::new(move |_| data.with(|page| (page.account.name.clone(), page.rename_from)));
    let content = move || shown.with(|(name, from)| content(name, *from));
    section("rename", "Name", content.into_any())
}

fn content(name: &str, from: Option<Timestamp>) -> AnyView {
    let early = from.map(|from| {
        view! { <p class="quiet">"It was renamed lately. It can be renamed again after " <Day at=from/> "."</p> }
            .into_any()
    });
    let text = format!("Rename {name}");
    let account = account_field(name);
    view! {
        {early}
        <Form action=Rename::PATH check=check>
            {account}
            <TextField
                name="new_name"
                label="New organization name"
                hint="At most once in 30 days. The old name stays this organization's, and addresses with it lead to the new one."
            />
            <ConfirmStep opener="Rename organization" title=format!("{text}?") confirm=text>
                <p>
                    "Packages, members, API keys and policies stay as they are. Every member is told the new name by mail. Clients that trust the owner by its old name need the new one."
                </p>
            </ConfirmStep>
        </Form>
    }
    .into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    let form = RenameForm {
        new_name: typed.get("new_name"),
    };
    form.parse().map(|_| ()).map_err(UiError::from)
}

/// Renames the organization, and leads to its settings under the new name.
#[server(prefix = "/rpc", endpoint = "/settings/rename")]
pub(crate) async fn rename(
    #[server(default)] account: String,
    #[server(default)] new_name: String,
) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let form = RenameForm { new_name };
    let name = gallery::account_settings::rename(&gallery, &actor, &account, form).await?;
    let message = format!("The organization is now called {name}.");
    Ok(Done::go(domain::links::organization_settings(name.as_str()), message))
}
