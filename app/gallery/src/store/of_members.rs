//! What members of an organization have of their own for it: API keys, publishing policies.

use super::{accounts, keyset, memberships};
use crate::error::Error;
use domain::account::AccountKey;
use domain::page::{Page, Place};
use domain::permission::Role;
use schema::entity::{account, membership};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};

/// Rows of a page.
const PAGE: usize = 50;

/// A row, with whose it is.
pub(crate) struct OfMember<T> {
    pub(crate) row: T,
    pub(crate) member: account::Model,
    pub(crate) role: Role,
}

/// The numbers of a row.
pub(super) struct Keys {
    /// Its own.
    pub(super) row: i64,
    /// The account's to which it belongs.
    pub(super) member: i64,
}

/// The members of an organization, for a query of what is theirs.
pub(super) fn members_of(organization: AccountKey) -> SelectStatement {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::MemberId)
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .into_query()
}

/// A page of what a query finds, newest first, with the members to whom it belongs.
pub(super) async fn page<C: ConnectionTrait, E: EntityTrait>(
    connection: &C,
    organization: AccountKey,
    query: Select<E>,
    id: E::Column,
    keys: fn(&E::Model) -> Keys,
    place: &Place,
) -> Result<Page<OfMember<E::Model>>, Error> {
    let query = keyset::newest_first(query, id, place).limit(keyset::limit(PAGE));
    let page = keyset::page(query.all(connection).await?, place, PAGE, |row| {
        keys(row).row.to_string()
    });
    let people: Vec<i64> = page.items.iter().map(|row| keys(row).member).collect();
    let roles = memberships::roles_among(connection, organization, &people).await?;
    let people = accounts::rows(connection, people).await?;
    Ok(Page {
        items: page
            .items
            .into_iter()
            .filter_map(|row| {
                let key = keys(&row).member;
                let (role, member) = (*roles.get(&key)?, people.get(&key)?.clone());
                Some(OfMember { row, member, role })
            })
            .collect(),
        previous: page.previous,
        next: page.next,
    })
}
