//! The table "Members": invitations above, then the members by name.

use super::invitation_row::InvitationLine;
use super::member_row::MemberLine;
use crate::layout::navigation::query_value;
use crate::ui::rows::rows;
use domain::links::percent_encode;
use domain::member::MembersPage;
use leptos::prelude::*;

/// The table.
#[component]
pub(super) fn MembersTable(
    /// The page's data.
    data: Memo<MembersPage>,
) -> impl IntoView {
    let parts = ["q", "after", "before"].map(|name| (name, query_value(name)));
    let query = Memo::new(move |_| query(parts.iter().map(|(name, value)| (*name, value.get()))));
    view! {
        <table class="table" aria-label="Members">
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Role"</th>
                    <th scope="col">"Since"</th>
                    <th scope="col"><span class="visually-hidden">"What to do"</span></th>
                </tr>
            </thead>
            <tbody>
                {rows(move || data.with(invitations), InvitationLine::view)}
                {rows(move || data.with(|page| members(page, &query.get())), MemberLine::view)}
            </tbody>
        </table>
    }
}

fn invitations(page: &MembersPage) -> Vec<InvitationLine> {
    let line = |invitation| InvitationLine {
        organization: page.head.name.clone(),
        manages: page.head.manages_members,
        invitation,
    };
    page.invitations.iter().cloned().map(line).collect()
}

/// The query of the list without what is asked about somebody.
fn query(parts: impl Iterator<Item = (&'static str, String)>) -> String {
    let said = parts.filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| format!("{name}={}", percent_encode(&value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn members(page: &MembersPage, query: &str) -> Vec<MemberLine> {
    let line = |member| MemberLine {
        organization: page.head.name.clone(),
        manages: page.head.manages_members,
        query: query.to_owned(),
        member,
    };
    page.members.items.iter().cloned().map(line).collect()
}
