//! A workload makes use of a policy.

use crate::error::Error;
use crate::tx::Tx;
use domain::trusted_publishing::Binding;
use schema::entity::publishing_policy::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

/// Notes a use of a policy as it was read, and holds its row for the rest of the transaction: whoever changes it
/// meanwhile waits, and then finds the key that was made. The first use binds it. False: it has changed since it was read.
pub(crate) async fn claim(tx: &Tx, row: &Model, first: Option<&Binding>) -> Result<bool, Error> {
    let mut update = Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(tx.now().micros()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Revision.eq(row.revision));
    if let Some(binding) = first {
        update = update
            .col_expr(Column::RepositoryOwnerId, Expr::value(binding.owner_id.clone()))
            .col_expr(Column::RepositoryId, Expr::value(binding.repository_id.clone()))
            .col_expr(Column::ActiveUntil, Expr::value(Option::<i64>::None))
            .col_expr(Column::Revision, Expr::col(Column::Revision).add(1));
    }
    let done = update.exec(tx.connection()).await?;
    Ok(done.rows_affected == 1)
}
