//! Reserves a prefix.

use super::owners::{accounts, event, in_words, names, reach_of, recompute_under};
use crate::actor::Actor;
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::prefix::{NewPrefix, PrefixAccess, PrefixField, PrefixForm, PrefixProblem, PrefixReach, shown};

/// Reserves a prefix; returns it as people write it. Packages that are there stay with their owners, and those of the
/// prefix's owners get the mark. Under a prefix that everybody may use, this one is for everybody too.
///
/// # Errors
/// [`Error::NotFound`] for everybody but site administrators; refusals at the fields: one that reaches as far or further
/// than one that is there is refused.
pub async fn reserve(g: &Gallery, a: &Actor, form: PrefixForm) -> Result<String, Error> {
    let tx = g.begin().await?;
    let right = SiteRight::of(tx.connection(), a).await?;
    let new = form.parse()?;
    store::prefixes::lock_all(&tx, right).await?;
    refuse_taken(&tx, &new).await?;
    let owners = accounts(&tx, &new.owners).await?;
    let access = access_under_others(&tx, &new).await?;
    let key = store::prefixes::insert(&tx, right, &new, access).await?;
    store::prefixes::set_owners(&tx, right, key, &owners).await?;
    let prefix = shown(new.value.as_str(), new.reach);
    let said = in_words(access.is_shared(), &names(&tx, &owners).await?);
    let changed = recompute_under(&tx, &new.value.key()).await?;
    tx.commit(event(a, AuditAction::PrefixReserved, prefix.clone(), &owners).after(said))
        .await?;
    for id_key in changed {
        g.feed().changed(&id_key);
    }
    Ok(prefix)
}

/// A prefix takes in whatever begins with it; one id, only itself.
async fn refuse_taken(tx: &Tx, new: &NewPrefix) -> Result<(), Error> {
    let key = new.value.key();
    let taken = match new.reach {
        PrefixReach::Beginning => store::prefixes::beginning_with(tx, &key).await?,
        PrefixReach::Exact => store::prefixes::over(tx.connection(), &key)
            .await?
            .into_iter()
            .find(|prefix| prefix.value_key == key),
    };
    match taken {
        Some(taken) => {
            let taken = shown(&taken.value, reach_of(taken.is_prefix));
            Err(Error::field(PrefixField::Value, PrefixProblem::Taken(taken)))
        }
        None => Ok(()),
    }
}

async fn access_under_others(tx: &Tx, new: &NewPrefix) -> Result<PrefixAccess, Error> {
    let over = store::prefixes::over(tx.connection(), &new.value.key()).await?;
    Ok(PrefixAccess::of_checkbox(
        new.access.is_shared() || over.iter().any(|prefix| prefix.shared),
    ))
}
