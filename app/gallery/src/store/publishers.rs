//! What is asked of accounts and memberships to tell who published a version.

use crate::error::Error;
use domain::account::AccountKind;
use schema::entity::{account, membership};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// Those of the people who are members of one of the organizations.
pub(crate) async fn members_among<C: ConnectionTrait>(
    connection: &C,
    organizations: Vec<i64>,
    people: HashSet<i64>,
) -> Result<HashSet<i64>, Error> {
    if organizations.is_empty() || people.is_empty() {
        return Ok(HashSet::new());
    }
    let members: Vec<i64> = membership::Entity::find()
        .select_only()
        .column(membership::Column::MemberId)
        .filter(membership::Column::OrganizationId.is_in(organizations))
        .filter(membership::Column::MemberId.is_in(people))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(members.into_iter().collect())
}

/// Those of the accounts that are organizations.
pub(crate) async fn organizations_among<C: ConnectionTrait>(
    connection: &C,
    accounts: impl IntoIterator<Item = i64>,
) -> Result<HashSet<i64>, Error> {
    let mut accounts: Vec<i64> = accounts.into_iter().collect();
    accounts.sort_unstable();
    accounts.dedup();
    let organizations: Vec<i64> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Id.is_in(accounts))
        .filter(account::Column::Kind.eq(AccountKind::Organization.value()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(organizations.into_iter().collect())
}
