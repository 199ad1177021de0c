//! Puts a logo in place, and removes it.

use super::encode::encode_anew;
use crate::account_settings::managed;
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, ManageAccount, SeeSettings, may_read};
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::settings::{LOGO_BYTES, LogoField, LogoProblem};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// Pictures are decoded two at a time: each may need 64 MiB while it is.
static DECODING: Semaphore = Semaphore::const_new(2);

/// Makes an uploaded picture the logo of an account. What is kept is never what was uploaded, but a PNG of our own.
///
/// # Errors
/// Refusals at the field `logo`, a [`LogoProblem`] each; [`Error::Denied`] when the account is locked.
pub async fn put(g: &Gallery, a: &Actor, account: &str, picture: Vec<u8>) -> Result<(), Error> {
    // Whoever has no right to it does not make us decode anything. The right is asked for again where it counts.
    let name = name_in_address(a, account)?;
    may_read::<SeeSettings, _>(g.reader(), a, &name).await?;
    let png = encoded(picture)
        .await?
        .map_err(|problem| Error::field(LogoField::Logo, problem))?;
    let hash = hex::encode(Sha256::digest(&png));
    let tx = g.begin().await?;
    let authorized = managed(&tx, a, account).await?;
    if authorized.row().logo == hash {
        return Ok(());
    }
    store::logos::put(&tx, &authorized, png, &hash).await?;
    let event = changed(a, &authorized).after(short(&hash));
    tx.commit(event).await
}

/// Removes the logo of an account; without one, nothing is changed.
///
/// # Errors
/// [`Error::Denied`] when the account is locked.
pub async fn remove(g: &Gallery, a: &Actor, account: &str) -> Result<(), Error> {
    let tx = g.begin().await?;
    let authorized = managed(&tx, a, account).await?;
    if authorized.row().logo.is_empty() {
        return Ok(());
    }
    store::logos::remove(&tx, &authorized).await?;
    let event = changed(a, &authorized);
    tx.commit(event).await
}

async fn encoded(picture: Vec<u8>) -> Result<Result<Vec<u8>, LogoProblem>, Error> {
    if picture.is_empty() {
        return Ok(Err(LogoProblem::Missing));
    }
    if picture.len() > LOGO_BYTES {
        return Ok(Err(LogoProblem::TooLarge));
    }
    let _turn = DECODING
        .acquire()
        .await
        .map_err(|_| Error::internal("pictures are not decoded any more"))?;
    // A decoder that gives up on hostile bytes takes nothing along but its own thread.
    Ok(tokio::task::spawn_blocking(move || encode_anew(&picture))
        .await
        .unwrap_or(Err(LogoProblem::Broken)))
}

fn changed(a: &Actor, authorized: &Authorized<ManageAccount>) -> AuditEvent {
    AuditEvent::new(a, AuditAction::LogoChanged, Subject::account(authorized.account()))
        .on_behalf_of(authorized.account())
        .before(short(&authorized.row().logo))
}

/// The beginning of a hash: enough to tell two logos apart in the trail.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
