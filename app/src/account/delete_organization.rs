//! Deleting an organization, or what stands in the way of it.

use super::blockers::{blocked, only_owner};
use crate::error::Failure;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::number::counted;
use domain::deletion::OrganizationDeletion;
use domain::form::Done;
use domain::links;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section "Delete organization", for those who manage it.
pub(crate) fn delete_organization(deletion: Memo<OrganizationDeletion>) -> AnyView {
    view! {
        <section class="panel" aria-labelledby="delete-organization">
            <h2 class="panel-title" id="delete-organization">"Delete organization"</h2>
            {move || deletion.with(|deletion| match deletion.problem() {
                Some(_) => blocked("The organization can be deleted when this is solved:", blockers(deletion)),
                None => dialog(deletion),
            })}
        </section>
    }
    .into_any()
}

fn blockers(deletion: &OrganizationDeletion) -> Vec<AnyView> {
    let mut items = Vec::new();
    if deletion.others > 0 {
        let href = links::members(&deletion.name).to_string();
        let others = counted(deletion.others.into(), "other member", "other members");
        items.push(view! { <li>"It has " {others} ". " <a href=href>"Remove the members"</a></li> }.into_any());
    }
    if !deletion.packages.ids.is_empty() {
        let href = links::organization_packages(&deletion.name).to_string();
        items.push(
            view! { <li>"It is the only owner of packages. " <a href=href>"Move the packages"</a></li> }.into_any(),
        );
        items.extend(only_owner("It is", &deletion.packages, |id| {
            (links::manage_package(id), format!("Add an owner to {id}"))
        }));
    }
    items
}

fn dialog(deletion: &OrganizationDeletion) -> AnyView {
    let name = deletion.name.clone();
    let text = format!("Delete {name}");
    let fate = if deletion.confirmed {
        "The name stays taken for ever, and nobody can bring the organization back."
    } else {
        "Its address was never confirmed, so the name is free again."
    };
    view! {
        <p class="lead">"Its API keys and invitations end at once. What was published for it stays."</p>
        <ConfirmDialog
            action=DeleteOrganizationForEver::PATH
            key=""
            opener="Delete organization"
            opener_class="button button-danger"
            title=format!("{text}?")
            confirm=text
        >
            <p>"Its API keys and invitations end at once. " {fate}</p>
            <input type="hidden" name="organization" value=name/>
        </ConfirmDialog>
    }
    .into_any()
}

/// Deletes an organization; the person's other ones are next.
#[server(prefix = "/rpc", endpoint = "organizations/delete")]
pub(crate) async fn delete_organization_for_ever(#[server(default)] organization: String) -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::deletion::delete_organization(&gallery, &actor, &organization).await?;
    let next = links::manage_organizations();
    Ok(Done::go(next, format!("The organization {name} is deleted.")))
}
