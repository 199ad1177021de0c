//! The table `ownership_requests`: who is asked to own which package. A request does not end by itself.

use crate::authorization::{AnswerOwnershipRequest, Authorized, AuthorizedPackage, ManageOwners};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::ownership_request;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// The request of a handle. Whoever answers or withdraws it holds the package first, and reads it again then.
pub(crate) async fn find(tx: &Tx, key: i64) -> Result<Option<ownership_request::Model>, Error> {
    Ok(ownership_request::Entity::find_by_id(key).one(tx.connection()).await?)
}

/// The requests about a package, oldest first.
pub(crate) async fn of_package<C: ConnectionTrait>(
    connection: &C,
    package: i64,
) -> Result<Vec<ownership_request::Model>, Error> {
    Ok(ownership_request::Entity::find()
        .filter(ownership_request::Column::PackageId.eq(package))
        .order_by_asc(ownership_request::Column::Id)
        .all(connection)
        .await?)
}

/// Asks an account; `replaces` ends when it accepts.
pub(crate) async fn insert(
    tx: &Tx,
    right: &AuthorizedPackage<ManageOwners>,
    asked: AccountKey,
    by: AccountKey,
    replaces: Option<AccountKey>,
) -> Result<(), Error> {
    let row = ownership_request::ActiveModel {
        package_id: Set(right.package().id),
        new_owner_id: Set(asked.0),
        requested_by: Set(by.0),
        on_behalf_of: Set(right.on_behalf.account().0),
        replaces_id: Set(replaces.map(|key| key.0)),
        created_at: Set(tx.now().micros()),
        ..Default::default()
    };
    ownership_request::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Withdraws a request about the authorized package.
pub(crate) async fn cancel(tx: &Tx, right: &AuthorizedPackage<ManageOwners>, key: i64) -> Result<(), Error> {
    ownership_request::Entity::delete_by_id(key)
        .filter(ownership_request::Column::PackageId.eq(right.package().id))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// What an account has answered and what is gone: with a yes, the right to own the package.
pub(crate) struct Answered {
    request: ownership_request::Model,
}

impl Answered {
    /// The request as it was.
    pub(crate) const fn request(&self) -> &ownership_request::Model {
        &self.request
    }
}

/// Takes a request away that the authorized account answers; the asker holds the package.
pub(crate) async fn answer(
    tx: &Tx,
    authorized: &Authorized<AnswerOwnershipRequest>,
    request: ownership_request::Model,
) -> Result<Answered, Error> {
    ownership_request::Entity::delete_by_id(request.id)
        .filter(ownership_request::Column::NewOwnerId.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(Answered { request })
}

/// Takes those requests about a package away that mean nothing any more: to somebody who owns it by now, and on behalf of
/// or in place of somebody who does not any more. Returns those that somebody still waited for.
pub(crate) async fn settle(
    tx: &Tx,
    package: i64,
    owner: Option<AccountKey>,
    gone: Option<AccountKey>,
) -> Result<Vec<ownership_request::Model>, Error> {
    let requests = of_package(tx.connection(), package).await?;
    let to_owner = |request: &ownership_request::Model| owner.is_some_and(|owner| request.new_owner_id == owner.0);
    let by_gone = |request: &ownership_request::Model| {
        gone.is_some_and(|gone| request.on_behalf_of == gone.0 || request.replaces_id == Some(gone.0))
    };
    let meaningless: Vec<_> = requests
        .into_iter()
        .filter(|request| to_owner(request) || by_gone(request))
        .collect();
    if !meaningless.is_empty() {
        ownership_request::Entity::delete_many()
            .filter(ownership_request::Column::Id.is_in(meaningless.iter().map(|request| request.id)))
            .exec(tx.connection())
            .await?;
    }
    Ok(meaningless.into_iter().filter(|request| !to_owner(request)).collect())
}

/// The requests that one of the accounts may answer, or that were sent on behalf of one of them, oldest first, at most
/// `limit`.
pub(crate) async fn of_accounts<C: ConnectionTrait>(
    connection: &C,
    accounts: &[i64],
    limit: u64,
) -> Result<Vec<ownership_request::Model>, Error> {
    let either = Condition::any()
        .add(ownership_request::Column::NewOwnerId.is_in(accounts.iter().copied()))
        .add(ownership_request::Column::OnBehalfOf.is_in(accounts.iter().copied()));
    Ok(ownership_request::Entity::find()
        .filter(either)
        .order_by_asc(ownership_request::Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}
