//! Invites somebody: by user name, or by an address that may or may not be an account's.

use crate::accounts::{acting_person, name_in_address, name_of};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, Hold, ManageMembers, account_by_name};
use crate::error::Error;
use crate::frequency::INVITATIONS;
use crate::jobs::Job;
use crate::mail::invitation::invitation;
use crate::store::invitations::Addressee;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind, EmailAddress};
use domain::audit::AuditAction;
use domain::invitation::OPEN_INVITATIONS;
use domain::links;
use domain::member::{Invite, InviteField, InviteForm, Invited, MemberProblem};
use domain::permission::Role;

/// What came of an invitation; the same whether or not an account has the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationSent {
    /// The user name, or the address as typed.
    pub invited: String,
    /// The role offered.
    pub role: Role,
    /// Whether it was sent before, and now again.
    pub again: bool,
}

/// Invites somebody to an organization; somebody invited before gets the mail again, and the new role.
///
/// # Errors
/// Refusals at the fields `invited` and `role`; a refusal when the organization has too many open invitations.
pub async fn invite(g: &Gallery, a: &Actor, organization: &str, form: InviteForm) -> Result<InvitationSent, Error> {
    let organization = name_in_address(a, organization)?;
    let mut tx = g.begin().await?;
    let authorized = tx
        .authorize::<ManageMembers>(a, &organization)
        .await?
        .of_organization()?;
    let Invite { invited, role } = form.parse()?;
    let asked = match invited {
        Invited::User(name) => {
            // Held, so that no organization is made of the account meanwhile.
            let person = account_by_name(tx.connection(), &name, Hold::Shared).await?;
            known_user(
                &tx,
                &authorized,
                person.ok_or_else(|| at_field(MemberProblem::UnknownUser))?,
            )
            .await?
        }
        Invited::Address(email) => by_address(&tx, email).await?,
    };
    INVITATIONS.allow(&tx, a, authorized.account()).await?;
    let before = store::invitations::of_addressee(&tx, &authorized, &asked.addressee).await?;
    let action = match &before {
        Some(row) => {
            store::invitations::renew(&tx, &authorized, row.id, role).await?;
            AuditAction::InvitationResent
        }
        None => {
            if store::invitations::count(tx.connection(), authorized.account()).await? >= OPEN_INVITATIONS {
                return Err(Error::refuse(MemberProblem::TooManyInvitations));
            }
            let by = acting_person(a)?;
            store::invitations::insert(&tx, &authorized, &asked.addressee, role, by).await?;
            AuditAction::InvitationCreated
        }
    };
    let mut event = AuditEvent::new(a, action, asked.subject)
        .on_behalf_of(authorized.account())
        .before(before.as_ref().map_or("", |row| row.role.as_str()))
        .after(role.value());
    let organization = authorized.row();
    let inviter = name_of(tx.connection(), a).await?;
    for person in asked.to_tell {
        event = event.telling(
            person,
            format!("{inviter} invites you to {}.", organization.name),
            links::manage_organizations(),
        );
    }
    if let Addressee::User(person) = asked.addressee {
        event = event.in_trail_of(person);
    }
    let mail = invitation(&asked.email, &inviter, &organization.name, role);
    g.throttle().mail(g, &a.origin, &mail)?;
    tx.after_commit(&Job::Mail(mail)).await?;
    tx.commit(event).await?;
    Ok(InvitationSent {
        invited: asked.called,
        role,
        again: before.is_some(),
    })
}

/// Whom an invitation reaches, and what is written down about it.
struct Asked {
    addressee: Addressee,
    /// What the row shows.
    called: String,
    /// Where the mail goes.
    email: String,
    subject: Subject,
    /// Whom the application tells.
    to_tell: Vec<AccountKey>,
}

async fn known_user(
    tx: &Tx,
    authorized: &Authorized<ManageMembers>,
    person: schema::entity::account::Model,
) -> Result<Asked, Error> {
    if person.kind == AccountKind::Organization.value() {
        return Err(at_field(MemberProblem::IsOrganization));
    }
    let Some(email) = person.email else {
        return Err(at_field(MemberProblem::UnconfirmedUser));
    };
    let key = AccountKey(person.id);
    let role = store::memberships::role_of(tx.connection(), authorized.account(), key).await?;
    if role.is_some() {
        return Err(at_field(MemberProblem::AlreadyMember));
    }
    Ok(Asked {
        addressee: Addressee::User(key),
        called: person.name,
        email,
        subject: Subject::account(key),
        to_tell: vec![key],
    })
}

/// Whoever has the address is told in the application too; the inviter learns nothing of that.
async fn by_address(tx: &Tx, email: EmailAddress) -> Result<Asked, Error> {
    let key = email.key();
    let mut to_tell = store::identities::accounts_vouched_for(tx.connection(), &key).await?;
    let holder = store::accounts::by_address(tx.connection(), &key).await?;
    to_tell.extend(
        holder
            .filter(|account| account.kind == AccountKind::User.value())
            .map(|account| AccountKey(account.id)),
    );
    Ok(Asked {
        called: email.as_str().to_owned(),
        email: email.as_str().to_owned(),
        subject: Subject::address(&email),
        addressee: Addressee::Address(email),
        to_tell,
    })
}

fn at_field(problem: MemberProblem) -> Error {
    Error::field(InviteField::Invited, problem)
}
