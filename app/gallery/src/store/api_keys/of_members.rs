//! The personal keys with which the members of an organization push for it.

use crate::authorization::{Authorized, SeeAccountKeys};
use crate::error::Error;
use crate::store::{accounts, keyset, memberships};
use domain::page::{Page, Place};
use domain::permission::Role;
use schema::entity::{account, api_key, membership};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

/// Keys on a page.
const PAGE: usize = 50;

/// A member's key, with whose it is.
pub(crate) struct MemberKey {
    pub(crate) row: api_key::Model,
    pub(crate) member: account::Model,
    pub(crate) role: Role,
}

/// A page of the keys of an organization's members for it, newest first; those that never work again are left out.
pub(crate) async fn of_members<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeAccountKeys>,
    place: &Place,
) -> Result<Page<MemberKey>, Error> {
    let organization = authorized.account().0;
    let members = membership::Entity::find()
        .select_only()
        .column(membership::Column::MemberId)
        .filter(membership::Column::OrganizationId.eq(organization))
        .into_query();
    let query = api_key::Entity::find()
        .filter(api_key::Column::OwnerId.eq(organization))
        .filter(api_key::Column::AccountId.in_subquery(members))
        .filter(api_key::Column::RevokedAt.is_null());
    let query = match place {
        Place::Start => query.order_by_desc(api_key::Column::Id),
        Place::After(key) => query
            .filter(api_key::Column::Id.lt(keyset::number(key)))
            .order_by_desc(api_key::Column::Id),
        Place::Before(key) => query
            .filter(api_key::Column::Id.gt(keyset::number(key)))
            .order_by_asc(api_key::Column::Id),
    };
    let rows = query.limit(keyset::limit(PAGE)).all(connection).await?;
    let people: Vec<i64> = rows.iter().map(|row| row.account_id).collect();
    let roles = memberships::roles_among(connection, authorized.account(), &people).await?;
    let people = accounts::rows(connection, people).await?;
    let page = keyset::page(rows, place, PAGE, |row| row.id.to_string());
    Ok(Page {
        items: page
            .items
            .into_iter()
            .filter_map(|row| {
                let member = people.get(&row.account_id)?.clone();
                let role = *roles.get(&row.account_id)?;
                Some(MemberKey { row, member, role })
            })
            .collect(),
        previous: page.previous,
        next: page.next,
    })
}
