//! The table `drafts`.

use super::transformations::Accepted;
use crate::authorization::{Authorized, PublishNewId};
use crate::blobs::BlobRef;
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use domain::time::Timestamp;
use schema::entity::draft;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};

/// A file to be kept as a draft.
pub(crate) struct NewDraft<'a> {
    pub(crate) file_name: &'a str,
    /// Its bytes are kept only if it can be published.
    pub(crate) blob: &'a BlobRef,
    /// Why it cannot be published.
    pub(crate) refused: Option<&'a str>,
    /// What was read, as JSON.
    pub(crate) inspected: Option<String>,
    pub(crate) icon: Option<Vec<u8>>,
    pub(crate) expires: Timestamp,
}

/// Keeps a draft; returns its number.
pub(crate) async fn insert(tx: &Tx, right: &Authorized<PublishNewId>, new: NewDraft<'_>) -> Result<i64, Error> {
    let row = draft::ActiveModel {
        account_id: Set(right.account().0),
        file_name: Set(new.file_name.to_owned()),
        size: Set(i64::try_from(new.blob.size).unwrap_or(i64::MAX)),
        blob_hash: Set(new.blob.hash.clone()),
        blob_key: Set(new.blob.key.clone()),
        refused: Set(new.refused.map(str::to_owned)),
        inspected: Set(new.inspected),
        icon: Set(new.icon),
        created_at: Set(tx.now().micros()),
        expires_at: Set(new.expires.micros()),
        ..Default::default()
    };
    Ok(draft::Entity::insert(row).exec(tx.connection()).await?.last_insert_id)
}

/// How many drafts an account has that have not ended, and the bytes of those that are kept.
pub(crate) async fn used(tx: &Tx, account: AccountKey) -> Result<(u64, u64), Error> {
    let rows: Vec<(i64, Option<String>)> = draft::Entity::find()
        .select_only()
        .columns([draft::Column::Size, draft::Column::Refused])
        .filter(draft::Column::AccountId.eq(account.0))
        .filter(draft::Column::ExpiresAt.gt(tx.now().micros()))
        .into_tuple()
        .all(tx.connection())
        .await?;
    let bytes = rows
        .iter()
        .filter(|(_, refused)| refused.is_none())
        .map(|(size, _)| u64::try_from(*size).unwrap_or_default())
        .sum();
    Ok((rows.len() as u64, bytes))
}

/// A draft without the bytes of its icon.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) file_name: String,
    pub(crate) size: i64,
    pub(crate) blob_hash: String,
    pub(crate) blob_key: String,
    pub(crate) refused: Option<String>,
    pub(crate) inspected: Option<String>,
    pub(crate) created_at: i64,
}

/// The drafts of an account that have not ended, oldest first.
pub(crate) async fn of_account<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Row>, Error> {
    Ok(rows(account, now)
        .order_by_asc(draft::Column::Id)
        .limit(limit)
        .into_model()
        .all(connection)
        .await?)
}

/// A draft of an account that has not ended.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    key: i64,
    now: Timestamp,
) -> Result<Option<Row>, Error> {
    Ok(rows(account, now)
        .filter(draft::Column::Id.eq(key))
        .into_model()
        .one(connection)
        .await?)
}

/// The icon's bytes of a draft of an account.
pub(crate) async fn icon<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    key: i64,
) -> Result<Option<Vec<u8>>, Error> {
    let found: Option<Option<Vec<u8>>> = draft::Entity::find_by_id(key)
        .select_only()
        .column(draft::Column::Icon)
        .filter(draft::Column::AccountId.eq(account.0))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.flatten())
}

/// Removes a draft of an account. False: it is gone already.
pub(crate) async fn delete(tx: &Tx, account: AccountKey, key: i64) -> Result<bool, Error> {
    let done = draft::Entity::delete_many()
        .filter(draft::Column::Id.eq(key))
        .filter(draft::Column::AccountId.eq(account.0))
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Removes the drafts of an account that becomes an organization: they were for its person's eyes. Their bytes are swept
/// later.
pub(crate) async fn discard_all(tx: &Tx, accepted: &Accepted) -> Result<(), Error> {
    draft::Entity::delete_many()
        .filter(draft::Column::AccountId.eq(accepted.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Removes the drafts that have ended by their time.
pub(crate) async fn sweep(tx: &Tx) -> Result<(), Error> {
    draft::Entity::delete_many()
        .filter(draft::Column::ExpiresAt.lte(tx.now().micros()))
        .exec(tx.connection())
        .await?;
    Ok(())
}

fn rows(account: AccountKey, now: Timestamp) -> sea_orm::Select<draft::Entity> {
    draft::Entity::find()
        .select_only()
        .columns([
            draft::Column::Id,
            draft::Column::FileName,
            draft::Column::Size,
            draft::Column::BlobHash,
            draft::Column::BlobKey,
            draft::Column::Refused,
            draft::Column::Inspected,
            draft::Column::CreatedAt,
        ])
        .filter(draft::Column::AccountId.eq(account.0))
        .filter(draft::Column::ExpiresAt.gt(now.micros()))
}
