//! The columns of `accounts` that the settings pages change.

use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::tx::Tx;
use domain::account::EmailAddress;
use domain::settings::{NewProfile, Policies};
use domain::time::Timestamp;
use schema::entity::account;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// An address waits for its confirmation from now on, in place of the one that may have waited.
pub(crate) async fn set_pending_email(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    email: &EmailAddress,
    token_hash: Vec<u8>,
    expires: Timestamp,
) -> Result<(), Error> {
    let changes = [
        (account::Column::PendingEmail, Expr::value(email.as_str().to_owned())),
        (account::Column::EmailTokenHash, Expr::value(token_hash)),
        (account::Column::EmailTokenExpires, Expr::value(expires.micros())),
    ];
    update(tx, authorized, changes).await
}

/// No address waits any more.
pub(crate) async fn clear_pending_email(tx: &Tx, authorized: &Authorized<ManageAccount>) -> Result<(), Error> {
    let changes = [
        (account::Column::PendingEmail, Expr::value(Option::<String>::None)),
        (account::Column::EmailTokenHash, Expr::value(Option::<Vec<u8>>::None)),
        (account::Column::EmailTokenExpires, Expr::value(Option::<i64>::None)),
    ];
    update(tx, authorized, changes).await
}

/// Whether the account gets a mail when a package is published.
pub(crate) async fn set_notifications(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    notify: bool,
) -> Result<(), Error> {
    update(
        tx,
        authorized,
        [(account::Column::NotifyPackagePushed, Expr::value(notify))],
    )
    .await
}

/// What the profile says.
pub(crate) async fn set_profile(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    profile: &NewProfile,
) -> Result<(), Error> {
    let changes = [
        (account::Column::Description, Expr::value(profile.description.as_str())),
        (account::Column::Website, Expr::value(profile.website.as_str())),
    ];
    update(tx, authorized, changes).await
}

/// The policies of an organization.
pub(crate) async fn set_policies(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    policies: &Policies,
) -> Result<(), Error> {
    let changes = [
        (
            account::Column::PolicyKeyDays,
            Expr::value(policies.key_days.map(i32::from)),
        ),
        (
            account::Column::PolicyNewPackages,
            Expr::value(policies.new_packages.value()),
        ),
        (
            account::Column::PolicyOrganizationKeys,
            Expr::value(policies.organization_keys),
        ),
        (account::Column::PolicySecondFactor, Expr::value(policies.second_factor)),
        (account::Column::PolicyProvider, Expr::value(policies.provider.as_str())),
    ];
    update(tx, authorized, changes).await
}

/// The hash of the account's logo, or empty.
pub(crate) async fn set_logo(tx: &Tx, authorized: &Authorized<ManageAccount>, hash: &str) -> Result<(), Error> {
    update(tx, authorized, [(account::Column::Logo, Expr::value(hash))]).await
}

pub(super) async fn update<const N: usize>(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    changes: [(account::Column, SimpleExpr); N],
) -> Result<(), Error> {
    let update = changes
        .into_iter()
        .fold(account::Entity::update_many(), |update, (column, value)| {
            update.col_expr(column, value)
        });
    update
        .filter(account::Column::Id.eq(authorized.account().0))
        .exec(tx.connection())
        .await?;
    Ok(())
}
