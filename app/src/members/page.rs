//! The page "Members of {name}".

use super::find::{FindMember, filter};
use super::invite::InvitePanel;
use super::offboarding::OffboardingSummary;
use super::table::MembersTable;
use crate::error::Failure;
use crate::layout::navigation::{path_part, query_value};
use crate::organizations::head::{OrganizationHeader, OrganizationTab};
use crate::page::loaded::Loaded;
use crate::ui::empty_state::EmptyState;
use crate::ui::notice::{Notice, Tone};
use crate::ui::number::counted;
use crate::ui::pages::{Neighbours, Pages};
use crate::ui::why::why_panel;
use domain::links;
use domain::member::MembersPage;
use domain::organization::OrganizationHead;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// The page.
#[component]
pub(crate) fn Members() -> impl IntoView {
    let organization = path_part("name");
    let (q, after, before) = (query_value("q"), query_value("after"), query_value("before"));
    let (left, why) = (query_value("left"), query_value("why"));
    let read = move || ReadMembers {
        organization: organization.get(),
        q: q.get(),
        after: after.get(),
        before: before.get(),
        left: left.get(),
        why: why.get(),
    };
    view! { <Loaded read view=move |data| page(data, q)/> }
}

/// What the page shows; `left` is the number of somebody who was just removed, `why` the name of somebody whose rights
/// are to be explained.
#[server(prefix = "/rpc", endpoint = "/members/list", input = GetUrl)]
pub(crate) async fn read_members(
    organization: String,
    q: String,
    after: String,
    before: String,
    #[server(default)] left: String,
    #[server(default)] why: String,
) -> Result<MembersPage, Failure> {
    let (gallery, actor) = (crate::backend::gallery()?, crate::backend::actor()?);
    let place = domain::page::Place::of_query(&after, &before);
    let asked = gallery::members::Asked {
        q: &q,
        place,
        left: &left,
        why: &why,
    };
    Ok(gallery::members::page(&gallery, &actor, &organization, asked).await?)
}

fn page(data: Memo<MembersPage>, q: Signal<String>) -> AnyView {
    let head = Memo::new(move |_| data.with(|page| page.head.clone()));
    let path = head.with_untracked(|head| links::members(&head.name).to_string());
    let neighbours = Signal::derive(move || {
        data.with(|page| {
            let path = links::members(&page.head.name);
            Neighbours::by_key(path.as_str(), &q.with(|q| filter(q)), &page.members)
        })
    });
    let empty = Memo::new(move |_| data.with(|page| page.members.items.is_empty() && page.invitations.is_empty()));
    view! {
        <OrganizationHeader head heading=|name| format!("Members of {name}") current=OrganizationTab::Members/>
        <p class="lead">
            "Administrators manage members, settings and keys; collaborators publish and manage packages. "
            <a href="/help/organizations">"What each role may do"</a>
        </p>
        <OffboardingSummary data/>
        {why_panel(move || data.with(|page| page.why.clone()))}
        {move || head.with(what_the_viewer_may)}
        <div class="list-head">
            <p class="list-count">{move || data.with(how_many)}</p>
            <FindMember path/>
        </div>
        {move || if empty.get() {
            nobody(head.with_untracked(|head| links::members(&head.name).to_string()))
        } else {
            view! { <MembersTable data/> }.into_any()
        }}
        <Pages neighbours/>
    }
    .into_any()
}

/// The form that invites, or why there is none.
fn what_the_viewer_may(head: &OrganizationHead) -> AnyView {
    let stranger = head.role.is_none().then(|| {
        view! {
            <Notice tone=Tone::Info>
                <p>
                    "You are not a member. As an administrator of the site you see this page and may repair the membership."
                </p>
            </Notice>
        }
        .into_any()
    });
    let invite = if head.manages_members {
        view! { <InvitePanel organization=head.name.clone()/> }.into_any()
    } else {
        view! {
            <Notice tone=Tone::Info>
                <p>"You can see the members. Ask an administrator if somebody should be invited or get another role."</p>
            </Notice>
        }
        .into_any()
    };
    view! { {stranger} {invite} }.into_any()
}

fn how_many(page: &MembersPage) -> String {
    format!(
        "{}, {}",
        counted(page.administrators.into(), "administrator", "administrators"),
        counted(page.collaborators.into(), "collaborator", "collaborators"),
    )
}

/// An organization always has members, so the list is empty only for somebody who looks for a name.
fn nobody(path: String) -> AnyView {
    view! {
        <EmptyState title="Nobody found.">
            <p>"No member and no invitation has this in the name. Type less of it, or " <a href=path>"show everybody"</a> "."</p>
        </EmptyState>
    }
    .into_any()
}
