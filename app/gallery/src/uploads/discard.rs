//! Discards drafts.

use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::error::Error;
use crate::tx::Bookkeeping;
use crate::{Gallery, store};

/// Discards a draft; its bytes are swept later.
///
/// # Errors
/// [`Error::NotFound`] when it is gone, or another person's.
pub async fn discard(g: &Gallery, a: &Actor, key: i64) -> Result<(), Error> {
    let person = acting_person(a)?;
    let tx = g.begin().await?;
    if !store::drafts::delete(&tx, person, key).await? {
        return Err(Error::NotFound);
    }
    tx.commit_bookkeeping(Bookkeeping::Draft).await
}
