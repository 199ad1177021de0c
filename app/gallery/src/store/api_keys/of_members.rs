//! The personal keys with which the members of an organization push for it.

use crate::authorization::{Authorized, SeeAccountKeys};
use crate::error::Error;
use crate::store::of_members::{self, Keys, OfMember};
use domain::page::{Page, Place};
use schema::entity::api_key::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A page of the keys of an organization's members for it, newest first; those that never work again are left out.
pub(crate) async fn of_members<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeAccountKeys>,
    place: &Place,
) -> Result<Page<OfMember<Model>>, Error> {
    let organization = authorized.account();
    let query = Entity::find()
        .filter(Column::OwnerId.eq(organization.0))
        .filter(Column::AccountId.in_subquery(of_members::members_of(organization)))
        .filter(Column::RevokedAt.is_null());
    let keys = |row: &Model| Keys {
        row: row.id,
        member: row.account_id,
    };
    of_members::page(connection, organization, query, Column::Id, keys, place).await
}
