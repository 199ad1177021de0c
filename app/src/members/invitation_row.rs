//! An invitation in the table "Members".

use super::cancel::CancelInvitation;
use super::change_invited_role::ChangeInvitedRole;
use super::resend::ResendInvitation;
use super::roles::role_choices;
use crate::ui::button::SubmitButton;
use crate::ui::form::Form;
use crate::ui::select::InstantSelect;
use crate::ui::time::Day;
use domain::links;
use domain::member::InvitationRow;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// An invitation, with what this viewer may do about it.
#[derive(Clone, Hash)]
pub(super) struct InvitationLine {
    /// The organization's name.
    pub(super) organization: String,
    /// Whether the viewer may change members.
    pub(super) manages: bool,
    /// The invitation.
    pub(super) invitation: InvitationRow,
}

impl InvitationLine {
    /// Draws the row.
    pub(super) fn view(self) -> AnyView {
        let InvitationRow {
            invited,
            sent,
            expires,
            expired,
            ..
        } = self.invitation.clone();
        let (class, state, ends) = if expired {
            ("badge", "Expired", "ended ")
        } else {
            ("badge badge-warning", "Pending", "ends ")
        };
        view! {
            <tr>
                <th scope="row">{called(invited)} " " <span class=class>{state}</span></th>
                <td data-label="Role">{self.role()}</td>
                <td data-label="Since"><span>"Sent " <Day at=sent/> ", " {ends} <Day at=expires/></span></td>
                <td class="table-actions">{self.manages.then(|| self.actions())}</td>
            </tr>
        }
        .into_any()
    }

    fn role(&self) -> AnyView {
        let InvitationRow { invited, role, key, .. } = self.invitation.clone();
        if !self.manages {
            return view! { {role.label()} }.into_any();
        }
        let hidden = self.hidden();
        view! {
            <Form action=ChangeInvitedRole::PATH key=key.to_string() class="form-instant">
                {hidden}
                <InstantSelect
                    name="role"
                    label=format!("Role of {invited}")
                    choices=role_choices()
                    value=role.value()
                    button=format!("Change role of {invited}")
                />
            </Form>
        }
        .into_any()
    }

    fn actions(&self) -> AnyView {
        let invited = &self.invitation.invited;
        let resend = self.button(ResendInvitation::PATH, format!("Resend invitation to {invited}"));
        let cancel = self.button(CancelInvitation::PATH, format!("Cancel invitation to {invited}"));
        view! { {resend} {cancel} }.into_any()
    }

    fn button(&self, action: &'static str, text: String) -> AnyView {
        let hidden = self.hidden();
        view! {
            <Form action key=self.invitation.key.to_string() class="form-inline">
                {hidden}
                <SubmitButton class="button button-small" text/>
            </Form>
        }
        .into_any()
    }

    fn hidden(&self) -> AnyView {
        view! {
            <input type="hidden" name="organization" value=self.organization.clone()/>
            <input type="hidden" name="invitation" value=self.invitation.key.to_string()/>
        }
        .into_any()
    }
}

/// A user's name leads to the profile; an address leads nowhere, since nobody is told whose it is.
fn called(invited: String) -> AnyView {
    if invited.contains('@') {
        view! { {invited} }.into_any()
    } else {
        let href = links::profile(&invited).to_string();
        view! { <a href=href>{invited}</a> }.into_any()
    }
}
