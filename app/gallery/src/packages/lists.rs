//! Lists of packages: of an account, of a person with all their organizations, on a profile.

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::authorization::organizations_open_to;
use crate::error::Error;
use crate::store::packages::Head;
use crate::store::versions::Card;
use crate::{Gallery, ownership, prefixes, store};
use domain::account::AccountKey;
use domain::page::{Page, Place};
use domain::permission::Action;
use domain::profile::{ManagePackagesPage, OwnedPackage, PackageCard};
use domain::time::Timestamp;
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

/// Packages on a page of a list.
pub(crate) const PACKAGES_OF_A_PAGE: usize = 50;

/// The characters of a description that a list shows.
const DESCRIPTION: usize = 300;

/// The page "Manage packages": what the person and their organizations own, or one of these accounts alone.
///
/// # Errors
/// A request to sign in; [`Error::NotFound`] for a filter that names another account.
pub async fn owned(g: &Gallery, a: &Actor, owner_filter: &str, place: &Place) -> Result<ManagePackagesPage, Error> {
    let person = acting_person(a)?;
    let mut own = store::accounts::names(g.reader(), [person.0]).await?;
    let own_name = own.remove(&person.0).ok_or(Error::NotFound)?;
    let organizations = organizations_open_to(g.reader(), a, person, Action::SeeOrganization).await?;
    let requests = ownership::requests(g.reader(), person, &organizations).await?;
    let owners: Vec<(AccountKey, String)> = std::iter::once((person, own_name))
        .chain(
            organizations
                .into_iter()
                .map(|organization| (AccountKey(organization.key), organization.name)),
        )
        .collect();
    let chosen: Vec<AccountKey> = owners
        .iter()
        .filter(|(_, name)| owner_filter.is_empty() || name.eq_ignore_ascii_case(owner_filter))
        .map(|(key, _)| *key)
        .collect();
    if chosen.is_empty() {
        return Err(Error::NotFound);
    }
    let named: Vec<(i64, String)> = owners.iter().map(|(key, name)| (key.0, name.clone())).collect();
    Ok(ManagePackagesPage {
        prefixes: prefixes::of_accounts(g.reader(), &named).await?,
        received: requests.received,
        sent: requests.sent,
        owners: owners.into_iter().map(|(_, name)| name).collect(),
        packages: owned_by(g.reader(), &chosen, place).await?,
    })
}

/// The packages of which one of the accounts is an owner, by id, listed or not.
pub(crate) async fn owned_by<C: ConnectionTrait>(
    connection: &C,
    accounts: &[AccountKey],
    place: &Place,
) -> Result<Page<OwnedPackage>, Error> {
    let page = store::packages_owned::owned_by(connection, accounts, place, PACKAGES_OF_A_PAGE).await?;
    let mut owners = store::owners::names(connection, page.items.iter().map(|head| head.id)).await?;
    // Where nothing is listed, the newest version of all stands for the package.
    let unlisted = page
        .items
        .iter()
        .filter(|head| head.latest_id.is_none())
        .map(|head| head.id);
    let mut shown = store::versions::newest_of(connection, unlisted).await?;
    shown.extend(page.items.iter().filter_map(|head| Some((head.id, head.latest_id?))));
    let cards = cards_by_number(connection, shown.values().copied()).await?;
    Ok(page.map(|head| {
        let card = shown.get(&head.id).and_then(|version| cards.get(version));
        OwnedPackage {
            version: card.map(|card| card.version.clone()).unwrap_or_default(),
            listed: head.latest_id.is_some(),
            owners: owners.remove(&head.id).unwrap_or_default(),
            versions: u32::try_from(head.version_count).unwrap_or_default(),
            downloads: u64::try_from(head.downloads).unwrap_or_default(),
            published: card.map(|card| Timestamp::from_micros(card.published_at)),
            id: head.name,
        }
    }))
}

/// The packages of an account that have a listed version, most downloaded first, for its profile.
pub(crate) async fn cards_of<C: ConnectionTrait>(
    connection: &C,
    account: AccountKey,
    place: &Place,
) -> Result<Page<PackageCard>, Error> {
    let page = store::packages_owned::listed_of(connection, account, place, PACKAGES_OF_A_PAGE).await?;
    let (previous, next) = (page.previous, page.next);
    Ok(Page {
        items: cards(connection, page.items).await?,
        previous,
        next,
    })
}

/// Packages as cards, each with the version that lists show, in the order given.
pub(super) async fn cards<C: ConnectionTrait>(connection: &C, heads: Vec<Head>) -> Result<Vec<PackageCard>, Error> {
    let mut owners = store::owners::names(connection, heads.iter().map(|head| head.id)).await?;
    let shown = cards_by_number(connection, heads.iter().filter_map(Head::shown)).await?;
    Ok(heads
        .into_iter()
        .filter_map(|head| {
            let card = shown.get(&head.shown()?)?;
            let owners = owners.remove(&head.id).unwrap_or_default();
            Some(card_view(head.name, head.downloads, owners, head.verified, card))
        })
        .collect())
}

/// One package in a list.
pub(crate) fn card_view(id: String, downloads: i64, owners: Vec<String>, verified: bool, card: &Card) -> PackageCard {
    PackageCard {
        id,
        version: card.version.clone(),
        description: beginning(&card.metadata.description),
        owners,
        tags: card.metadata.tags.clone(),
        downloads: u64::try_from(downloads).unwrap_or_default(),
        published: Timestamp::from_micros(card.published_at),
        icon: card.icon,
        verified,
    }
}

pub(crate) async fn cards_by_number<C: ConnectionTrait>(
    connection: &C,
    versions: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Card>, Error> {
    let cards = store::versions::cards(connection, versions).await?;
    Ok(cards.into_iter().map(|card| (card.id, card)).collect())
}

/// The beginning of a text, up to a word's end.
fn beginning(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION) else {
        return text.to_owned();
    };
    let start = text.get(..end).unwrap_or(text);
    let whole_words = start.rsplit_once(char::is_whitespace).map_or(start, |(words, _)| words);
    format!("{whole_words}…")
}
