//! The page "Manage {id}".

use super::versions::{insider, names, table};
use crate::actor::{Actor, Who};
use crate::error::Error;
use crate::{Gallery, store};
use domain::page::Place;
use domain::permission::Denied;
use domain::profile::ManagePackagePage;

/// A package as its insiders manage it.
///
/// # Errors
/// A request to sign in; [`Error::NotFound`] for everybody who is no insider.
pub async fn manage_page(g: &Gallery, a: &Actor, id: &str, place: &Place) -> Result<ManagePackagePage, Error> {
    if matches!(a.who, Who::Anonymous) {
        return Err(Denied::SignIn.into());
    }
    let package = store::packages::find(g.reader(), &id.to_lowercase())
        .await?
        .ok_or(Error::NotFound)?;
    let owners = store::owners::of_package(g.reader(), package.id).await?;
    let insider = insider(g.reader(), a, &owners).await?.ok_or(Error::NotFound)?;
    Ok(ManagePackagePage {
        owners: names(&owners),
        locked: package.locked,
        versions: table(g.reader(), package.id, Some(&insider), place).await?,
        id: package.name,
    })
}
