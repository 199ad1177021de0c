//! The column `verified` of `packages`: whether an owner of the package holds a prefix that the id is under. It follows
//! from owners and prefixes, so it needs no right of its own.

use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::package;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement, Value};

/// Packages that are looked at.
#[derive(Clone, Debug)]
pub(crate) enum Among<'a> {
    /// This one.
    Package(i64),
    /// Those that an account owns, alone or with others.
    OwnedBy(AccountKey),
    /// Those whose id in lower case begins so.
    BeginningWith(&'a str),
}

/// Whether an owner holds a prefix of the package.
const HELD: &str = "EXISTS (SELECT 1 FROM reserved_prefixes AS prefix \
    INNER JOIN prefix_owners AS holder ON holder.prefix_id = prefix.id \
    INNER JOIN package_owners AS owner ON owner.account_id = holder.account_id AND owner.package_id = packages.id \
    WHERE prefix.value_key = packages.id_key \
    OR (prefix.is_prefix AND substr(packages.id_key, 1, length(prefix.value_key)) = prefix.value_key))";

/// At most `limit` packages whose mark is not what it should be.
pub(crate) async fn wrong<C: ConnectionTrait>(
    connection: &C,
    among: &Among<'_>,
    limit: u64,
) -> Result<Vec<i64>, Error> {
    let (condition, values): (&str, Vec<Value>) = match among {
        Among::Package(package) => ("packages.id = $1", vec![(*package).into()]),
        Among::OwnedBy(owner) => (
            "packages.id IN (SELECT package_id FROM package_owners WHERE account_id = $1)",
            vec![owner.0.into()],
        ),
        Among::BeginningWith(key) => (
            "substr(packages.id_key, 1, $1) = $2",
            vec![i32::try_from(key.len()).unwrap_or(i32::MAX).into(), (*key).into()],
        ),
    };
    let sql = format!(
        "SELECT packages.id AS id FROM packages WHERE {condition} AND packages.verified <> {HELD} \
         ORDER BY packages.id LIMIT {limit}"
    );
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let rows = connection.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}

/// Gives these packages the other mark.
pub(crate) async fn turn(tx: &Tx, packages: &[i64]) -> Result<(), Error> {
    package::Entity::update_many()
        .col_expr(package::Column::Verified, Expr::col(package::Column::Verified).not())
        .filter(package::Column::Id.is_in(packages.iter().copied()))
        .exec(tx.connection())
        .await?;
    Ok(())
}
