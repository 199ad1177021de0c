//! Publishes a draft.

use super::kept::Kept;
use super::review::{allowed_owners, possible_owners};
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::blobs::BlobRef;
use crate::error::Error;
use crate::packages::{self, Bytes, Listing, Publish, Published, Tell};
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::upload::{NO_OWNER, PublishField, PublishForm};

/// Publishes a draft for the chosen owner; the draft ends with it. An id that exists stays with its owners, and a new one
/// needs a choice only if there is one.
///
/// # Errors
/// [`Error::NotFound`] when the draft is another person's; refusals in a sentence, also when the draft has gone or what
/// it was reviewed against has changed.
pub async fn publish(g: &Gallery, a: &Actor, form: PublishForm) -> Result<Published, Error> {
    let person = acting_person(a)?;
    let gone =
        || Error::conflict("This draft was published or discarded already, or has ended. Upload the file again.");
    let row = store::drafts::find(g.reader(), person, form.draft, g.now())
        .await?
        .ok_or_else(gone)?;
    if let Some(refused) = row.refused {
        return Err(Error::refuse(refused));
    }
    let kept = Kept::parse(row.inspected.as_deref().ok_or_else(gone)?)?;
    let owner = chosen_owner(g, person, &kept, &form.owner).await?;
    let icon = match kept.icon {
        Some(_) => store::drafts::icon(g.reader(), person, row.id).await?,
        None => None,
    };
    let publish = Publish {
        owner: Some(owner),
        bytes: Bytes::Kept(BlobRef {
            key: row.blob_key,
            hash: row.blob_hash,
            size: u64::try_from(row.size).unwrap_or_default(),
        }),
        inspected: kept.into_inspected(icon)?,
        listing: if form.listed.is_empty() {
            Listing::Unlisted
        } else {
            Listing::Listed
        },
        tell: Tell::Owners,
        draft: Some(row.id),
    };
    Ok(packages::publish(g, a, publish).await?)
}

/// The account for a new id. For one that exists it only tells which of the owners to act for, if there are several.
async fn chosen_owner(g: &Gallery, person: AccountKey, kept: &Kept, typed: &str) -> Result<AccountKey, Error> {
    let owners = possible_owners(g, person).await?;
    let typed = typed.trim();
    if typed.is_empty() {
        let exists = store::packages::find(g.reader(), &kept.metadata.id.key())
            .await?
            .is_some();
        if let (true, Some((person, _))) = (exists, owners.first()) {
            return Ok(*person);
        }
        // Where a prefix leaves one of several, the page says whose it is and asks nothing.
        let allowed = allowed_owners(g, &owners, kept.metadata.id.as_str()).await?;
        return match allowed.owners.as_slice() {
            [(only, _)] => Ok(*only),
            _ => Err(Error::field(PublishField::Owner, NO_OWNER)),
        };
    }
    let foreign = || {
        Error::field(
            PublishField::Owner,
            "You may not publish for this owner. Select another one.",
        )
    };
    let name = AccountName::parse(typed).map_err(|_| foreign())?;
    owners
        .iter()
        .find(|(_, owner)| owner.eq_ignore_ascii_case(name.as_str()))
        .map(|(key, _)| *key)
        .ok_or_else(foreign)
}
