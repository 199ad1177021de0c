//! The tables `accounts` and `account_names`.

use super::api_keys::EndsMembership;
use super::nul::without_nul;
use super::transformations::{Accepted, Undone};
use crate::authorization::{AdministerSite, Authorized, Hold, ManageAccount, SiteRight, account_by_key};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountKind, AccountName, EmailAddress};
use domain::permission::{NewPackages, Role};
use domain::time::Timestamp;
use schema::entity::{account, account_name, membership};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use std::collections::HashMap;

/// An account to be made.
pub(crate) struct Wanted<'a> {
    pub(crate) kind: AccountKind,
    pub(crate) name: &'a AccountName,
    pub(crate) email: &'a EmailAddress,
    pub(crate) address: Address,
    /// Whether the first sign-in that vouches for the address gets the account.
    pub(crate) claimable: bool,
}

/// How a new account comes to its address.
pub(crate) enum Address {
    /// Somebody vouches for it.
    Confirmed,
    /// A mail asks.
    Pending { token_hash: Vec<u8>, expires: Timestamp },
}

/// What stands in the way of a new account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The name, or a look-alike, is or was in use.
    Name,
    /// Another account has confirmed the address.
    Email,
}

/// What stands in the way of an account of this name and address, the name first.
pub(crate) async fn taken<C: ConnectionTrait>(
    connection: &C,
    name: &AccountName,
    email: &EmailAddress,
) -> Result<Vec<Taken>, Error> {
    let mut taken = Vec::new();
    if !free_names(connection, std::slice::from_ref(name)).await?.contains(name) {
        taken.push(Taken::Name);
    }
    if by_address(connection, &email.key()).await?.is_some() {
        taken.push(Taken::Email);
    }
    Ok(taken)
}

/// Those of the names that no account has or had, look-alikes included.
pub(crate) async fn free_names<C: ConnectionTrait>(
    connection: &C,
    names: &[AccountName],
) -> Result<Vec<AccountName>, Error> {
    let used: Vec<String> = account_name::Entity::find()
        .select_only()
        .column(account_name::Column::Folded)
        .filter(account_name::Column::Folded.is_in(names.iter().map(AccountName::folded)))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(names
        .iter()
        .filter(|name| !used.contains(&name.folded()))
        .cloned()
        .collect())
}

/// Makes an account; its name is taken from now on. A race that was lost is told like a conflict seen before.
pub(crate) async fn insert(tx: &Tx, wanted: &Wanted<'_>) -> Result<Result<account::Model, Taken>, Error> {
    let (email, pending, token, expires) = match &wanted.address {
        Address::Confirmed => (Some(wanted.email), None, None, None),
        Address::Pending { token_hash, expires } => {
            (None, Some(wanted.email), Some(token_hash.clone()), Some(*expires))
        }
    };
    let row = account::ActiveModel {
        kind: Set(wanted.kind.value().to_owned()),
        name: Set(wanted.name.as_str().to_owned()),
        name_key: Set(wanted.name.key()),
        email: Set(email.map(|email| email.as_str().to_owned())),
        email_key: Set(email.map(EmailAddress::key)),
        pending_email: Set(pending.map(|email| email.as_str().to_owned())),
        email_token_hash: Set(token),
        email_token_expires: Set(expires.map(Timestamp::micros)),
        notify_package_pushed: Set(true),
        description: Set(String::new()),
        website: Set(String::new()),
        locked: Set(false),
        site_administrator: Set(false),
        claimable: Set(wanted.claimable),
        created_at: Set(tx.now().micros()),
        deleted_at: Set(None),
        last_provider: Set(String::new()),
        last_second_factor: Set(false),
        policy_key_days: Set(None),
        policy_new_packages: Set(NewPackages::Everyone.value().to_owned()),
        policy_organization_keys: Set(false),
        policy_second_factor: Set(false),
        policy_provider: Set(String::new()),
        renamed_at: Set(None),
        logo: Set(String::new()),
        ..Default::default()
    };
    let account = match account::Entity::insert(row).exec_with_returning(tx.connection()).await {
        Ok(account) => account,
        Err(error) => return taken_by_race(error).map(Err),
    };
    let name = account_name::ActiveModel {
        folded: Set(wanted.name.folded()),
        account_id: Set(account.id),
    };
    match account_name::Entity::insert(name)
        .exec_without_returning(tx.connection())
        .await
    {
        Ok(_) => Ok(Ok(account)),
        Err(error) => taken_by_race(error).map(Err),
    }
}

fn taken_by_race(error: sea_orm::DbErr) -> Result<Taken, Error> {
    if !Error::is_duplicate(&error) {
        return Err(error.into());
    }
    // SQLite names the column, PostgreSQL the index that is named after it.
    Ok(if error.to_string().contains("email_key") {
        Taken::Email
    } else {
        Taken::Name
    })
}

/// The account that has confirmed an address, given in lower case.
pub(crate) async fn by_address<C: ConnectionTrait>(
    connection: &C,
    email_key: &str,
) -> Result<Option<account::Model>, Error> {
    Ok(account::Entity::find()
        .filter(account::Column::EmailKey.eq(email_key))
        .filter(account::Column::DeletedAt.is_null())
        .one(connection)
        .await?)
}

/// The account whose confirmation mail carried a token.
pub(crate) async fn by_email_token<C: ConnectionTrait>(
    connection: &C,
    token_hash: &[u8],
) -> Result<Option<account::Model>, Error> {
    Ok(account::Entity::find()
        .filter(account::Column::EmailTokenHash.eq(token_hash.to_vec()))
        .filter(account::Column::DeletedAt.is_null())
        .one(connection)
        .await?)
}

/// The row of a person who is known to be there.
pub(crate) async fn person(tx: &Tx, key: AccountKey) -> Result<account::Model, Error> {
    account_by_key(tx.connection(), key, Hold::No)
        .await?
        .ok_or(Error::NotFound)
}

/// The present names of accounts by key; a deleted account has none.
pub(crate) async fn names<C: ConnectionTrait>(
    connection: &C,
    keys: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>, Error> {
    let mut keys: Vec<i64> = keys.into_iter().collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, String)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Id, account::Column::Name])
        .filter(account::Column::Id.is_in(keys))
        .filter(account::Column::DeletedAt.is_null())
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Whether the account of a name is deleted and has left its name taken.
pub(crate) async fn is_deleted<C: ConnectionTrait>(connection: &C, name: &AccountName) -> Result<bool, Error> {
    let found: Option<i64> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::NameKey.eq(name.key()))
        .filter(account::Column::DeletedAt.is_not_null())
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// The rows of accounts by key; a deleted account has none.
pub(crate) async fn rows<C: ConnectionTrait>(
    connection: &C,
    keys: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, account::Model>, Error> {
    let mut keys: Vec<i64> = keys.into_iter().collect();
    keys.sort_unstable();
    keys.dedup();
    let rows = account::Entity::find()
        .filter(account::Column::Id.is_in(keys))
        .filter(account::Column::DeletedAt.is_null())
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The administrators of an organization, by name.
pub(crate) async fn administrators_of<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
) -> Result<Vec<account::Model>, Error> {
    let members = membership::Entity::find()
        .select_only()
        .column(membership::Column::MemberId)
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .filter(membership::Column::Role.eq(Role::Administrator.value()))
        .into_query();
    Ok(account::Entity::find()
        .filter(account::Column::Id.in_subquery(members))
        .order_by_asc(account::Column::NameKey)
        .all(connection)
        .await?)
}

/// The pending address becomes the confirmed one.
pub(crate) async fn confirm_email(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<Result<(), Taken>, Error> {
    let row = authorized.row();
    let pending = row.pending_email.clone();
    let key = pending.as_ref().map(|email| email.to_ascii_lowercase());
    let done = account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::value(pending))
        .col_expr(account::Column::EmailKey, Expr::value(key))
        .col_expr(account::Column::PendingEmail, Expr::value(Option::<String>::None))
        .col_expr(account::Column::EmailTokenHash, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(account::Column::EmailTokenExpires, Expr::value(Option::<i64>::None))
        .filter(account::Column::Id.eq(authorized.account().0))
        .exec(tx.connection())
        .await;
    match done {
        Ok(_) => Ok(Ok(())),
        Err(error) => taken_by_race(error).map(Err),
    }
}

/// A new token for the pending address; the old one is worth nothing any more.
pub(crate) async fn renew_email_token(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    token_hash: Vec<u8>,
    expires: Timestamp,
) -> Result<(), Error> {
    account::Entity::update_many()
        .col_expr(account::Column::EmailTokenHash, Expr::value(token_hash))
        .col_expr(account::Column::EmailTokenExpires, Expr::value(expires.micros()))
        .filter(account::Column::Id.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Somebody has signed in to an account made on the command line. False: somebody else was faster.
pub(crate) async fn claim(tx: &Tx, account: AccountKey) -> Result<bool, Error> {
    let done = account::Entity::update_many()
        .col_expr(account::Column::Claimable, Expr::value(false))
        .filter(account::Column::Id.eq(account.0))
        .filter(account::Column::Claimable.eq(true))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Accounts whose name contains a text, or that have or want the address it is, by name; as those who administer the site
/// look for them.
pub(crate) async fn find_for_site<C: ConnectionTrait>(
    connection: &C,
    _right: &SiteRight,
    text: &str,
    limit: u64,
) -> Result<Vec<account::Model>, Error> {
    let fits = Condition::any()
        .add(super::memberships::containing(
            connection,
            account::Column::NameKey,
            text,
        ))
        .add(account::Column::EmailKey.eq(without_nul(&text.to_ascii_lowercase())))
        .add(account::Column::PendingEmail.eq(without_nul(text)));
    Ok(account::Entity::find()
        .filter(fits)
        .filter(account::Column::DeletedAt.is_null())
        .order_by_asc(account::Column::NameKey)
        .limit(limit)
        .all(connection)
        .await?)
}

/// Locks or unlocks an account.
pub(crate) async fn set_locked(tx: &Tx, authorized: &Authorized<AdministerSite>, locked: bool) -> Result<(), Error> {
    account::Entity::update_many()
        .col_expr(account::Column::Locked, Expr::value(locked))
        .filter(account::Column::Id.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Makes a person site administrator, or no longer one.
pub(crate) async fn set_site_administrator(
    tx: &Tx,
    authorized: &Authorized<AdministerSite>,
    administers: bool,
) -> Result<(), Error> {
    account::Entity::update_many()
        .col_expr(account::Column::SiteAdministrator, Expr::value(administers))
        .filter(account::Column::Id.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// An account becomes an organization. Nobody can claim it any more, whatever vouches for its address.
pub(crate) async fn become_organization(tx: &Tx, accepted: &Accepted) -> Result<(), Error> {
    account::Entity::update_many()
        .col_expr(account::Column::Kind, Expr::value(AccountKind::Organization.value()))
        .col_expr(account::Column::Claimable, Expr::value(false))
        .filter(account::Column::Id.eq(accepted.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// An organization becomes a user again. A user has no policies.
pub(crate) async fn become_user(tx: &Tx, undone: &Undone) -> Result<(), Error> {
    account::Entity::update_many()
        .col_expr(account::Column::Kind, Expr::value(AccountKind::User.value()))
        .col_expr(account::Column::PolicyKeyDays, Expr::value(Option::<i32>::None))
        .col_expr(
            account::Column::PolicyNewPackages,
            Expr::value(NewPackages::Everyone.value()),
        )
        .col_expr(account::Column::PolicyOrganizationKeys, Expr::value(false))
        .col_expr(account::Column::PolicySecondFactor, Expr::value(false))
        .col_expr(account::Column::PolicyProvider, Expr::value(""))
        .filter(account::Column::Id.eq(undone.organization().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}
