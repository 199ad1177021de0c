//! Releases a prefix: everybody may publish under it again.

use super::owners::{event, in_words, names, reach_of, recompute_under};
use crate::actor::Actor;
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::prefix::{PrefixProblem, shown};

/// Releases a prefix; returns it as people write it. Packages that carry the mark for it alone lose it.
///
/// # Errors
/// [`Error::NotFound`] for everybody but site administrators; a conflict when it was released already.
pub async fn release(g: &Gallery, a: &Actor, key: i64) -> Result<String, Error> {
    let tx = g.begin().await?;
    let right = SiteRight::of(tx.connection(), a).await?;
    store::prefixes::lock_all(&tx, right).await?;
    let prefix = store::prefixes::find(&tx, right, key)
        .await?
        .ok_or_else(|| Error::conflict(PrefixProblem::Gone))?;
    let mut owners = store::prefixes::owners(tx.connection(), [key]).await?;
    let owners = owners.remove(&key).unwrap_or_default();
    let said = in_words(prefix.shared, &names(&tx, &owners).await?);
    store::prefixes::delete(&tx, right, key).await?;
    let changed = recompute_under(&tx, &prefix.value_key).await?;
    let text = shown(&prefix.value, reach_of(prefix.is_prefix));
    tx.commit(event(a, AuditAction::PrefixReleased, text.clone(), &owners).before(said))
        .await?;
    for id_key in changed {
        g.feed().changed(&id_key);
    }
    Ok(text)
}
