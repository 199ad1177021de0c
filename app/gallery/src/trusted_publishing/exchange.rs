//! A workload shows its provider's token and gets a key.

use super::named::named;
use super::refusal::TokenRefused;
use super::state::{holder, least_of};
use super::{event, kind_of, label_of};
use crate::actor::{Actor, Origin, Who};
use crate::api_keys::KeyValue;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{ChangeListing, PublishVersion};
use crate::error::Error;
use crate::store::publishing_policies as policies;
use crate::store::short_lived_keys::{self, MayPublish};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::permission::Action;
use domain::time::Timestamp;
use domain::trusted_publishing::{Binding, Candidate, Fit, KEY_SECONDS, Workload, choose, workload_text};
use schema::entity::publishing_policy;

/// Policies that are looked at for a token.
const LOOKED_AT: u64 = 1_000;

/// How often the policies are read again when the one that fits was changed at the same moment.
const TRIES: u32 = 5;

/// A token whose signature, issuer, audience and time are as they must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedToken {
    /// What it says.
    pub workload: Workload,
    /// SHA-256 of what makes it unique among all tokens of its issuer.
    pub fingerprint: Vec<u8>,
    /// From when on it is worth nothing anyway.
    pub worthless: Timestamp,
}

/// A key that a workload gets.
#[derive(Debug)]
pub struct NewShortLivedKey {
    /// Its value.
    pub value: KeyValue,
    /// When it ends.
    pub expires: Timestamp,
}

/// Exchanges a token for a key, by the oldest policy that fits, of the account that the workload names or for it. The token
/// is used up with that; of the same token at several places at once, one gets a key.
///
/// # Errors
/// The first reason against it. What concerns an account stands in its trail.
pub async fn exchange(
    g: &Gallery,
    origin: Origin,
    name: &str,
    token: VerifiedToken,
) -> Result<NewShortLivedKey, TokenRefused> {
    let called = called(g, &token.workload);
    for _ in 0..TRIES {
        match attempt(g, &origin, name, &token).await {
            Ok(Some(key)) => return Ok(key),
            Ok(None) => {}
            Err(refused) => return Err(noted(g, origin, name, &called, refused).await),
        }
    }
    Err(TokenRefused::Unavailable(
        "the policy changes at this moment".to_owned(),
    ))
}

/// Notes the refusal of a token that proves nothing in the trail of the account that was named, if there is one; gives the
/// refusal back.
pub async fn refuse(g: &Gallery, origin: Origin, name: &str, refused: TokenRefused) -> TokenRefused {
    noted(g, origin, name, "", refused).await
}

fn called(g: &Gallery, workload: &Workload) -> String {
    let label = super::provider(g, &workload.provider).map_or(workload.provider.as_str(), |provider| &provider.label);
    workload_text(label, &workload.owner, &workload.repository)
}

/// Tries once. Nothing: the policy was changed between reading and using it.
async fn attempt(
    g: &Gallery,
    origin: &Origin,
    name: &str,
    token: &VerifiedToken,
) -> Result<Option<NewShortLivedKey>, TokenRefused> {
    let value = KeyValue::random(g.ids()).map_err(Error::from)?;
    let tx = g.begin().await?;
    let account = named(tx.connection(), name).await?;
    let rows = policies::naming(tx.connection(), AccountKey(account.id), LOOKED_AT).await?;
    let (row, fit) = chosen(g, &tx, &account.name, &rows, &token.workload)?;
    let expires = tx.now().plus_seconds(KEY_SECONDS);
    let called = workload_text(label_of(g, row), &row.repository_owner, &row.repository);
    let actor = Actor {
        who: Who::Key(holder(row, 0, called.clone(), tx.now(), expires)),
        origin: origin.clone(),
    };
    let right = right_to_publish(&tx, &actor, row).await?;
    let binding = Binding {
        owner_id: token.workload.owner_id.clone(),
        repository_id: token.workload.repository_id.clone(),
    };
    let first = (fit == Fit::First).then_some(&binding);
    if !policies::claim(&tx, row, first).await? {
        return Ok(None);
    }
    if !store::used_tokens::use_up(&tx, token.fingerprint.clone(), token.worthless).await? {
        return Err(TokenRefused::Replayed);
    }
    short_lived_keys::insert(&tx, right.as_ref(), row, &called, value.hash(), expires).await?;
    let used = event(
        &actor,
        AuditAction::TrustedPublishingUsed,
        &row.name,
        AccountKey(row.account_id),
        AccountKey(row.owner_id),
    );
    tx.commit(used.after(what_ran(&token.workload, fit))).await?;
    Ok(Some(NewShortLivedKey { value, expires }))
}

/// The oldest policy that fits.
fn chosen<'r>(
    g: &Gallery,
    tx: &Tx,
    name: &str,
    rows: &'r [publishing_policy::Model],
    workload: &Workload,
) -> Result<(&'r publishing_policy::Model, Fit), TokenRefused> {
    let candidates: Vec<Candidate> = rows.iter().map(|row| candidate(g, row)).collect();
    let none = |told| TokenRefused::NoPolicy {
        name: name.to_owned(),
        workload: called(g, workload),
        told,
    };
    let (place, fit) = choose(&candidates, workload, tx.now()).map_err(none)?;
    let row = rows.get(place).ok_or_else(|| none(Vec::new()))?;
    Ok((row, fit))
}

fn candidate(g: &Gallery, row: &publishing_policy::Model) -> Candidate {
    Candidate {
        name: row.name.clone(),
        provider: row.provider.clone(),
        kind: kind_of(g, row),
        source: policies::source(row),
        binding: policies::binding(row),
        active_until: row.active_until.map(Timestamp::from_micros),
        suspended: row.suspended,
        cut_off: row.cut_off,
    }
}

/// The right to the least that the policy is for, with the owner held: whoever locks it finds the key afterwards.
async fn right_to_publish(
    tx: &Tx,
    actor: &Actor,
    row: &publishing_policy::Model,
) -> Result<Box<dyn MayPublish + Send + Sync>, TokenRefused> {
    let owner = AccountKey(row.owner_id);
    let asked: Result<Box<dyn MayPublish + Send + Sync>, Error> = match least_of(row) {
        Action::ChangeListing => match tx.authorize_key::<ChangeListing>(actor, owner).await {
            Ok(right) => Ok(Box::new(right)),
            Err(error) => Err(error),
        },
        _ => match tx.authorize_key::<PublishVersion>(actor, owner).await {
            Ok(right) => Ok(Box::new(right)),
            Err(error) => Err(error),
        },
    };
    let denied = match asked {
        Ok(right) => return Ok(right),
        Err(Error::Denied(denied)) => denied,
        Err(Error::Policy { policy, .. }) => domain::permission::Denied::Policy(policy),
        Err(Error::NotFound) => domain::permission::Denied::NotFound,
        Err(other) => return Err(other.into()),
    };
    let mut names = store::accounts::names(tx.connection(), [owner.0]).await?;
    Err(TokenRefused::Denied {
        owner: names.remove(&owner.0).unwrap_or_default(),
        denied,
    })
}

/// What the trail keeps of a workload that got a key.
fn what_ran(workload: &Workload, fit: Fit) -> String {
    let first = (fit == Fit::First).then(|| {
        format!(
            "bound to owner {} and repository {}",
            workload.owner_id, workload.repository_id
        )
    });
    let parts = [workload.workflow.clone(), workload.environment.clone(), first];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Writes a refusal into the trail of the account that was named. A trail that cannot be written does not hide the reason.
async fn noted(g: &Gallery, origin: Origin, name: &str, called: &str, refused: TokenRefused) -> TokenRefused {
    if !refused.is_for_the_trail() {
        return refused;
    }
    let written = async {
        let Ok(account) = named(g.reader(), name).await else {
            return Ok(());
        };
        let anonymous = Actor::anonymous(origin);
        let event = AuditEvent::new(&anonymous, AuditAction::TrustedPublishingRefused, Subject::default())
            .by_workload(called)
            .on_behalf_of(AccountKey(account.id))
            .after(refused.to_string());
        g.begin().await?.commit(event).await
    };
    if let Err(error) = written.await {
        let error: Error = error;
        tracing::warn!(%error, "a refused token is missing in the audit trail");
    }
    refused
}
