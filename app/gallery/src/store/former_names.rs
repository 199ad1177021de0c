//! The tables `former_names` and `account_names` where an organization is renamed.

use super::account_settings::update;
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountName;
use schema::entity::{account, account_name, former_name};
use sea_orm::sea_query::{Expr, OnConflict, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// Takes a name, and all that look like it, for an account, for ever. False: another account has or had one of them.
pub(crate) async fn take_name(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    name: &AccountName,
) -> Result<bool, Error> {
    let account = authorized.account().0;
    let taken = account_name::Entity::find_by_id(name.folded())
        .one(tx.connection())
        .await?;
    if let Some(taken) = taken {
        return Ok(taken.account_id == account);
    }
    let row = account_name::ActiveModel {
        folded: Set(name.folded()),
        account_id: Set(account),
    };
    match account_name::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await
    {
        Ok(_) => Ok(true),
        Err(error) if Error::is_duplicate(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Gives an organization a name that it has taken. The old one leads on to it.
pub(crate) async fn rename(tx: &Tx, authorized: &Authorized<ManageAccount>, name: &AccountName) -> Result<(), Error> {
    let old = authorized.row().name_key.clone();
    former_name::Entity::delete_by_id(name.key())
        .exec(tx.connection())
        .await?;
    let changes = [
        (account::Column::Name, Expr::value(name.as_str())),
        (account::Column::NameKey, Expr::value(name.key())),
        (account::Column::RenamedAt, Expr::value(tx.now().micros())),
    ];
    update(tx, authorized, changes).await?;
    if old == name.key() {
        return Ok(());
    }
    let row = former_name::ActiveModel {
        name_key: Set(old),
        account_id: Set(authorized.account().0),
    };
    let there = OnConflict::column(former_name::Column::NameKey)
        .update_column(former_name::Column::AccountId)
        .to_owned();
    former_name::Entity::insert(row)
        .on_conflict(there)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// What the organization is called now that had a name before, given in lower case.
pub(crate) async fn present_name<C: ConnectionTrait>(connection: &C, name_key: &str) -> Result<Option<String>, Error> {
    let name = account::Entity::find()
        .select_only()
        .column(account::Column::Name)
        .filter(account::Column::Id.in_subquery(had_name(name_key)))
        .filter(account::Column::DeletedAt.is_null())
        .into_tuple()
        .one(connection)
        .await?;
    Ok(name)
}

/// The account that had a name before, given in lower case.
pub(super) fn had_name(name_key: &str) -> SelectStatement {
    Query::select()
        .column(former_name::Column::AccountId)
        .from(former_name::Entity)
        .and_where(former_name::Column::NameKey.eq(name_key))
        .to_owned()
}
