//! The owners of a package, as those see them who manage the package.

use super::add::AddOwner;
use super::cancel::CancelOwnership;
use super::remove::RemoveOwner;
use crate::dom::typed::Typed;
use crate::ui::button::SubmitButton;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::form::Form;
use crate::ui::rows::rows;
use crate::ui::text_field::TextField;
use crate::ui::time::Day;
use domain::form::UiError;
use domain::links;
use domain::ownership::{OwnerRoute, OwnerRow, PendingOwner, check_new_owner};
use domain::profile::ManagePackagePage;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The owners, those who are asked, and the form for another one.
pub(crate) fn owners(id: Memo<String>, data: Memo<ManagePackagePage>) -> AnyView {
    let manages = Memo::new(move |_| data.with(|page| page.manages_owners && !page.locked));
    let each = move || {
        let manages = manages.get();
        data.with(|page| page.owners.iter().cloned().map(|owner| (owner, manages)).collect())
    };
    let asked = move || {
        let manages = manages.get();
        data.with(|page| page.requests.iter().cloned().map(|asked| (asked, manages)).collect())
    };
    let form = move || manages.get().then(|| add_form(id.get()));
    view! {
        <ul class="owner-list" role="list" aria-label="Owners">
            {rows(each, move |(owner, manages)| owner_row(id.get_untracked(), owner, manages))}
            {rows(asked, |(asked, manages)| asked_row(asked, manages))}
        </ul>
        {form}
    }
    .into_any()
}

fn owner_row(id: String, owner: OwnerRow, manages: bool) -> AnyView {
    let OwnerRow { name, route } = owner;
    let href = links::profile(&name).to_string();
    let remove = manages.then(|| remove(id, name.clone(), route));
    view! { <li class="owner"><a href=href>{name}</a> {remove}</li> }.into_any()
}

fn remove(id: String, owner: String, route: OwnerRoute) -> AnyView {
    let warning = match route {
        OwnerRoute::Foreign => "They lose every right to the package with the next request, and are told by mail.",
        OwnerRoute::Own => {
            "This is you, or an organization of yours. You keep only the rights that you have through another owner."
        }
        OwnerRoute::OnlyRoute => {
            "This is your only way to the package: you will not be able to publish, change or manage it any more, and only one of the other owners can let you back in."
        }
    };
    view! {
        <ConfirmDialog
            action=RemoveOwner::PATH
            key=owner.clone()
            opener=format!("Remove owner {owner}")
            title=format!("Remove {owner} from the owners of {id}?")
            confirm=format!("Remove {owner}")
        >
            <p>{warning}</p>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="owner" value=owner/>
        </ConfirmDialog>
    }
    .into_any()
}

fn asked_row(asked: PendingOwner, manages: bool) -> AnyView {
    let href = links::profile(&asked.owner).to_string();
    let replaces = (!asked.replaces.is_empty()).then(|| format!(", in place of {}", asked.replaces));
    let cancel = manages.then(|| cancel(asked.key, format!("Cancel request to {}", asked.owner)));
    view! {
        <li class="owner">
            <span>
                <a href=href>{asked.owner}</a> " " <span class="badge badge-warning">"Asked"</span> " "
                <Day at=asked.since/> {replaces}
            </span>
            {cancel}
        </li>
    }
    .into_any()
}

/// The button that withdraws a request.
pub(super) fn cancel(request: i64, text: String) -> AnyView {
    view! {
        <Form action=CancelOwnership::PATH key=request.to_string() class="form-inline">
            <input type="hidden" name="request" value=request.to_string()/>
            <SubmitButton class="button button-small" text/>
        </Form>
    }
    .into_any()
}

fn add_form(id: String) -> AnyView {
    view! {
        <Form action=AddOwner::PATH class="form form-row" check=check>
            <input type="hidden" name="id" value=id/>
            <TextField
                name="owner"
                label="New owner"
                hint="The name of a user or an organization. Whoever is not yours is asked first."
            />
            <div class="form-buttons"><SubmitButton text="Add owner"/></div>
        </Form>
    }
    .into_any()
}

fn check(typed: &Typed) -> Result<(), UiError> {
    check_new_owner(&typed.get("owner")).map(|_| ()).map_err(UiError::from)
}
