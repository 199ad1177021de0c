//! Drafts as their uploader sees them; nobody else does.

use super::kept::Kept;
use super::review::{view_all, view_one};
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::error::Error;
use crate::{Gallery, store};
use domain::upload::{DraftView, UploadPage};
use nupkg::IconFile;

/// Drafts on the page. More than the limit are there only where the limit is off.
const DRAFTS_OF_A_PAGE: u64 = 200;

/// The page "Upload packages" with the drafts that wait, oldest first.
///
/// # Errors
/// A request to sign in, or when the database fails.
pub async fn page(g: &Gallery, a: &Actor) -> Result<UploadPage, Error> {
    let person = acting_person(a)?;
    let rows = store::drafts::of_account(g.reader(), person, g.now(), DRAFTS_OF_A_PAGE).await?;
    Ok(UploadPage {
        drafts: view_all(g, a, person, rows).await?,
        limit: g.settings().limits.package_bytes,
    })
}

/// One draft.
///
/// # Errors
/// [`Error::NotFound`] when it is gone, or another person's.
pub async fn draft(g: &Gallery, a: &Actor, key: i64) -> Result<DraftView, Error> {
    let person = acting_person(a)?;
    view_one(g, a, person, key).await
}

/// The icon of a draft.
///
/// # Errors
/// [`Error::NotFound`] when the draft is gone, or another person's, or has no icon.
pub async fn icon(g: &Gallery, a: &Actor, key: i64) -> Result<IconFile, Error> {
    let person = acting_person(a)?;
    let row = store::drafts::find(g.reader(), person, key, g.now())
        .await?
        .ok_or(Error::NotFound)?;
    let kept = Kept::parse(row.inspected.as_deref().ok_or(Error::NotFound)?)?;
    let kind = kept.icon.ok_or(Error::NotFound)?.kind();
    let bytes = store::drafts::icon(g.reader(), person, key)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(IconFile { bytes, kind })
}
