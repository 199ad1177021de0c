//! The page "Manage {id}".

use super::rights::is_insider;
use super::versions::{insider, table};
use super::why::why;
use crate::actor::{Actor, Who};
use crate::authorization::standing_of;
use crate::error::Error;
use crate::{Gallery, ownership, store};
use domain::account::AccountKey;
use domain::ownership::OwnerRow;
use domain::page::Place;
use domain::permission::Denied;
use domain::profile::ManagePackagePage;

/// The owners of a package on whose behalf somebody is an insider of it.
///
/// # Errors
/// [`Error::NotFound`] for everybody who is no insider.
pub(crate) async fn followed_by_insider(g: &Gallery, a: &Actor, id: &str) -> Result<Vec<AccountKey>, Error> {
    let package = store::packages::find(g.reader(), &id.to_lowercase())
        .await?
        .ok_or(Error::NotFound)?;
    let mut followed = Vec::new();
    for owner in store::owners::of_package(g.reader(), package.id).await? {
        let (standing, _) = standing_of(g.reader(), a, &owner).await?;
        if is_insider(standing) {
            followed.push(AccountKey(owner.id));
        }
    }
    if followed.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(followed)
}

/// A package as its insiders manage it. `who` is the name of somebody, to be told what they may do here and why; or
/// empty.
///
/// # Errors
/// A request to sign in; [`Error::NotFound`] for everybody who is no insider.
pub async fn manage_page(
    g: &Gallery,
    a: &Actor,
    id: &str,
    place: &Place,
    who: &str,
) -> Result<ManagePackagePage, Error> {
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
    let why = why(g.reader(), a, &package, &owners, who).await?;
    let rows = owners.into_iter().zip(routes);
    Ok(ManagePackagePage {
        owners: rows
            .map(|(owner, route)| OwnerRow {
                name: owner.name,
                route,
            })
            .collect(),
        why,
        manages_owners,
        requests,
        locked: package.locked,
        versions: table(g.reader(), package.id, Some(&insider), place).await?,
        id: package.name,
    })
}
