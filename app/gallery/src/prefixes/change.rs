//! Changes who may publish under a prefix, and who holds it.

use super::owners::{accounts, event, in_words, names, reach_of, recompute_under};
use crate::actor::Actor;
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::prefix::{PrefixAccess, PrefixField, PrefixProblem, parse_owners, shown};

/// Replaces the owners of a prefix and says whether everybody may publish under it; returns it as people write it. What
/// is under a prefix for everybody is for everybody too.
///
/// # Errors
/// [`Error::NotFound`] for everybody but site administrators; a conflict when it was released; a refusal at the owners.
pub async fn change(g: &Gallery, a: &Actor, key: i64, shared: bool, owners: &str) -> Result<String, Error> {
    let tx = g.begin().await?;
    let right = SiteRight::of(tx.connection(), a).await?;
    store::prefixes::lock_all(&tx, right).await?;
    let prefix = store::prefixes::find(&tx, right, key)
        .await?
        .ok_or_else(|| Error::conflict(PrefixProblem::Gone))?;
    let typed = parse_owners(owners).map_err(|problem| Error::field(PrefixField::Owners, problem))?;
    let owners = accounts(&tx, &typed).await?;
    let mut before = store::prefixes::owners(tx.connection(), [key]).await?;
    let before = before.remove(&key).unwrap_or_default();
    let over = store::prefixes::over(tx.connection(), &prefix.value_key).await?;
    let forced = over.iter().any(|other| other.id != key && other.shared);
    let access = PrefixAccess::of_checkbox(shared || forced);
    let under = match access {
        PrefixAccess::Shared if prefix.is_prefix => {
            store::prefixes::keys_beginning_with(&tx, right, &prefix.value_key).await?
        }
        _ => vec![key],
    };
    store::prefixes::set_access(&tx, right, under, access).await?;
    store::prefixes::set_owners(&tx, right, key, &owners).await?;
    let changed = recompute_under(&tx, &prefix.value_key).await?;
    let concerned: Vec<_> = before.iter().chain(&owners).copied().collect();
    let text = shown(&prefix.value, reach_of(prefix.is_prefix));
    let event = event(a, AuditAction::PrefixChanged, text.clone(), &concerned)
        .before(in_words(prefix.shared, &names(&tx, &before).await?))
        .after(in_words(access.is_shared(), &names(&tx, &owners).await?));
    tx.commit(event).await?;
    for id_key in changed {
        g.feed().changed(&id_key);
    }
    Ok(text)
}
