//! How somebody stands to an account, read in the asker's transaction.

use crate::actor::{Actor, Who};
use crate::error::Error;
use domain::account::{AccountKey, AccountName};
use domain::permission::{AccountState, MemberPolicies, NewPackages, PersonState, Role, SignedInBy, Standing};
use schema::entity::{account, membership};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect};

/// Whether the account's row is held for the rest of the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Just read: the asker changes nothing.
    No,
    /// Nobody may change the account's members meanwhile; others may hold it likewise.
    Shared,
    /// Nobody else may hold it: the asker changes who is a member or administrator.
    Alone,
}

/// The account of a name, unless it is deleted.
pub(crate) async fn account_by_name<C: ConnectionTrait>(
    connection: &C,
    name: &AccountName,
    hold: Hold,
) -> Result<Option<account::Model>, Error> {
    let query = account::Entity::find()
        .filter(account::Column::NameKey.eq(name.key()))
        .filter(account::Column::DeletedAt.is_null());
    Ok(held(query, connection.get_database_backend(), hold)
        .one(connection)
        .await?)
}

/// The account of a key, unless it is deleted.
pub(crate) async fn account_by_key<C: ConnectionTrait>(
    connection: &C,
    key: AccountKey,
    hold: Hold,
) -> Result<Option<account::Model>, Error> {
    let query = account::Entity::find_by_id(key.0).filter(account::Column::DeletedAt.is_null());
    Ok(held(query, connection.get_database_backend(), hold)
        .one(connection)
        .await?)
}

/// SQLite has one writer, who holds everything anyway.
fn held(query: sea_orm::Select<account::Entity>, backend: DbBackend, hold: Hold) -> sea_orm::Select<account::Entity> {
    match (backend, hold) {
        (DbBackend::Postgres, Hold::Shared) => query.lock(LockType::Share),
        // Others may still write rows that point at it, such as events in its trail: they change nothing about it, and
        // waiting for one another they would block each other for ever.
        (DbBackend::Postgres, Hold::Alone) => query.lock(LockType::NoKeyUpdate),
        _ => query,
    }
}

/// How the actor stands to an account, and whether the actor is locked.
///
/// A key's standing is that of its person; an organization's own key stands as its account itself.
pub(crate) async fn standing_of<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    target: &account::Model,
) -> Result<(Standing, PersonState), Error> {
    let free = PersonState { locked: false };
    let acting = match &actor.who {
        Who::Anonymous => return Ok((Standing::Anonymous, free)),
        // Both may do whatever the command line and the gallery's own workers offer.
        Who::Operator | Who::System => return Ok((Standing::Oneself, free)),
        Who::Person(person) => person.account,
        Who::Key(holder) => holder.account,
    };
    let Some(person) = account_by_key(connection, acting, Hold::No).await? else {
        return Ok((Standing::Anonymous, free));
    };
    let state = PersonState { locked: person.locked };
    if acting.0 == target.id {
        return Ok((Standing::Oneself, state));
    }
    let member = membership::Entity::find_by_id((target.id, acting.0))
        .one(connection)
        .await?;
    let standing = match member.and_then(|member| Role::parse(&member.role)) {
        Some(role) => standing_of_member(actor, &person, target, role),
        None if person.site_administrator => Standing::SiteAdministrator,
        None => Standing::Other,
    };
    Ok((standing, state))
}

/// A member who meets no policy is treated as none. A session is judged by how it began; behind a key nobody is signed
/// in, so the person's latest sign-in counts.
fn standing_of_member(actor: &Actor, person: &account::Model, organization: &account::Model, role: Role) -> Standing {
    let by = match &actor.who {
        Who::Person(person) => person.signed_in_by(),
        _ => SignedInBy {
            provider: &person.last_provider,
            second_factor: person.last_second_factor,
        },
    };
    match policies_for_members(organization).unmet_by(by) {
        Some(policy) => Standing::Barred(policy),
        None => Standing::Member(role),
    }
}

/// What an organization asks of its members.
pub(crate) fn policies_for_members(organization: &account::Model) -> MemberPolicies<'_> {
    MemberPolicies {
        second_factor: organization.policy_second_factor,
        provider: &organization.policy_provider,
    }
}

/// The state of an account for the permission table.
pub(crate) fn state_of(account: &account::Model) -> AccountState {
    AccountState {
        confirmed: account.email.is_some(),
        locked: account.locked,
        longest_key_days: account.policy_key_days.and_then(|days| u16::try_from(days).ok()),
        new_packages: NewPackages::parse(&account.policy_new_packages).unwrap_or_default(),
        organization_keys: account.policy_organization_keys,
    }
}
