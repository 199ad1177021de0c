//! The table `api_key_viewers`: to whom the present value of an organization's key was shown.

use crate::authorization::{Authorized, ManageAccountKeys};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::{api_key, api_key_viewer};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::HashMap;

/// Notes that a person is shown the value of a key; each value is shown once, so nobody is noted twice.
pub(crate) async fn note_viewer(
    tx: &Tx,
    _holder: &Authorized<ManageAccountKeys>,
    key: i64,
    person: AccountKey,
) -> Result<(), Error> {
    let row = api_key_viewer::ActiveModel {
        key_id: Set(key),
        account_id: Set(person.0),
        shown_at: Set(tx.now().micros()),
    };
    api_key_viewer::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The value that people were shown is worth nothing any more.
pub(super) async fn forget(tx: &Tx, _holder: &Authorized<ManageAccountKeys>, key: i64) -> Result<(), Error> {
    api_key_viewer::Entity::delete_many()
        .filter(api_key_viewer::Column::KeyId.eq(key))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// The people to whom the values of an organization's keys were shown, by key.
pub(crate) async fn viewers<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
) -> Result<HashMap<i64, Vec<i64>>, Error> {
    let keys = api_key::Entity::find()
        .select_only()
        .column(api_key::Column::Id)
        .filter(api_key::Column::AccountId.eq(organization.0))
        .into_query();
    let rows: Vec<(i64, i64)> = api_key_viewer::Entity::find()
        .select_only()
        .columns([api_key_viewer::Column::KeyId, api_key_viewer::Column::AccountId])
        .filter(api_key_viewer::Column::KeyId.in_subquery(keys))
        .order_by_asc(api_key_viewer::Column::ShownAt)
        .into_tuple()
        .all(connection)
        .await?;
    let mut viewers: HashMap<i64, Vec<i64>> = HashMap::new();
    for (key, person) in rows {
        viewers.entry(key).or_default().push(person);
    }
    Ok(viewers)
}

/// The organization's keys that are good for something and whose value a person was shown, by name.
pub(crate) async fn known_to<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
    person: AccountKey,
    now: i64,
) -> Result<Vec<(i64, String)>, Error> {
    let shown = api_key_viewer::Entity::find()
        .select_only()
        .column(api_key_viewer::Column::KeyId)
        .filter(api_key_viewer::Column::AccountId.eq(person.0))
        .into_query();
    Ok(api_key::Entity::find()
        .select_only()
        .columns([api_key::Column::Id, api_key::Column::Name])
        .filter(api_key::Column::AccountId.eq(organization.0))
        .filter(api_key::Column::Id.in_subquery(shown))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(now))
        .order_by_asc(api_key::Column::Name)
        .order_by_asc(api_key::Column::Id)
        .into_tuple()
        .all(connection)
        .await?)
}
