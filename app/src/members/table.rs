//! The table "Members": invitations above, then the members by name.

use super::invitation_row::InvitationLine;
use super::member_row::MemberLine;
use crate::ui::rows::rows;
use domain::member::MembersPage;
use leptos::prelude::*;

/// The table.
#[component]
pub(super) fn MembersTable(
    /// The page's data.
    data: Memo<MembersPage>,
) -> impl IntoView {
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
                {rows(move || data.with(members), MemberLine::view)}
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

fn members(page: &MembersPage) -> Vec<MemberLine> {
    let line = |member| MemberLine {
        organization: page.head.name.clone(),
        manages: page.head.manages_members,
        member,
    };
    page.members.items.iter().cloned().map(line).collect()
}
