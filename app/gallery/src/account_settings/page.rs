//! The settings pages.

use crate::Gallery;
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::authorization::{Hold, SeeSettings, account_by_key, may_read, policies_of};
use crate::error::Error;
use crate::organizations::head_of;
use domain::account::AccountName;
use domain::session::SignInChoice;
use domain::settings::{AccountSettings, OrganizationSettings};
use schema::entity::account;

/// The settings of the person's own account.
///
/// # Errors
/// [`domain::permission::Denied::SignIn`] when nobody is signed in.
pub async fn of_person(g: &Gallery, a: &Actor) -> Result<AccountSettings, Error> {
    let person = acting_person(a)?;
    let row = account_by_key(g.reader(), person, Hold::No).await?;
    Ok(settings(&row.ok_or(Error::NotFound)?))
}

/// The settings of an organization, for its administrators. `providers` are the ways to sign in to this site.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn of_organization(
    g: &Gallery,
    a: &Actor,
    name: &str,
    providers: Vec<SignInChoice>,
) -> Result<OrganizationSettings, Error> {
    let name: AccountName = name_in_address(a, name)?;
    let authorized = may_read::<SeeSettings, _>(g.reader(), a, &name)
        .await?
        .of_organization()?;
    let row = authorized.row();
    Ok(OrganizationSettings {
        account: settings(row),
        policies: policies_of(row),
        providers,
        rename_from: super::rename::not_before(row).filter(|from| *from > g.now()),
        undo_until: crate::transformations::undo_until(g, a, &authorized).await?,
        deletion: crate::deletion::of_organization(g, a, name.as_str()).await?,
        head: head_of(&authorized),
    })
}

fn settings(row: &account::Model) -> AccountSettings {
    AccountSettings {
        name: row.name.clone(),
        email: row.email.clone().unwrap_or_default(),
        pending_email: row.pending_email.clone().unwrap_or_default(),
        notify: row.notify_package_pushed,
        description: row.description.clone(),
        website: row.website.clone(),
        logo: row.logo.clone(),
    }
}
