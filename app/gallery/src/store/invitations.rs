//! The table `invitations`: people, or addresses, that are asked to join an organization.

use super::api_keys::EndsMembership;
use super::transformations::Undone;
use crate::authorization::{AnswerInvitation, Authorized, CancelInvitation, ManageMembers, SeeMembers};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::{AccountKey, EmailAddress};
use domain::invitation::INVITATION_SECONDS;
use domain::permission::Role;
use domain::time::Timestamp;
use schema::entity::{account, invitation};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Whom an invitation is for.
#[derive(Clone, Debug)]
pub(crate) enum Addressee {
    /// This user.
    User(AccountKey),
    /// Whoever proves to have this address.
    Address(EmailAddress),
}

impl Addressee {
    /// What is unique in an organization.
    fn key(&self) -> String {
        match self {
            Self::User(key) => format!("user:{}", key.0),
            Self::Address(email) => format!("email:{}", email.key()),
        }
    }
}

/// The invitation of somebody to an organization, ended or not.
pub(crate) async fn of_addressee(
    tx: &Tx,
    authorized: &Authorized<ManageMembers>,
    addressee: &Addressee,
) -> Result<Option<invitation::Model>, Error> {
    Ok(invitation::Entity::find()
        .filter(invitation::Column::OrganizationId.eq(authorized.account().0))
        .filter(invitation::Column::InvitedKey.eq(addressee.key()))
        .one(tx.connection())
        .await?)
}

/// An invitation of an organization by its handle.
pub(crate) async fn of_organization(
    tx: &Tx,
    organization: AccountKey,
    key: i64,
) -> Result<Option<invitation::Model>, Error> {
    Ok(invitation::Entity::find_by_id(key)
        .filter(invitation::Column::OrganizationId.eq(organization.0))
        .one(tx.connection())
        .await?)
}

/// How many invitations of an organization are in its list.
pub(crate) async fn count<C: ConnectionTrait>(connection: &C, organization: AccountKey) -> Result<u64, Error> {
    Ok(invitation::Entity::find()
        .filter(invitation::Column::OrganizationId.eq(organization.0))
        .count(connection)
        .await?)
}

/// How many of them wait for an answer.
pub(crate) async fn count_waiting<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
    now: Timestamp,
) -> Result<u64, Error> {
    Ok(invitation::Entity::find()
        .filter(invitation::Column::OrganizationId.eq(organization.0))
        .filter(invitation::Column::ExpiresAt.gt(now.micros()))
        .count(connection)
        .await?)
}

/// Invites somebody.
pub(crate) async fn insert(
    tx: &Tx,
    authorized: &Authorized<ManageMembers>,
    addressee: &Addressee,
    role: Role,
    invited_by: AccountKey,
) -> Result<(), Error> {
    let (account, email) = match addressee {
        Addressee::User(key) => (Some(key.0), None),
        Addressee::Address(email) => (None, Some(email)),
    };
    let row = invitation::ActiveModel {
        organization_id: Set(authorized.account().0),
        account_id: Set(account),
        email: Set(email.map(|email| email.as_str().to_owned())),
        invited_key: Set(addressee.key()),
        email_key: Set(email.map(EmailAddress::key)),
        role: Set(role.value().to_owned()),
        invited_by: Set(invited_by.0),
        created_at: Set(tx.now().micros()),
        sent_at: Set(tx.now().micros()),
        expires_at: Set(tx.now().plus_seconds(INVITATION_SECONDS).micros()),
        expiry_noted: Set(false),
        ..Default::default()
    };
    invitation::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Sends an invitation again: it begins anew, with this role.
pub(crate) async fn renew(tx: &Tx, authorized: &Authorized<ManageMembers>, key: i64, role: Role) -> Result<(), Error> {
    let expires = tx.now().plus_seconds(INVITATION_SECONDS);
    invitation::Entity::update_many()
        .col_expr(invitation::Column::Role, Expr::value(role.value()))
        .col_expr(invitation::Column::SentAt, Expr::value(tx.now().micros()))
        .col_expr(invitation::Column::ExpiresAt, Expr::value(expires.micros()))
        .col_expr(invitation::Column::ExpiryNoted, Expr::value(false))
        .filter(invitation::Column::Id.eq(key))
        .filter(invitation::Column::OrganizationId.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Changes the role that an invitation offers.
pub(crate) async fn set_role(
    tx: &Tx,
    authorized: &Authorized<ManageMembers>,
    key: i64,
    role: Role,
) -> Result<(), Error> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::Role, Expr::value(role.value()))
        .filter(invitation::Column::Id.eq(key))
        .filter(invitation::Column::OrganizationId.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Takes an invitation back.
pub(crate) async fn cancel(tx: &Tx, authorized: &Authorized<CancelInvitation>, key: i64) -> Result<(), Error> {
    invitation::Entity::delete_many()
        .filter(invitation::Column::Id.eq(key))
        .filter(invitation::Column::OrganizationId.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// What an organization has asked of a person, by name or by one of the person's addresses (in lower case).
fn to_person(person: AccountKey, addresses: &[String]) -> Condition {
    Condition::any()
        .add(invitation::Column::AccountId.eq(person.0))
        .add(invitation::Column::EmailKey.is_in(addresses))
}

/// An invitation in the person's own list.
pub(crate) struct OwnInvitation {
    pub(crate) organization: i64,
    pub(crate) role: Role,
    pub(crate) expires: i64,
}

/// The invitations that a person may answer, at most `limit`.
pub(crate) async fn of_person<C: ConnectionTrait>(
    connection: &C,
    person: AccountKey,
    addresses: &[String],
    limit: u64,
) -> Result<Vec<OwnInvitation>, Error> {
    let rows = invitation::Entity::find()
        .filter(to_person(person, addresses))
        .order_by_asc(invitation::Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Role::parse(&row.role).map(|role| OwnInvitation {
                organization: row.organization_id,
                role,
                expires: row.expires_at,
            })
        })
        .collect())
}

/// Invitations that their person has answered and that are gone: the right to join with the role they offered.
pub(crate) struct Answered {
    organization: AccountKey,
    /// The greatest role offered by those that had not ended; nothing if all had.
    pub(crate) offered: Option<Role>,
}

impl Answered {
    /// The organization that asked.
    pub(crate) const fn organization(&self) -> AccountKey {
        self.organization
    }
}

/// Takes away every invitation of the person to an organization, whose row the asker holds. Nothing: there is none.
pub(crate) async fn answer(
    tx: &Tx,
    authorized: &Authorized<AnswerInvitation>,
    organization: AccountKey,
    addresses: &[String],
) -> Result<Option<Answered>, Error> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::OrganizationId.eq(organization.0))
        .filter(to_person(authorized.account(), addresses))
        .all(tx.connection())
        .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    invitation::Entity::delete_many()
        .filter(invitation::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx.connection())
        .await?;
    let offered = rows
        .iter()
        .filter(|row| row.expires_at > tx.now().micros())
        .filter_map(|row| Role::parse(&row.role))
        .max_by_key(|role| *role == Role::Administrator);
    Ok(Some(Answered { organization, offered }))
}

/// An invitation in an organization's list.
pub(crate) struct Listed {
    pub(crate) key: i64,
    /// The user's name, or the address as typed.
    pub(crate) invited: String,
    pub(crate) role: Role,
    pub(crate) sent: i64,
    pub(crate) expires: i64,
}

/// The invitations of an organization, oldest first, at most `limit`; one whose user is deleted is not shown.
pub(crate) async fn list<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeMembers>,
    limit: u64,
) -> Result<Vec<Listed>, Error> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::OrganizationId.eq(authorized.account().0))
        .order_by_asc(invitation::Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    let names = super::accounts::names(connection, rows.iter().filter_map(|row| row.account_id)).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let by_name = row.account_id.and_then(|key| names.get(&key).cloned());
            Some(Listed {
                key: row.id,
                invited: by_name.or(row.email)?,
                role: Role::parse(&row.role)?,
                sent: row.sent_at,
                expires: row.expires_at,
            })
        })
        .collect())
}

/// Removes what an organization has asked of people: it is a user again, who invites nobody. None of it waits any more.
pub(crate) async fn forget(tx: &Tx, undone: &Undone) -> Result<(), Error> {
    invitation::Entity::delete_many()
        .filter(invitation::Column::OrganizationId.eq(undone.organization().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Invitations that have ended and whose end is not in the trail yet.
pub(crate) async fn ended_unnoted<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<invitation::Model>, Error> {
    Ok(invitation::Entity::find()
        .filter(invitation::Column::ExpiresAt.lte(now.micros()))
        .filter(invitation::Column::ExpiryNoted.eq(false))
        .order_by_asc(invitation::Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// Notes that an invitation's end is in the trail. False: it was noted, renewed or answered meanwhile.
pub(crate) async fn note_end(tx: &Tx, key: i64) -> Result<bool, Error> {
    let done = invitation::Entity::update_many()
        .col_expr(invitation::Column::ExpiryNoted, Expr::value(true))
        .filter(invitation::Column::Id.eq(key))
        .filter(invitation::Column::ExpiryNoted.eq(false))
        .filter(invitation::Column::ExpiresAt.lte(tx.now().micros()))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Where an invitation's mail goes: the address as typed, or the user's confirmed one.
pub(crate) async fn recipient(tx: &Tx, row: &invitation::Model) -> Result<Recipient, Error> {
    if let Some(email) = &row.email {
        return Ok(Recipient {
            account: None,
            called: email.clone(),
            email: Some(email.clone()),
        });
    }
    let person = match row.account_id {
        Some(key) => account::Entity::find_by_id(key).one(tx.connection()).await?,
        None => None,
    };
    Ok(match person {
        Some(person) => Recipient {
            account: Some(AccountKey(person.id)),
            called: person.name,
            email: person.email,
        },
        None => Recipient {
            account: None,
            called: String::new(),
            email: None,
        },
    })
}

/// Whom an invitation reaches.
pub(crate) struct Recipient {
    /// The invited user, if invited by name.
    pub(crate) account: Option<AccountKey>,
    /// What was typed: the user name, or the address.
    pub(crate) called: String,
    /// Where the mail goes.
    pub(crate) email: Option<String>,
}
