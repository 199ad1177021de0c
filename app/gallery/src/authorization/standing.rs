//! How somebody stands to an account, read in the asker's transaction.

use crate::actor::{Actor, Who};
use crate::error::Error;
use domain::account::{AccountKey, AccountKind, AccountName};
use domain::permission::{AccountState, MemberPolicies, NewPackages, PersonState, Role, SignedInBy, Standing};
use domain::settings::Policies;
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
        // Not `Update`: that would keep out the foreign keys of events that others write about the account, too, and
        // whoever waits for one may hold a row that is wanted here.
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
    // A session, or a request in it, may outlive its person's account, which an organization was made of meanwhile.
    if matches!(actor.who, Who::Person(_)) && person.kind == AccountKind::Organization.value() {
        return Ok((Standing::Anonymous, free));
    }
    let state = PersonState { locked: person.locked };
    if acting.0 == target.id {
        // Behind an organization's own key there is no person: what may be locked is the account acted for.
        let organization = target.kind == AccountKind::Organization.value();
        return Ok((Standing::Oneself, if organization { free } else { state }));
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
pub(super) fn standing_of_member(
    actor: &Actor,
    person: &account::Model,
    organization: &account::Model,
    role: Role,
) -> Standing {
    let by = match &actor.who {
        Who::Person(person) => person.signed_in_by(),
        _ => latest_sign_in(person),
    };
    standing_by(by, organization, role)
}

/// How the person of a key stands to the key's owner, as far as a list can know it: what they signed in with latest
/// counts, and a site administrator's power is not that of a key.
pub(crate) fn standing_behind_key(person: &account::Model, owner: &account::Model, role: Option<Role>) -> Standing {
    match role {
        _ if person.id == owner.id => Standing::Oneself,
        Some(role) => standing_by(latest_sign_in(person), owner, role),
        None => Standing::Other,
    }
}

fn latest_sign_in(person: &account::Model) -> SignedInBy<'_> {
    SignedInBy {
        provider: &person.last_provider,
        second_factor: person.last_second_factor,
    }
}

fn standing_by(by: SignedInBy<'_>, organization: &account::Model, role: Role) -> Standing {
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

/// The policies of an organization, as its settings show them.
pub(crate) fn policies_of(organization: &account::Model) -> Policies {
    let state = state_of(organization);
    Policies {
        key_days: state.longest_key_days,
        new_packages: state.new_packages,
        organization_keys: state.organization_keys,
        second_factor: organization.policy_second_factor,
        provider: organization.policy_provider.clone(),
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
