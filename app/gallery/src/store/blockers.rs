//! What stands in the way of deleting an account: packages that nobody would own, organizations that nobody would
//! administer.

use crate::error::Error;
use domain::account::{AccountKey, AccountKind};
use domain::deletion::Orphans;
use domain::permission::Role;
use schema::entity::{account, membership, package, package_owner};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Orphans told by name; the others are only mentioned.
const TOLD: u64 = 50;

/// The packages with a version for which, without this account, no owner remains that is a user, or an organization
/// with a member other than the account.
pub(crate) async fn orphans<C: ConnectionTrait>(connection: &C, key: AccountKey) -> Result<Orphans, Error> {
    let members = Query::select()
        .expr(Expr::val(1))
        .from(membership::Entity)
        .and_where(
            Expr::col((membership::Entity, membership::Column::OrganizationId))
                .equals((account::Entity, account::Column::Id)),
        )
        .and_where(Expr::col((membership::Entity, membership::Column::MemberId)).ne(key.0))
        .to_owned();
    let user = Expr::col((account::Entity, account::Column::Kind)).eq(AccountKind::User.value());
    let heirs = Query::select()
        .expr(Expr::val(1))
        .from(package_owner::Entity)
        .inner_join(
            account::Entity,
            Expr::col((account::Entity, account::Column::Id))
                .equals((package_owner::Entity, package_owner::Column::AccountId)),
        )
        .and_where(
            Expr::col((package_owner::Entity, package_owner::Column::PackageId))
                .equals((package::Entity, package::Column::Id)),
        )
        .and_where(Expr::col((package_owner::Entity, package_owner::Column::AccountId)).ne(key.0))
        .and_where(Expr::col((account::Entity, account::Column::DeletedAt)).is_null())
        .and_where(user.or(Expr::exists(members)))
        .to_owned();
    let owned = Query::select()
        .column(package_owner::Column::PackageId)
        .from(package_owner::Entity)
        .and_where(package_owner::Column::AccountId.eq(key.0))
        .to_owned();
    let mut ids: Vec<String> = package::Entity::find()
        .select_only()
        .column(package::Column::Name)
        .filter(package::Column::Id.in_subquery(owned))
        .filter(package::Column::VersionCount.gt(0))
        .filter(Expr::exists(heirs).not())
        .order_by_asc(package::Column::IdKey)
        .limit(TOLD + 1)
        .into_tuple()
        .all(connection)
        .await?;
    let more = ids.len() as u64 > TOLD;
    ids.truncate(usize::try_from(TOLD).unwrap_or(usize::MAX));
    Ok(Orphans { ids, more })
}

/// A membership of a person, and who else is there.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Belonging {
    /// The organization.
    pub(crate) organization: i64,
    /// Its name.
    pub(crate) name: String,
    /// The person's role.
    pub(crate) role: String,
    /// Other members.
    pub(crate) others: i64,
    /// Other administrators.
    pub(crate) other_administrators: i64,
}

/// The memberships of a person, by the organization's name.
pub(crate) async fn belongings<C: ConnectionTrait>(
    connection: &C,
    person: AccountKey,
) -> Result<Vec<Belonging>, Error> {
    let others = |role: Option<Role>| {
        let other = sea_orm::sea_query::Alias::new("other");
        let mut count = Query::select()
            .expr(Expr::col((other.clone(), membership::Column::MemberId)).count())
            .from_as(membership::Entity, other.clone())
            .and_where(
                Expr::col((other.clone(), membership::Column::OrganizationId))
                    .equals((membership::Entity, membership::Column::OrganizationId)),
            )
            .and_where(Expr::col((other.clone(), membership::Column::MemberId)).ne(person.0))
            .to_owned();
        if let Some(role) = role {
            count.and_where(Expr::col((other, membership::Column::Role)).eq(role.value()));
        }
        Expr::SubQuery(None, Box::new(count.into()))
    };
    Ok(membership::Entity::find()
        .select_only()
        .column_as(membership::Column::OrganizationId, "organization")
        .column_as(account::Column::Name, "name")
        .column_as(membership::Column::Role, "role")
        .column_as(others(None), "others")
        .column_as(others(Some(Role::Administrator)), "other_administrators")
        .join(
            JoinType::InnerJoin,
            membership::Entity::belongs_to(account::Entity)
                .from(membership::Column::OrganizationId)
                .to(account::Column::Id)
                .into(),
        )
        .filter(membership::Column::MemberId.eq(person.0))
        .filter(account::Column::DeletedAt.is_null())
        .order_by_asc(account::Column::NameKey)
        .into_model()
        .all(connection)
        .await?)
}

/// How many members an organization has beside a person.
pub(crate) async fn other_members<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
    person: AccountKey,
) -> Result<u32, Error> {
    let count = membership::Entity::find()
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .filter(membership::Column::MemberId.ne(person.0))
        .count(connection)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
