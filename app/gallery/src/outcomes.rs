//! Outcomes of forms that were sent without script: kept for a few minutes, shown once, readable only with the cookie
//! of the browser that sent the form. An outcome may hold what was typed, or a key that is shown once.

use crate::error::Error;
use crate::ids::Token;
use crate::tx::Bookkeeping;
use crate::{Gallery, store};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use domain::form::Outcome;
use sha2::{Digest, Sha256};

/// How long an outcome is kept, in seconds.
const OUTCOME_SECONDS: i64 = 5 * 60;

/// Keeps an outcome for the browser of a cookie; returns the number to put into the address.
///
/// # Errors
/// When it cannot be written.
pub async fn keep(g: &Gallery, browser_key: &str, outcome: &Outcome) -> Result<String, Error> {
    let id = Token::random(g.ids())?;
    let plain = serde_json::to_vec(outcome)?;
    let sealed = cipher(browser_key, &id)
        .encrypt(&Nonce::default(), plain.as_slice())
        .map_err(|_| Error::internal("an outcome cannot be sealed"))?;
    let tx = g.begin().await?;
    let expires = tx.now().plus_seconds(OUTCOME_SECONDS);
    store::outcomes::insert(&tx, id.hash(), sealed, expires).await?;
    tx.commit_bookkeeping(Bookkeeping::Outcome).await?;
    Ok(id.expose().to_owned())
}

/// Takes an outcome out, once. Nothing: it is unknown, was taken before, has ended, or is another browser's.
///
/// # Errors
/// When the database fails.
pub async fn take(g: &Gallery, browser_key: &str, id: &str) -> Result<Option<Outcome>, Error> {
    let id = Token::received(id);
    // Addresses are passed on and reloaded; only the right browser's first look costs a write.
    let Some(sealed) = store::outcomes::find(g.reader(), &id.hash(), g.now()).await? else {
        return Ok(None);
    };
    let Ok(plain) = cipher(browser_key, &id).decrypt(&Nonce::default(), sealed.as_slice()) else {
        return Ok(None);
    };
    let outcome = serde_json::from_slice(&plain)?;
    let tx = g.begin().await?;
    let first = store::outcomes::delete(&tx, &id.hash()).await?;
    tx.commit_bookkeeping(Bookkeeping::Outcome).await?;
    Ok(first.then_some(outcome))
}

/// The cipher of one outcome. Its key is made from the browser's secret and the outcome's own random number, so it seals
/// one text only, and the nonce need not change. The database has neither half, only the number's hash.
fn cipher(browser_key: &str, id: &Token) -> ChaCha20Poly1305 {
    let mut hasher = Sha256::new();
    hasher.update(b"guildhall outcome 1");
    for part in [browser_key, id.expose()] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let key: [u8; 32] = hasher.finalize().into();
    ChaCha20Poly1305::new(&Key::from(key))
}
