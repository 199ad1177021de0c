//! The early look at a key, before a body is read.

use super::refusal::PushRefused;
use super::rights::{judge, name_of};
use crate::Gallery;
use crate::actor::{Actor, Origin, Who};
use crate::api_keys::{self, KeyRefusal};
use crate::audit::{AuditEvent, Subject};
use domain::audit::AuditAction;
use domain::permission::Action;

/// What a client wants to do with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Publish a package.
    Push,
    /// Unlist or relist a version.
    Listing,
}

impl Endpoint {
    /// The least that a key must cover to be listened to.
    const fn action(self) -> Action {
        match self {
            Self::Push => Action::PublishVersion,
            Self::Listing => Action::ChangeListing,
        }
    }
}

/// Finds who shows a key and judges everything about it that does not depend on a package. What is refused to somebody
/// who is known stands in the trail, if it was a push.
///
/// # Errors
/// The first reason against the key.
pub async fn admit(g: &Gallery, origin: Origin, value: Option<&str>, endpoint: Endpoint) -> Result<Actor, PushRefused> {
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
        return Err(PushRefused::NoKey);
    };
    let (actor, judged) = match api_keys::authenticate(g, origin, value).await {
        Ok(actor) => {
            count(g, &actor, endpoint)?;
            let judged = judge_key(g, &actor, endpoint).await;
            (actor, judged)
        }
        Err(refusal) => {
            let (holder, refused) = named(g.reader(), refusal).await;
            match holder {
                Some(holder) => {
                    count(g, &holder, endpoint)?;
                    (*holder, Err(refused))
                }
                None => return Err(refused),
            }
        }
    };
    match judged {
        Ok(()) => Ok(actor),
        Err(refused) if endpoint == Endpoint::Push => Err(noted(g, &actor, Subject::default(), refused).await),
        Err(refused) => Err(refused),
    }
}

/// Counts a push before anything is judged or written: a key that is refused again and again must not fill the trail.
fn count(g: &Gallery, a: &Actor, endpoint: Endpoint) -> Result<(), PushRefused> {
    match (&a.who, endpoint) {
        (Who::Key(holder), Endpoint::Push) if a.origin.limited => {
            let throttle = g.throttle();
            let counted = match holder.policy {
                Some(policy) => throttle.push_by_policy(g, policy),
                None => throttle.push_with_key(g, holder.key),
            };
            counted.map_err(|too_many| PushRefused::TooMany {
                retry_after: too_many.retry_after,
            })
        }
        _ => Ok(()),
    }
}

/// Judges what can be known of a key without a package: its scopes, its owner, its person. Rights are looked up anew.
///
/// # Errors
/// The first reason against it.
pub async fn judge_key(g: &Gallery, a: &Actor, endpoint: Endpoint) -> Result<(), PushRefused> {
    match &a.who {
        Who::Key(holder) => judge(g.reader(), g.now(), a, holder.owner, endpoint.action(), None).await,
        _ => Ok(()),
    }
}

/// Notes what is refused before there is a package to judge (too large, no package at all) in the trail of whoever is
/// refused; gives the refusal back.
pub async fn refuse(g: &Gallery, a: &Actor, refused: PushRefused) -> PushRefused {
    noted(g, a, Subject::default(), refused).await
}

/// A key's refusal in this use case's words, with its holder if that is known.
pub(super) async fn named<C: sea_orm::ConnectionTrait>(
    connection: &C,
    refusal: KeyRefusal,
) -> (Option<Box<Actor>>, PushRefused) {
    let (actor, refused) = match refusal {
        KeyRefusal::Unknown => return (None, PushRefused::UnknownKey),
        KeyRefusal::Failed(error) => return (None, error.into()),
        KeyRefusal::Expired(actor) => {
            let key = actor.credential();
            let refused = match &actor.who {
                Who::Key(holder) if holder.policy.is_some() => PushRefused::ExpiredWorkloadKey { key },
                _ => PushRefused::ExpiredKey { key },
            };
            (actor, refused)
        }
        KeyRefusal::Revoked(actor) => {
            let key = actor.credential();
            (actor, PushRefused::RevokedKey { key })
        }
        KeyRefusal::CutOff(actor) => {
            let (key, owner) = (actor.credential(), owner_of(connection, &actor).await);
            (actor, PushRefused::CutOffKey { key, owner })
        }
        KeyRefusal::Suspended(actor) => {
            let (key, owner) = (actor.credential(), owner_of(connection, &actor).await);
            (actor, PushRefused::SuspendedKey { key, owner })
        }
    };
    (Some(actor), refused)
}

/// The name of a key's owner.
async fn owner_of<C: sea_orm::ConnectionTrait>(connection: &C, actor: &Actor) -> String {
    match &actor.who {
        Who::Key(holder) => name_of(connection, holder.owner).await.unwrap_or_default(),
        _ => String::new(),
    }
}

/// Writes a refusal into the trail of whoever was refused and of the account they acted for. A trail that cannot be
/// written does not hide the reason.
pub(super) async fn noted(g: &Gallery, a: &Actor, subject: Subject, refused: PushRefused) -> PushRefused {
    if !refused.is_for_the_trail() {
        return refused;
    }
    let mut event = AuditEvent::new(a, AuditAction::PackagePushRefused, subject).after(refused.reason());
    if let Who::Key(holder) = &a.who {
        event = event.on_behalf_of(holder.owner);
    }
    let written = match g.begin().await {
        Ok(tx) => tx.commit(event).await,
        Err(error) => Err(error),
    };
    if let Err(error) = written {
        tracing::warn!(%error, "a refused push is missing in the audit trail");
    }
    refused
}
