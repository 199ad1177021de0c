//! The table `logos`.

use super::account_settings::set_logo;
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::logo;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Keeps a logo in place of the one that may be there.
pub(crate) async fn put(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    png: Vec<u8>,
    hash: &str,
) -> Result<(), Error> {
    let row = logo::ActiveModel {
        account_id: Set(authorized.account().0),
        bytes: Set(png),
    };
    let there = OnConflict::column(logo::Column::AccountId)
        .update_column(logo::Column::Bytes)
        .to_owned();
    logo::Entity::insert(row)
        .on_conflict(there)
        .exec_without_returning(tx.connection())
        .await?;
    set_logo(tx, authorized, hash).await
}

/// Removes the logo.
pub(crate) async fn remove(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<(), Error> {
    logo::Entity::delete_by_id(authorized.account().0)
        .exec(tx.connection())
        .await?;
    set_logo(tx, authorized, "").await
}

/// The bytes of an account's logo.
pub(crate) async fn bytes<C: ConnectionTrait>(connection: &C, account: AccountKey) -> Result<Option<Vec<u8>>, Error> {
    let row = logo::Entity::find_by_id(account.0).one(connection).await?;
    Ok(row.map(|row| row.bytes))
}
