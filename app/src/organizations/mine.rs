//! The page "Manage organizations": one's memberships, and what waits for an answer: invitations, and accounts that want
//! to become organizations.

use crate::error::Failure;
use crate::layout::heading::Heading;
use crate::members::answer::{AcceptInvitation, DeclineInvitation};
use crate::page::loaded::Loaded;
use crate::transform::answer::{AcceptTransformation, RejectTransformation};
use crate::ui::button::{LinkButton, SubmitButton};
use crate::ui::empty_state::EmptyState;
use crate::ui::form::Form;
use crate::ui::number::grouped;
use crate::ui::picture::picture;
use crate::ui::rows::rows;
use domain::links;
use domain::organization::{MyOrganization, MyOrganizations};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn ManageOrganizations() -> impl IntoView {
    view! { <Loaded read=|| ReadMyOrganizations {} view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/organizations/mine", input = GetUrl)]
pub(crate) async fn read_my_organizations() -> Result<MyOrganizations, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    Ok(gallery::organizations::mine(&gallery, &actor).await?)
}

fn page(data: Memo<MyOrganizations>) -> AnyView {
    let empty = Memo::new(move |_| data.with(|mine| mine.organizations.is_empty()));
    view! {
        <div class="page-head">
            <Heading text="Manage organizations"/>
            {links_to_more()}
        </div>
        {move || if empty.get() { nothing() } else { table(data) }}
    }
    .into_any()
}

fn links_to_more() -> AnyView {
    let transform = links::transform().to_string();
    view! {
        <div class="form-buttons">
            <LinkButton text="Add new organization" href="/organization/add" class="button button-primary"/>
            <LinkButton text="Transform your account into an organization" href=transform/>
        </div>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="You are in no organization yet.">
            <p>
                "Add one for your team, or ask an administrator of an existing one to invite you: the invitation appears here."
            </p>
            <p><a href="/help/organizations">"How organizations work"</a></p>
        </EmptyState>
    }
    .into_any()
}

fn table(data: Memo<MyOrganizations>) -> AnyView {
    view! {
        <table class="table" aria-label="Organizations">
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Your role"</th>
                    <th scope="col">"Members"</th>
                    <th scope="col">"Packages"</th>
                    <th scope="col"><span class="visually-hidden">"What to do"</span></th>
                </tr>
            </thead>
            <tbody>{rows(move || data.with(|mine| mine.organizations.clone()), row)}</tbody>
        </table>
    }
    .into_any()
}

fn row(row: MyOrganization) -> AnyView {
    // The pages of an organization open to its members only; its profile, to everybody.
    let href = if row.invited || row.transformation {
        links::profile(&row.name)
    } else {
        links::organization(&row.name)
    };
    let badge = match (row.invited, row.expired, row.transformation) {
        (true, true, _) => Some(("badge", "Invitation expired")),
        (true, false, _) => Some(("badge badge-accent", "Invitation")),
        (false, _, true) => Some(("badge badge-accent", "Transformation")),
        (false, _, false) => None,
    };
    let badge = badge.map(|(class, text)| view! { " " <span class=class>{text}</span> }.into_any());
    let actions = if row.transformation {
        Some(transformation(&row.name))
    } else {
        row.invited.then(|| answers(&row.name, row.expired))
    };
    view! {
        <tr>
            <th scope="row">{picture(&row.name, "", "picture picture-small")}<a href=href.to_string()>{row.name}</a>{badge}</th>
            <td data-label="Your role">{row.role.label()}</td>
            <td data-label="Members">{grouped(row.members.into())}</td>
            <td data-label="Packages">{grouped(row.packages.into())}</td>
            <td class="table-actions">{actions}</td>
        </tr>
    }
    .into_any()
}

/// The button that says yes.
const PRIMARY: &str = "button button-small button-primary";
/// The button that says no.
const PLAIN: &str = "button button-small";

fn answers(name: &str, expired: bool) -> AnyView {
    let accept = if expired {
        view! { <p class="quiet">"Ask an administrator to send it again."</p> }.into_any()
    } else {
        let text = format!("Accept invitation to {name}");
        answer(AcceptInvitation::PATH, "organization", name, text, PRIMARY)
    };
    let text = format!("Decline invitation to {name}");
    let decline = answer(DeclineInvitation::PATH, "organization", name, text, PLAIN);
    view! { {accept} {decline} }.into_any()
}

/// An account that wants to become an organization with the viewer as its administrator.
fn transformation(name: &str) -> AnyView {
    let text = format!("Accept transformation of {name}");
    let accept = answer(AcceptTransformation::PATH, "account", name, text, PRIMARY);
    let text = format!("Reject transformation of {name}");
    let reject = answer(RejectTransformation::PATH, "account", name, text, PLAIN);
    view! { {accept} {reject} }.into_any()
}

fn answer(action: &'static str, argument: &'static str, name: &str, text: String, class: &'static str) -> AnyView {
    let name = name.to_owned();
    view! {
        <Form action key=name.clone() class="form-inline">
            <input type="hidden" name=argument value=name/>
            <SubmitButton class text/>
        </Form>
    }
    .into_any()
}
