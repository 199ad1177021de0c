//! The page "Site administration": accounts and packages that are looked for, and what happened on the site.

use crate::actor::Actor;
use crate::audit_trail::of_site;
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind};
use domain::package::PackageVersion;
use domain::page::Place;
use domain::site::{SiteAccount, SitePackage, SitePage, SiteVersion};
use domain::time::Timestamp;
use schema::entity::account;
use sea_orm::ConnectionTrait;

/// Accounts that are shown.
const ACCOUNTS: usize = 50;

/// Versions of a package that are shown.
const VERSIONS: usize = 100;

/// The page: `accounts` is a part of a name, or a whole address; `package` an id, or an id and a version.
///
/// # Errors
/// [`Error::NotFound`] for everybody but those who administer the site.
pub async fn page(g: &Gallery, a: &Actor, accounts: &str, package: &str, place: &Place) -> Result<SitePage, Error> {
    let right = SiteRight::of(g.reader(), a).await?;
    let accounts = accounts.trim();
    let mut found = if accounts.is_empty() {
        Vec::new()
    } else {
        store::accounts::find_for_site(g.reader(), &right, accounts, ACCOUNTS as u64 + 1).await?
    };
    let more_accounts = found.len() > ACCOUNTS;
    found.truncate(ACCOUNTS);
    Ok(SitePage {
        account_sought: !accounts.is_empty(),
        package_sought: !package.trim().is_empty(),
        accounts: found.into_iter().map(|row| view(row, a)).collect(),
        more_accounts,
        package: find_package(g.reader(), package).await?,
        events: of_site(g, a, place).await?,
    })
}

fn view(row: account::Model, a: &Actor) -> SiteAccount {
    SiteAccount {
        kind: if row.kind == AccountKind::Organization.value() {
            AccountKind::Organization
        } else {
            AccountKind::User
        },
        confirmed: row.email.is_some(),
        email: row.email.or(row.pending_email).unwrap_or_default(),
        locked: row.locked,
        site_administrator: row.site_administrator,
        oneself: a.account() == Some(AccountKey(row.id)),
        name: row.name,
    }
}

async fn find_package<C: ConnectionTrait>(connection: &C, wanted: &str) -> Result<Option<SitePackage>, Error> {
    let mut words = wanted.split_whitespace();
    let Some(id) = words.next() else { return Ok(None) };
    let Some(package) = store::packages::find(connection, &id.to_lowercase()).await? else {
        return Ok(None);
    };
    // A version that is none fits no row, like one that is not there.
    let version = words
        .next()
        .map(|text| PackageVersion::parse(text).map_or_else(|_| String::new(), |version| version.key()));
    let mut versions = store::versions::of_site(connection, package.id, version, VERSIONS as u64 + 1).await?;
    let more_versions = versions.len() > VERSIONS;
    versions.truncate(VERSIONS);
    let owners = store::owners::of_package(connection, package.id).await?;
    Ok(Some(SitePackage {
        id: package.name,
        locked: package.locked,
        owners: owners.into_iter().map(|owner| owner.name).collect(),
        versions: versions
            .into_iter()
            .map(|row| SiteVersion {
                version: row.version,
                listed: row.listed,
                published: Timestamp::from_micros(row.published_at),
            })
            .collect(),
        more_versions,
    }))
}
