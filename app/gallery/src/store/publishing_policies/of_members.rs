//! The policies by which the members of an organization publish for it.

use crate::authorization::{Authorized, SeeAccountKeys};
use crate::error::Error;
use crate::store::{accounts, keyset, memberships};
use domain::page::{Page, Place};
use domain::permission::Role;
use schema::entity::publishing_policy::{Column, Entity, Model};
use schema::entity::{account, membership};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

/// Policies on a page.
const PAGE: usize = 50;

/// A member's policy, with whose it is.
pub(crate) struct MemberPolicy {
    pub(crate) row: Model,
    pub(crate) member: account::Model,
    pub(crate) role: Role,
}

/// A page of the policies of an organization's members for it, newest first; those that were cut off are left out.
pub(crate) async fn of_members<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeAccountKeys>,
    place: &Place,
) -> Result<Page<MemberPolicy>, Error> {
    let organization = authorized.account().0;
    let members = membership::Entity::find()
        .select_only()
        .column(membership::Column::MemberId)
        .filter(membership::Column::OrganizationId.eq(organization))
        .into_query();
    let query = Entity::find()
        .filter(Column::OwnerId.eq(organization))
        .filter(Column::AccountId.in_subquery(members))
        .filter(Column::CutOff.eq(false));
    let query = match place {
        Place::Start => query.order_by_desc(Column::Id),
        Place::After(key) => query
            .filter(Column::Id.lt(keyset::number(key)))
            .order_by_desc(Column::Id),
        Place::Before(key) => query
            .filter(Column::Id.gt(keyset::number(key)))
            .order_by_asc(Column::Id),
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
                Some(MemberPolicy { row, member, role })
            })
            .collect(),
        previous: page.previous,
        next: page.next,
    })
}
