//! The policies by which the members of an organization publish for it.

use crate::authorization::{Authorized, SeeAccountKeys};
use crate::error::Error;
use crate::store::of_members::{self, Keys, OfMember};
use domain::page::{Page, Place};
use schema::entity::publishing_policy::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A page of the policies of an organization's members for it, newest first; those that were cut off are left out.
pub(crate) async fn of_members<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeAccountKeys>,
    place: &Place,
) -> Result<Page<OfMember<Model>>, Error> {
    let organization = authorized.account();
    let query = Entity::find()
        .filter(Column::OwnerId.eq(organization.0))
        .filter(Column::AccountId.in_subquery(of_members::members_of(organization)))
        .filter(Column::CutOff.eq(false));
    let keys = |row: &Model| Keys {
        row: row.id,
        member: row.account_id,
    };
    of_members::page(connection, organization, query, Column::Id, keys, place).await
}
