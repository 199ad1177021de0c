//! What goes with an account that is deleted, in whatever table it stands, and what is left of the account itself.
//!
//! The account's row stays, without what it said of its person: packages and events point at it. Whoever asks holds the
//! account's row alone, so that nothing new can come to belong to it meanwhile.

use super::catalog::{self, Change};
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::AccountKey;
use schema::entity::{
    account, account_name, api_key, draft, former_name, identity, invitation, logo, membership, notification,
    ownership_request, package, package_owner, prefix_owner, session, sign_in_attempt, transformation, version,
};
use sea_orm::sea_query::{Expr, LockType, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

/// Holds the organizations of a person until the end of the transaction, so that who administers them stays as it is.
/// Whoever holds several does so in the order of their keys.
pub(crate) async fn hold_organizations(tx: &Tx, person: &Authorized<ManageAccount>) -> Result<(), Error> {
    if tx.connection().get_database_backend() == DbBackend::Postgres {
        let _held: Vec<i64> = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::Id.in_subquery(organizations_of(person.account())))
            .order_by_asc(account::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .all(tx.connection())
            .await?;
    }
    Ok(())
}

/// Holds the packages of an account: two owners who go at the same moment must not each count on the other.
pub(crate) async fn hold_packages(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<(), Error> {
    if tx.connection().get_database_backend() == DbBackend::Postgres {
        let _held: Vec<i64> = package::Entity::find()
            .select_only()
            .column(package::Column::Id)
            .filter(package::Column::Id.in_subquery(packages_of(authorized.account())))
            .order_by_asc(package::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .all(tx.connection())
            .await?;
    }
    Ok(())
}

fn organizations_of(person: AccountKey) -> SelectStatement {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizationId)
        .filter(membership::Column::MemberId.eq(person.0))
        .into_query()
}

fn packages_of(account: AccountKey) -> SelectStatement {
    package_owner::Entity::find()
        .select_only()
        .column(package_owner::Column::PackageId)
        .filter(package_owner::Column::AccountId.eq(account.0))
        .into_query()
}

/// A package that others own too, and one of these others.
pub(crate) struct CoOwned {
    pub(crate) id_key: String,
    pub(crate) name: String,
    pub(crate) owner: AccountKey,
}

/// The packages of an account that others own too, a row for each of the others, by id.
pub(crate) async fn co_owned(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<Vec<CoOwned>, Error> {
    let rows: Vec<(String, String, i64)> = package_owner::Entity::find()
        .select_only()
        .column(package_owner::Column::IdKey)
        .column(package::Column::Name)
        .column(package_owner::Column::AccountId)
        .join(
            JoinType::InnerJoin,
            package_owner::Entity::belongs_to(package::Entity)
                .from(package_owner::Column::PackageId)
                .to(package::Column::Id)
                .into(),
        )
        .filter(package_owner::Column::PackageId.in_subquery(packages_of(authorized.account())))
        .filter(package_owner::Column::AccountId.ne(authorized.account().0))
        .order_by_asc(package_owner::Column::IdKey)
        .order_by_asc(package_owner::Column::AccountId)
        .into_tuple()
        .all(tx.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id_key, name, owner)| CoOwned {
            id_key,
            name,
            owner: AccountKey(owner),
        })
        .collect())
}

/// Search shows owners, so every package that loses one has changed; returns their ids in lower case.
pub(crate) async fn note_change_of_owners(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
) -> Result<Vec<String>, Error> {
    let shown: Vec<(String, String)> = package::Entity::find()
        .select_only()
        .column(package::Column::IdKey)
        .column(version::Column::VersionKey)
        .join(
            JoinType::InnerJoin,
            package::Entity::belongs_to(version::Entity)
                .from(package::Column::LatestId)
                .to(version::Column::Id)
                .into(),
        )
        .filter(package::Column::Id.in_subquery(packages_of(authorized.account())))
        .into_tuple()
        .all(tx.connection())
        .await?;
    catalog::append_of_packages(tx, Change::Details, &shown).await?;
    Ok(shown.into_iter().map(|(package, _)| package).collect())
}

/// The accounts on the other side of transformation requests that wait: who was asked, or who asked.
pub(crate) async fn transformation_partners(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
) -> Result<Vec<AccountKey>, Error> {
    let key = authorized.account();
    let rows = transformation::Entity::find()
        .filter(transformations(key))
        .filter(transformation::Column::AcceptedAt.is_null())
        .all(tx.connection())
        .await?;
    let other = |row: transformation::Model| {
        let other = if row.account_id == key.0 {
            row.administrator_id
        } else {
            row.account_id
        };
        AccountKey(other)
    };
    Ok(rows.into_iter().map(other).collect())
}

fn transformations(account: AccountKey) -> Condition {
    Condition::any()
        .add(transformation::Column::AccountId.eq(account.0))
        .add(transformation::Column::AdministratorId.eq(account.0))
}

/// The invitations of an organization that have not ended.
pub(crate) async fn open_invitations(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
) -> Result<Vec<invitation::Model>, Error> {
    Ok(invitation::Entity::find()
        .filter(invitation::Column::OrganizationId.eq(authorized.account().0))
        .filter(invitation::Column::ExpiresAt.gt(tx.now().micros()))
        .order_by_asc(invitation::Column::Id)
        .all(tx.connection())
        .await?)
}

/// Lets go of the prefixes that an account holds; the others who hold them keep them.
pub(crate) async fn let_go_of_prefixes(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<(), Error> {
    let held = Condition::all().add(prefix_owner::Column::AccountId.eq(authorized.account().0));
    remove::<prefix_owner::Entity>(tx, held).await
}

/// Removes everything else that belongs to an account or waits for it: nothing can be done with it any more, or for it.
pub(crate) async fn remove_belongings(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<(), Error> {
    let key = authorized.account().0;
    let either = |one: Condition, other: Condition| Condition::any().add(one).add(other);
    let all = Condition::all;
    // Nobody can undo a transformation whose administrator is gone, so its sign-ins need not wait any more.
    let undone_by = transformation::Entity::find()
        .select_only()
        .column(transformation::Column::AccountId)
        .filter(transformation::Column::AdministratorId.eq(key))
        .filter(transformation::Column::AcceptedAt.is_not_null())
        .into_query();
    let dormant = all()
        .add(identity::Column::Dormant.eq(true))
        .add(identity::Column::AccountId.in_subquery(undone_by));
    remove::<identity::Entity>(tx, either(all().add(identity::Column::AccountId.eq(key)), dormant)).await?;
    remove::<transformation::Entity>(tx, transformations(authorized.account())).await?;
    remove::<session::Entity>(tx, all().add(session::Column::AccountId.eq(key))).await?;
    remove::<sign_in_attempt::Entity>(tx, all().add(sign_in_attempt::Column::LinkingAccountId.eq(key))).await?;
    let members = all().add(membership::Column::OrganizationId.eq(key));
    let memberships = all().add(membership::Column::MemberId.eq(key));
    remove::<membership::Entity>(tx, either(members, memberships)).await?;
    let inviting = all().add(invitation::Column::OrganizationId.eq(key));
    let invited = all().add(invitation::Column::AccountId.eq(key));
    remove::<invitation::Entity>(tx, either(inviting, invited)).await?;
    let requests = Condition::any()
        .add(ownership_request::Column::NewOwnerId.eq(key))
        .add(ownership_request::Column::RequestedBy.eq(key))
        .add(ownership_request::Column::OnBehalfOf.eq(key));
    remove::<ownership_request::Entity>(tx, requests).await?;
    remove::<package_owner::Entity>(tx, all().add(package_owner::Column::AccountId.eq(key))).await?;
    let own_keys = all().add(api_key::Column::AccountId.eq(key));
    let keys_for_it = all().add(api_key::Column::OwnerId.eq(key));
    remove::<api_key::Entity>(tx, either(own_keys, keys_for_it)).await?;
    remove::<draft::Entity>(tx, all().add(draft::Column::AccountId.eq(key))).await?;
    remove::<notification::Entity>(tx, all().add(notification::Column::AccountId.eq(key))).await?;
    remove::<logo::Entity>(tx, all().add(logo::Column::AccountId.eq(key))).await
}

async fn remove<E: EntityTrait>(tx: &Tx, which: Condition) -> Result<(), Error> {
    E::delete_many().filter(which).exec(tx.connection()).await?;
    Ok(())
}

/// The account is deleted. Its name stays taken for ever if its address was ever confirmed; else others may have it.
pub(crate) async fn retire(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<(), Error> {
    let key = authorized.account().0;
    let nothing = || Expr::value(Option::<String>::None);
    let empty = || Expr::value(String::new());
    let mut retired = account::Entity::update_many()
        .col_expr(account::Column::DeletedAt, Expr::value(tx.now().micros()))
        .col_expr(account::Column::Email, nothing())
        .col_expr(account::Column::EmailKey, nothing())
        .col_expr(account::Column::PendingEmail, nothing())
        .col_expr(account::Column::EmailTokenHash, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(account::Column::EmailTokenExpires, Expr::value(Option::<i64>::None))
        .col_expr(account::Column::NotifyPackagePushed, Expr::value(false))
        .col_expr(account::Column::Description, empty())
        .col_expr(account::Column::Website, empty())
        .col_expr(account::Column::Logo, empty())
        .col_expr(account::Column::LastProvider, empty())
        .col_expr(account::Column::SiteAdministrator, Expr::value(false))
        .col_expr(account::Column::Claimable, Expr::value(false));
    if authorized.row().email.is_none() {
        // No name of an account has this form, so it is in nobody's way.
        let nameless = format!("#{key}");
        retired = retired
            .col_expr(account::Column::Name, Expr::value(nameless.clone()))
            .col_expr(account::Column::NameKey, Expr::value(nameless));
        remove::<account_name::Entity>(tx, Condition::all().add(account_name::Column::AccountId.eq(key))).await?;
        remove::<former_name::Entity>(tx, Condition::all().add(former_name::Column::AccountId.eq(key))).await?;
    }
    retired
        .filter(account::Column::Id.eq(key))
        .exec(tx.connection())
        .await?;
    Ok(())
}
