//! The page "Manage {id}".

use super::versions::{insider, table};
use crate::actor::{Actor, Who};
use crate::error::Error;
use crate::{Gallery, ownership, store};
use domain::ownership::OwnerRow;
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
    let manages_owners = ownership::manages_owners(g.reader(), a, &owners).await?;
    let requests = if manages_owners {
        ownership::pending_of(g.reader(), package.id).await?
    } else {
        Vec::new()
    };
    let routes = ownership::route_of(g.reader(), a, &owners).await?;
    let rows = owners.into_iter().zip(routes);
    Ok(ManagePackagePage {
        owners: rows
            .map(|(owner, route)| OwnerRow {
                name: owner.name,
                route,
            })
            .collect(),
        manages_owners,
        requests,
        locked: package.locked,
        versions: table(g.reader(), package.id, Some(&insider), place).await?,
        id: package.name,
    })
}
