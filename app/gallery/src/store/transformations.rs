//! The table `transformations`: accounts that ask to become organizations, and those that have become one.

use super::api_keys::EndsMembership;
use crate::authorization::{AnswerInvitation, Authorized, ManageAccount};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::time::Timestamp;
use domain::transformation::{PendingTransformation, TRANSFORMATION_SECONDS};
use schema::entity::{account, transformation};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};

/// The row of an account, whether the request waits, has ended or was accepted.
pub(crate) async fn of_account<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
) -> Result<Option<transformation::Model>, Error> {
    Ok(transformation::Entity::find_by_id(account.0).one(connection).await?)
}

/// The request of an account that was not accepted, ended or not.
pub(crate) async fn unanswered<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
) -> Result<Option<transformation::Model>, Error> {
    let row = of_account(connection, account).await?;
    Ok(row.filter(|row| row.accepted_at.is_none()))
}

/// Whom an account's request waits for, in one look-up, since every page asks.
pub(crate) async fn pending<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    now: Timestamp,
) -> Result<Option<PendingTransformation>, Error> {
    let found: Option<(String, i64)> = transformation::Entity::find_by_id(account.0)
        .select_only()
        .column(account::Column::Name)
        .column(transformation::Column::ExpiresAt)
        .join(
            JoinType::InnerJoin,
            transformation::Entity::belongs_to(account::Entity)
                .from(transformation::Column::AdministratorId)
                .to(account::Column::Id)
                .into(),
        )
        .filter(transformation::Column::AcceptedAt.is_null())
        .filter(transformation::Column::ExpiresAt.gt(now.micros()))
        .filter(account::Column::DeletedAt.is_null())
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.map(|(administrator, expires)| PendingTransformation {
        administrator,
        expires: Timestamp::from_micros(expires),
    }))
}

/// The accounts whose requests wait for a person's answer, at most `limit`.
pub(crate) async fn asked_of<C: ConnectionTrait>(
    connection: &C,
    administrator: AccountKey,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<i64>, Error> {
    Ok(transformation::Entity::find()
        .select_only()
        .column(transformation::Column::AccountId)
        .filter(transformation::Column::AdministratorId.eq(administrator.0))
        .filter(transformation::Column::AcceptedAt.is_null())
        .filter(transformation::Column::ExpiresAt.gt(now.micros()))
        .order_by_asc(transformation::Column::AccountId)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// Requests that have ended without an answer.
pub(crate) async fn ended<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<transformation::Model>, Error> {
    Ok(transformation::Entity::find()
        .filter(transformation::Column::ExpiresAt.lte(now.micros()))
        .filter(transformation::Column::AcceptedAt.is_null())
        .order_by_asc(transformation::Column::ExpiresAt)
        .limit(limit)
        .all(connection)
        .await?)
}

/// Asks somebody to become the administrator, in the place of an earlier request.
pub(crate) async fn ask(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    administrator: AccountKey,
) -> Result<(), Error> {
    transformation::Entity::delete_by_id(authorized.account().0)
        .exec(tx.connection())
        .await?;
    let row = transformation::ActiveModel {
        account_id: Set(authorized.account().0),
        administrator_id: Set(administrator.0),
        requested_at: Set(tx.now().micros()),
        expires_at: Set(tx.now().plus_seconds(TRANSFORMATION_SECONDS).micros()),
        accepted_at: Set(None),
        moved_keys: Set(String::new()),
        dormant_identities: Set(String::new()),
    };
    transformation::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Takes one's own request back. False: it was answered, or has ended.
pub(crate) async fn withdraw(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<bool, Error> {
    remove_unanswered(tx, authorized.account()).await
}

/// The named administrator does not want to. False: the request was answered, or has ended.
pub(crate) async fn decline(
    tx: &Tx,
    _authorized: &Authorized<AnswerInvitation>,
    request: &transformation::Model,
) -> Result<bool, Error> {
    remove_unanswered(tx, AccountKey(request.account_id)).await
}

/// A request's 14 days are over. False: it was answered or sent again meanwhile.
pub(crate) async fn end(tx: &Tx, account: AccountKey) -> Result<bool, Error> {
    let done = transformation::Entity::delete_many()
        .filter(transformation::Column::AccountId.eq(account.0))
        .filter(transformation::Column::AcceptedAt.is_null())
        .filter(transformation::Column::ExpiresAt.lte(tx.now().micros()))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

async fn remove_unanswered(tx: &Tx, account: AccountKey) -> Result<bool, Error> {
    let done = transformation::Entity::delete_many()
        .filter(transformation::Column::AccountId.eq(account.0))
        .filter(transformation::Column::AcceptedAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// A request that its administrator has accepted: the right to make an organization out of the account.
pub(crate) struct Accepted {
    account: AccountKey,
    administrator: AccountKey,
}

impl Accepted {
    /// The account that becomes an organization.
    pub(crate) const fn account(&self) -> AccountKey {
        self.account
    }

    /// Its first administrator.
    pub(crate) const fn administrator(&self) -> AccountKey {
        self.administrator
    }
}

/// The named administrator accepts a request that waits. Nothing: it was answered meanwhile, or asks somebody else.
pub(crate) async fn accept(
    tx: &Tx,
    authorized: &Authorized<AnswerInvitation>,
    request: &transformation::Model,
) -> Result<Option<Accepted>, Error> {
    let done = transformation::Entity::update_many()
        .col_expr(transformation::Column::AcceptedAt, Expr::value(Some(tx.now().micros())))
        .filter(transformation::Column::AccountId.eq(request.account_id))
        .filter(transformation::Column::AdministratorId.eq(authorized.account().0))
        .filter(transformation::Column::AcceptedAt.is_null())
        .exec(tx.connection())
        .await?;
    Ok((done.rows_affected == 1).then_some(Accepted {
        account: AccountKey(request.account_id),
        administrator: authorized.account(),
    }))
}

/// Notes what undoing will need.
pub(crate) async fn remember(
    tx: &Tx,
    accepted: &Accepted,
    moved_keys: &[i64],
    dormant_identities: &[i64],
) -> Result<(), Error> {
    transformation::Entity::update_many()
        .col_expr(transformation::Column::MovedKeys, Expr::value(joined(moved_keys)))
        .col_expr(
            transformation::Column::DormantIdentities,
            Expr::value(joined(dormant_identities)),
        )
        .filter(transformation::Column::AccountId.eq(accepted.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// A transformation that is undone: the right to make a user out of the organization again.
pub(crate) struct Undone {
    organization: AccountKey,
    administrator: AccountKey,
    /// The keys that moved to the administrator.
    pub(crate) moved_keys: Vec<i64>,
    /// The sign-ins that went dormant.
    pub(crate) dormant_identities: Vec<i64>,
}

impl Undone {
    /// The administrator who had accepted.
    pub(crate) const fn administrator(&self) -> AccountKey {
        self.administrator
    }
}

impl EndsMembership for Undone {
    fn organization(&self) -> AccountKey {
        self.organization
    }
}

/// Takes an accepted transformation back; its row ends.
pub(crate) async fn undo(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    row: &transformation::Model,
) -> Result<Undone, Error> {
    transformation::Entity::delete_by_id(authorized.account().0)
        .exec(tx.connection())
        .await?;
    Ok(Undone {
        organization: authorized.account(),
        administrator: AccountKey(row.administrator_id),
        moved_keys: numbers(&row.moved_keys),
        dormant_identities: numbers(&row.dormant_identities),
    })
}

/// The sign-ins that a row says went dormant.
pub(crate) fn dormant_identities(row: &transformation::Model) -> Vec<i64> {
    numbers(&row.dormant_identities)
}

fn joined(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(" ")
}

fn numbers(text: &str) -> Vec<i64> {
    text.split(' ').filter_map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{joined, numbers};

    #[test]
    fn numbers_read_back_from_their_column() {
        for kept in [vec![], vec![7], vec![1, 20, 300]] {
            assert_eq!(numbers(&joined(&kept)), kept);
        }
    }
}
