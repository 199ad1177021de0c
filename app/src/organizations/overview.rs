//! The first page of an organization.

use super::head::{OrganizationHeader, OrganizationTab};
use super::next_steps::next_steps;
use crate::error::Failure;
use crate::layout::navigation::path_part;
use crate::page::loaded::Loaded;
use crate::ui::facts::fact;
use crate::ui::icon::Icon;
use crate::ui::number::{counted, grouped};
use crate::ui::time::Day;
use domain::links;
use domain::organization::OrganizationOverview;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page whose heading is the organization's name.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let organization = path_part("name");
    let read = move || ReadOverview {
        organization: organization.get(),
    };
    view! { <Loaded read view=page/> }
}

/// What the page shows.
#[server(prefix = "/rpc", endpoint = "/organizations/overview", input = GetUrl)]
pub(crate) async fn read_overview(organization: String) -> Result<OrganizationOverview, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    Ok(gallery::organizations::overview(&gallery, &actor, &organization).await?)
}

fn page(data: Memo<OrganizationOverview>) -> AnyView {
    let head = Memo::new(move |_| data.with(|overview| overview.head.clone()));
    view! {
        <OrganizationHeader head heading=str::to_owned current=OrganizationTab::Overview/>
        {move || data.with(|overview| view! { {next_steps(overview)} {cards(overview)} {facts(overview)} }.into_any())}
    }
    .into_any()
}

/// How much there is of everything, and where to see it. The links do not repeat the navigation's words, so that
/// somebody who listens to the links alone can tell them apart.
fn cards(overview: &OrganizationOverview) -> AnyView {
    let name = &overview.head.name;
    let OrganizationOverview {
        administrators,
        collaborators,
        invitations,
        packages,
        ..
    } = *overview;
    let invite = if overview.head.manages_members {
        "See and invite people"
    } else {
        "See who belongs to it"
    };
    let waiting = if invitations == 0 {
        String::new()
    } else {
        format!(
            ", {}",
            counted(invitations.into(), "invitation waits", "invitations wait")
        )
    };
    let people = format!(
        "{}, {}{waiting}.",
        counted(administrators.into(), "administrator", "administrators"),
        counted(collaborators.into(), "collaborator", "collaborators"),
    );
    let members = u64::from(administrators) + u64::from(collaborators);
    view! {
        <div class="cards">
            {card("people", "Members", Some(members), people, links::members(name).into(), invite)}
            {card(
                "package",
                "Packages",
                Some(packages.into()),
                "Owned by the organization, listed or not.".to_owned(),
                links::organization_packages(name).into(),
                "See what it owns",
            )}
            {overview.head.sees_audit.then(|| card(
                "check",
                "Audit trail",
                None,
                "Every change, with the person or key behind it.".to_owned(),
                links::audit_trail(name).into(),
                "See who did what",
            ))}
        </div>
    }
    .into_any()
}

fn card(
    icon: &'static str,
    title: &'static str,
    number: Option<u64>,
    note: String,
    href: String,
    link: &'static str,
) -> AnyView {
    let number = number.map(|number| view! { <p class="card-number">{grouped(number)}</p> }.into_any());
    view! {
        <div class="card">
            <h2 class="card-title"><Icon name=icon/>{title}</h2>
            {number}
            <p class="card-note">{note}</p>
            <p><a href=href>{link}</a></p>
        </div>
    }
    .into_any()
}

fn facts(overview: &OrganizationOverview) -> AnyView {
    let role = overview
        .head
        .role
        .map(|role| fact("Your role", view! { {role.label()} }.into_any()));
    let email = overview.email.clone().map(|email| {
        let unconfirmed = (!overview.head.confirmed)
            .then(|| view! { " " <span class="badge badge-warning">"Not confirmed"</span> }.into_any());
        fact("Email address", view! { {email} {unconfirmed} }.into_any())
    });
    let profile = links::profile(&overview.head.name).to_string();
    view! {
        <dl class="facts">
            {role}
            {email}
            {fact("Added on", view! { <Day at=overview.created/> }.into_any())}
            {fact("What everybody sees", view! { <a href=profile>"Profile"</a> }.into_any())}
        </dl>
    }
    .into_any()
}
