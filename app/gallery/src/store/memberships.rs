//! The table `memberships`: who is in which organization, and as what.

use super::api_keys::{EndsMembership, suspend_of_member};
use super::invitations::Answered;
use super::keyset;
use super::nul::without_nul;
use super::transformations::Accepted;
use crate::authorization::{Authorized, Hold, ManageMembers, SeeMembers, SeeMembershipEvents, account_by_key};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::{AccountKey, AccountName};
use domain::member::MemberProblem;
use domain::page::{Page, Place};
use domain::permission::Role;
use schema::entity::{account, membership};
use sea_orm::sea_query::{Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use std::collections::HashMap;

/// Members on a page.
const PAGE: usize = 50;

/// The role of a person in an organization.
pub(crate) async fn role_of<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
    member: AccountKey,
) -> Result<Option<Role>, Error> {
    let row = membership::Entity::find_by_id((organization.0, member.0))
        .one(connection)
        .await?;
    Ok(row.and_then(|row| Role::parse(&row.role)))
}

/// The roles of those among some people who are members of an organization.
pub(crate) async fn roles_among<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
    people: &[i64],
) -> Result<HashMap<i64, Role>, Error> {
    let rows = membership::Entity::find()
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .filter(membership::Column::MemberId.is_in(people.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.member_id, Role::parse(&row.role)?)))
        .collect())
}

/// The first member of an organization that this transaction has made.
pub(crate) async fn found(tx: &Tx, organization: &account::Model, founder: &account::Model) -> Result<(), Error> {
    insert(tx, AccountKey(organization.id), founder, Role::Administrator).await
}

/// The first member of an organization that was a user's account until now.
pub(crate) async fn take_over(tx: &Tx, accepted: &Accepted, person: &account::Model) -> Result<(), Error> {
    insert(tx, accepted.account(), person, Role::Administrator).await
}

/// Somebody with the right to manage members lets a person in.
pub(crate) async fn admit(
    tx: &Tx,
    authorized: &Authorized<ManageMembers>,
    person: &account::Model,
    role: Role,
) -> Result<(), Error> {
    insert(tx, authorized.account(), person, role).await
}

/// A person has accepted an invitation.
pub(crate) async fn join(tx: &Tx, answered: &Answered, person: &account::Model, role: Role) -> Result<(), Error> {
    insert(tx, answered.organization(), person, role).await
}

/// A member has accepted an invitation to a greater role.
pub(crate) async fn rise(tx: &Tx, answered: &Answered, person: &account::Model, role: Role) -> Result<(), Error> {
    update_role(tx, answered.organization(), AccountKey(person.id), role).await
}

async fn insert(tx: &Tx, organization: AccountKey, person: &account::Model, role: Role) -> Result<(), Error> {
    // Somebody who is deleting their account at this moment becomes no member.
    account_by_key(tx.connection(), AccountKey(person.id), Hold::Shared)
        .await?
        .ok_or_else(|| Error::conflict(MemberProblem::UnknownUser))?;
    let row = membership::ActiveModel {
        organization_id: Set(organization.0),
        member_id: Set(person.id),
        role: Set(role.value().to_owned()),
        member_name_key: Set(person.name_key.clone()),
        since: Set(tx.now().micros()),
    };
    membership::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Changes a member's role.
pub(crate) async fn set_role(
    tx: &Tx,
    authorized: &Authorized<ManageMembers>,
    member: AccountKey,
    role: Role,
) -> Result<(), Error> {
    update_role(tx, authorized.account(), member, role).await
}

async fn update_role(tx: &Tx, organization: AccountKey, member: AccountKey, role: Role) -> Result<(), Error> {
    membership::Entity::update_many()
        .col_expr(membership::Column::Role, Expr::value(role.value()))
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .filter(membership::Column::MemberId.eq(member.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends a membership. The person's keys and publishing policies for the organization stop, and stay so after rejoining
/// until the person confirms them (product contract, 5.9).
pub(crate) async fn end(tx: &Tx, right: &impl EndsMembership, member: AccountKey) -> Result<(), Error> {
    membership::Entity::delete_by_id((right.organization().0, member.0))
        .exec(tx.connection())
        .await?;
    super::publishing_policies::suspend_of_member(tx, right, member).await?;
    suspend_of_member(tx, right, member).await
}

/// Whether an organization has an administrator besides this one. The asker holds the organization's row, so the answer
/// stays true until the commit.
pub(crate) async fn has_another_administrator(
    tx: &Tx,
    organization: AccountKey,
    member: AccountKey,
) -> Result<bool, Error> {
    let other = membership::Entity::find()
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .filter(membership::Column::Role.eq(Role::Administrator.value()))
        .filter(membership::Column::MemberId.ne(member.0))
        .one(tx.connection())
        .await?;
    Ok(other.is_some())
}

/// Whether an organization has a member besides this one.
pub(crate) async fn has_another_member<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
    member: AccountKey,
) -> Result<bool, Error> {
    let other = membership::Entity::find()
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .filter(membership::Column::MemberId.ne(member.0))
        .one(connection)
        .await?;
    Ok(other.is_some())
}

/// Whether a person is a member of any organization.
pub(crate) async fn is_member_anywhere<C: ConnectionTrait>(connection: &C, person: AccountKey) -> Result<bool, Error> {
    let any = membership::Entity::find()
        .filter(membership::Column::MemberId.eq(person.0))
        .one(connection)
        .await?;
    Ok(any.is_some())
}

/// How many administrators and collaborators an organization has.
pub(crate) async fn counts<C: ConnectionTrait>(connection: &C, organization: AccountKey) -> Result<(u32, u32), Error> {
    let rows: Vec<(String, i64)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::Role)
        .column_as(membership::Column::MemberId.count(), "members")
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .group_by(membership::Column::Role)
        .into_tuple()
        .all(connection)
        .await?;
    let of_role = |role: Role| {
        let count = rows
            .iter()
            .find(|(own, _)| own == role.value())
            .map(|(_, count)| *count);
        u32::try_from(count.unwrap_or_default()).unwrap_or(u32::MAX)
    };
    Ok((of_role(Role::Administrator), of_role(Role::Collaborator)))
}

/// How many members each of the organizations has.
pub(crate) async fn sizes<C: ConnectionTrait>(
    connection: &C,
    organizations: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, u32>, Error> {
    let rows: Vec<(i64, i64)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizationId)
        .column_as(membership::Column::MemberId.count(), "members")
        .filter(membership::Column::OrganizationId.is_in(organizations))
        .group_by(membership::Column::OrganizationId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(organization, count)| (organization, u32::try_from(count).unwrap_or(u32::MAX)))
        .collect())
}

/// The members of an organization, by name.
pub(crate) async fn people<C: ConnectionTrait>(
    connection: &C,
    organization: AccountKey,
) -> Result<Vec<account::Model>, Error> {
    let members = membership::Entity::find()
        .select_only()
        .column(membership::Column::MemberId)
        .filter(membership::Column::OrganizationId.eq(organization.0))
        .into_query();
    Ok(account::Entity::find()
        .filter(account::Column::Id.in_subquery(members))
        .filter(account::Column::DeletedAt.is_null())
        .order_by_asc(account::Column::NameKey)
        .all(connection)
        .await?)
}

/// An organization of a person.
pub(crate) struct OwnOrganization {
    pub(crate) key: i64,
    pub(crate) name: String,
    pub(crate) role: Role,
}

/// The organizations of a person, by name, at most `limit`.
pub(crate) async fn organizations_of<C: ConnectionTrait>(
    connection: &C,
    person: AccountKey,
    limit: u64,
) -> Result<Vec<OwnOrganization>, Error> {
    let rows: Vec<(i64, String, String)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizationId)
        .column(account::Column::Name)
        .column(membership::Column::Role)
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
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(key, name, role)| Role::parse(&role).map(|role| OwnOrganization { key, name, role }))
        .collect())
}

/// A member in a list.
pub(crate) struct Member {
    pub(crate) key: i64,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) since: i64,
}

/// A page of members by name, of those whose name contains the text.
pub(crate) async fn page<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeMembers>,
    q: &str,
    place: &Place,
) -> Result<Page<Member>, Error> {
    let mut query = membership::Entity::find()
        .select_only()
        .column(membership::Column::MemberId)
        .column(account::Column::Name)
        .column(membership::Column::Role)
        .column(membership::Column::Since)
        .join(
            JoinType::InnerJoin,
            membership::Entity::belongs_to(account::Entity)
                .from(membership::Column::MemberId)
                .to(account::Column::Id)
                .into(),
        )
        .filter(membership::Column::OrganizationId.eq(authorized.account().0));
    if !q.is_empty() {
        query = query.filter(containing(connection, membership::Column::MemberNameKey, q));
    }
    let query = match place {
        Place::Start => query.order_by_asc(membership::Column::MemberNameKey),
        Place::After(name) => query
            .filter(membership::Column::MemberNameKey.gt(without_nul(name)))
            .order_by_asc(membership::Column::MemberNameKey),
        Place::Before(name) => query
            .filter(membership::Column::MemberNameKey.lt(without_nul(name)))
            .order_by_desc(membership::Column::MemberNameKey),
    };
    let rows: Vec<(i64, String, String, i64)> = query.limit(keyset::limit(PAGE)).into_tuple().all(connection).await?;
    let rows = rows
        .into_iter()
        .filter_map(|(key, name, role, since)| Role::parse(&role).map(|role| Member { key, name, role, since }))
        .collect();
    Ok(keyset::page(rows, place, PAGE, |member| {
        member.name.to_ascii_lowercase()
    }))
}

/// The names of an organization's members, by name, at most `limit`: those by whom its trail can be filtered.
pub(crate) async fn member_names<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeMembershipEvents>,
    limit: u64,
) -> Result<Vec<String>, Error> {
    Ok(membership::Entity::find()
        .select_only()
        .column(account::Column::Name)
        .join(
            JoinType::InnerJoin,
            membership::Entity::belongs_to(account::Entity)
                .from(membership::Column::MemberId)
                .to(account::Column::Id)
                .into(),
        )
        .filter(membership::Column::OrganizationId.eq(authorized.account().0))
        .order_by_asc(membership::Column::MemberNameKey)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// All members of an organization with their roles, for the command line's list.
pub(crate) async fn all<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeMembers>,
) -> Result<Vec<(AccountName, Role)>, Error> {
    let rows: Vec<(String, String)> = membership::Entity::find()
        .select_only()
        .column(account::Column::Name)
        .column(membership::Column::Role)
        .join(
            JoinType::InnerJoin,
            membership::Entity::belongs_to(account::Entity)
                .from(membership::Column::MemberId)
                .to(account::Column::Id)
                .into(),
        )
        .filter(membership::Column::OrganizationId.eq(authorized.account().0))
        .order_by_asc(membership::Column::MemberNameKey)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(name, role)| Some((AccountName::parse(&name).ok()?, Role::parse(&role)?)))
        .collect())
}

/// Whether a name, kept in lower case, contains a text. Every name of a list is looked at, so it is asked by the database's
/// search for a text as it is: a pattern costs half as much again.
pub(crate) fn containing<C: ConnectionTrait>(connection: &C, name: impl ColumnTrait, text: &str) -> SimpleExpr {
    let place = match connection.get_database_backend() {
        DbBackend::Postgres => "strpos",
        _ => "instr",
    };
    let text = without_nul(text).to_lowercase();
    Expr::expr(Func::cust(place).arg(Expr::col(name.as_column_ref())).arg(text)).gt(0)
}
