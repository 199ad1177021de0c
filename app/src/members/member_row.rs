//! A member in the table "Members".

use super::change_role::ChangeRole;
use super::leave::leave_dialog;
use super::remove::RemoveMember;
use super::roles::role_choices;
use crate::ui::confirm_dialog::ConfirmDialog;
use crate::ui::form::Form;
use crate::ui::select::InstantSelect;
use crate::ui::time::Day;
use domain::links::{self, percent_encode};
use domain::member::MemberRow;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// A member, with what this viewer may do about them.
#[derive(Clone, Hash)]
pub(super) struct MemberLine {
    /// The organization's name.
    pub(super) organization: String,
    /// Whether the viewer may change members.
    pub(super) manages: bool,
    /// The query of the list as it is shown, to come back to it.
    pub(super) query: String,
    /// The member.
    pub(super) member: MemberRow,
}

impl MemberLine {
    /// Draws the row.
    pub(super) fn view(self) -> AnyView {
        let name = self.member.name.clone();
        let href = links::profile(&name).to_string();
        let you = self
            .member
            .oneself
            .then(|| view! { " " <span class="badge badge-accent">"You"</span> }.into_any());
        view! {
            <tr>
                <th scope="row"><a href=href>{name}</a>{you}</th>
                <td data-label="Role">{self.role()}</td>
                <td class="table-time" data-label="Since"><Day at=self.member.since/></td>
                <td class="table-actions">{self.why()} {self.ending()}</td>
            </tr>
        }
        .into_any()
    }

    fn role(&self) -> AnyView {
        let MemberRow { name, role, .. } = self.member.clone();
        if !self.manages {
            return view! { {role.label()} }.into_any();
        }
        let organization = self.organization.clone();
        view! {
            <Form action=ChangeRole::PATH key=name.clone() class="form-instant">
                <input type="hidden" name="organization" value=organization/>
                <input type="hidden" name="member" value=name.clone()/>
                <InstantSelect
                    name="role"
                    label=format!("Role of {name}")
                    choices=role_choices()
                    value=role.value()
                    button=format!("Change role of {name}")
                />
            </Form>
        }
        .into_any()
    }

    /// The link to the explanation of the member's rights, in the same part of the list.
    fn why(&self) -> AnyView {
        let name = &self.member.name;
        let path = links::members(&self.organization);
        let asked = format!("why={}", percent_encode(name));
        let href = match self.query.as_str() {
            "" => format!("{path}?{asked}"),
            query => format!("{path}?{query}&{asked}"),
        };
        let question = format!("Why can {name} push here?");
        view! { <a class="table-why" href=href aria-label=question>"Why?"</a> }.into_any()
    }

    fn ending(&self) -> Option<AnyView> {
        if self.member.oneself {
            Some(leave_dialog(self.organization.clone()))
        } else {
            self.manages
                .then(|| remove(self.organization.clone(), self.member.name.clone()))
        }
    }
}

fn remove(organization: String, member: String) -> AnyView {
    let text = format!("Remove {member}");
    view! {
        <ConfirmDialog
            action=RemoveMember::PATH
            key=member.clone()
            opener=text.clone()
            title=format!("{text}?")
            confirm=text
        >
            <p>
                "Their rights for " <strong>{organization.clone()}</strong>
                " end with the next request, and their own API keys for it stop. They are told by mail."
            </p>
            <input type="hidden" name="organization" value=organization/>
            <input type="hidden" name="member" value=member/>
        </ConfirmDialog>
    }
    .into_any()
}
