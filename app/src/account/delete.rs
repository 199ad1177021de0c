//! Deleting one's account, or what stands in the way of it.

use super::blockers::{blocked, only_owner};
use crate::error::Failure;
use crate::ui::confirm_dialog::ConfirmDialog;
use domain::deletion::AccountDeletion;
use domain::form::Done;
use domain::links;
use domain::security::AccountSecurity;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The section "Delete account".
pub(crate) fn delete_account(data: Memo<AccountSecurity>) -> AnyView {
    let deletion = Memo::new(move |_| data.with(|data| data.deletion.clone()));
    view! {
        <section class="panel" aria-labelledby="delete-account">
            <h2 class="panel-title" id="delete-account">"Delete account"</h2>
            {move || deletion.with(|deletion| match deletion.problem() {
                Some(_) => blocked("Your account can be deleted when this is solved:", blockers(deletion)),
                None => dialog(deletion),
            })}
        </section>
    }
    .into_any()
}

fn blockers(deletion: &AccountDeletion) -> Vec<AnyView> {
    let last = deletion.last_administrator_of.iter().map(|organization| {
        let href = links::members(organization).to_string();
        view! {
            <li>
                "You are the last administrator of " {organization.clone()} ". "
                <a href=href>"Make somebody else administrator of "{organization.clone()}</a>
            </li>
        }
        .into_any()
    });
    let only = deletion.only_member_of.iter().map(|organization| {
        let href = links::organization_settings(organization).to_string();
        view! {
            <li>
                "You are the only member of " {organization.clone()} ". "
                <a href=href>"Delete "{organization.clone()}</a>
            </li>
        }
        .into_any()
    });
    let mut items: Vec<AnyView> = last.chain(only).collect();
    items.extend(only_owner("Your account is", &deletion.packages, |id| {
        (links::manage_package(id), format!("Add an owner to {id}"))
    }));
    items
}

fn dialog(deletion: &AccountDeletion) -> AnyView {
    let name = deletion.name.clone();
    let text = format!("Delete {name}");
    let fate = if deletion.confirmed {
        "The name stays taken for ever, and nobody can bring the account back."
    } else {
        "Its address was never confirmed, so the name is free again."
    };
    view! {
        <p class="lead">
            "Your memberships, API keys and sign-ins end at once. What you published stays. If a team is to have the account, "
            <a href="/account/transform">"transform it into an organization"</a> " instead."
        </p>
        <ConfirmDialog
            action=DeleteAccountForEver::PATH
            key=""
            opener="Delete account"
            opener_class="button button-danger"
            title=format!("{text}?")
            confirm=text
        >
            <p>"Your memberships, API keys and sign-ins end at once, and you are signed out. " {fate}</p>
        </ConfirmDialog>
    }
    .into_any()
}

/// Deletes the account of the person who is signed in.
#[server(prefix = "/rpc", endpoint = "account/delete")]
pub(crate) async fn delete_account_for_ever() -> Result<Done, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let name = gallery::deletion::delete_account(&gallery, &actor).await?;
    crate::backend::respond::end_session().await?;
    Ok(Done::go(
        links::LocalPath::home(),
        format!("The account {name} is deleted."),
    ))
}
