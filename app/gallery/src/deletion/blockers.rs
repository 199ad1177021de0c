//! What stands in the way of a deletion. Pages ask before, and the deletion itself asks again.

use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::authorization::{Hold, SeeOrganization, account_by_key, may_read};
use crate::error::Error;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::deletion::{AccountDeletion, OrganizationDeletion};
use domain::permission::{Action, Role};
use schema::entity::account;
use sea_orm::ConnectionTrait;

/// What stands in the way of deleting the person's own account.
///
/// # Errors
/// [`domain::permission::Denied::SignIn`] when nobody is signed in.
pub async fn of_account(g: &Gallery, a: &Actor) -> Result<AccountDeletion, Error> {
    let person = acting_person(a)?;
    let row = account_by_key(g.reader(), person, Hold::No)
        .await?
        .ok_or(Error::NotFound)?;
    account_blockers(g.reader(), &row).await
}

/// What stands in the way of deleting an organization, for those who manage it.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn of_organization(g: &Gallery, a: &Actor, name: &str) -> Result<OrganizationDeletion, Error> {
    let person = acting_person(a)?;
    let name = name_in_address(a, name)?;
    let authorized = may_read::<SeeOrganization, _>(g.reader(), a, &name)
        .await?
        .of_organization()?;
    if !Action::ManageAccount.allows(authorized.standing()) {
        return Err(Error::NotFound);
    }
    organization_blockers(g.reader(), authorized.row(), person).await
}

pub(super) async fn account_blockers<C: ConnectionTrait>(
    connection: &C,
    row: &account::Model,
) -> Result<AccountDeletion, Error> {
    let key = AccountKey(row.id);
    let mut deletion = AccountDeletion {
        name: row.name.clone(),
        confirmed: row.email.is_some(),
        packages: store::blockers::orphans(connection, key).await?,
        last_administrator_of: Vec::new(),
        only_member_of: Vec::new(),
    };
    for belonging in store::blockers::belongings(connection, key).await? {
        if belonging.others == 0 {
            deletion.only_member_of.push(belonging.name);
        } else if belonging.role == Role::Administrator.value() && belonging.other_administrators == 0 {
            deletion.last_administrator_of.push(belonging.name);
        }
    }
    Ok(deletion)
}

pub(super) async fn organization_blockers<C: ConnectionTrait>(
    connection: &C,
    row: &account::Model,
    person: AccountKey,
) -> Result<OrganizationDeletion, Error> {
    let key = AccountKey(row.id);
    Ok(OrganizationDeletion {
        name: row.name.clone(),
        confirmed: row.email.is_some(),
        packages: store::blockers::orphans(connection, key).await?,
        others: store::blockers::other_members(connection, key, person).await?,
    })
}
