//! An account becomes an organization: the named administrator accepts.

use super::held::{Asked, asked};
use super::obstacle::obstacle;
use crate::actor::Actor;
use crate::api_keys::KEYS_OF_AN_ACCOUNT;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::membership::Reader;
use crate::mail::transformation::accepted as accepted_mail;
use crate::store::transformations::Accepted;
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::permission::Role;
use domain::transformation::RequestProblem;
use schema::entity::account;

/// Accepts the request of an account, which is an organization since; returns its name as it is written.
///
/// What hangs on the account's key stays: name, address, packages, ownership requests, prefixes, and the policies of
/// trusted publishing, which are the organization's own from then on. Its keys move to the administrator and push for the organization. Its sign-ins go dormant and its sessions end.
///
/// # Errors
/// A conflict when the request is not there any more, has expired, or the account cannot be transformed any more.
pub async fn accept(g: &Gallery, a: &Actor, account: &str) -> Result<String, Error> {
    let Asked {
        mut tx,
        authorized,
        account,
        request,
    } = asked(g, a, account).await?;
    if request.expires_at <= tx.now().micros() {
        return Err(Error::conflict(RequestProblem::Expired));
    }
    if let Some(obstacle) = obstacle(tx.connection(), &account, tx.now()).await? {
        return Err(Error::conflict(obstacle));
    }
    refuse_too_many_keys(&tx, authorized.account(), AccountKey(account.id)).await?;
    let accepted = store::transformations::accept(&tx, &authorized, &request)
        .await?
        .ok_or_else(|| Error::conflict(RequestProblem::Gone))?;
    transform(&tx, &accepted, authorized.row()).await?;
    for (to, reader) in [
        (&account.email, Reader::Organization),
        (&authorized.row().email, Reader::Person),
    ] {
        if let Some(to) = to {
            let mail = accepted_mail(to, reader, &account.name, &authorized.row().name);
            tx.after_commit(&Job::Mail(mail)).await?;
        }
    }
    let (key, administrator) = (accepted.account(), accepted.administrator());
    let event = |action, subject| AuditEvent::new(a, action, Subject::account(subject)).on_behalf_of(key);
    tx.commit_all(vec![
        event(AuditAction::TransformationAccepted, key).in_trail_of(administrator),
        event(AuditAction::MemberAdded, administrator).after(Role::Administrator.value()),
    ])
    .await?;
    Ok(account.name)
}

/// A list of keys has an end, and a key that works must be seen.
async fn refuse_too_many_keys(tx: &Tx, administrator: AccountKey, account: AccountKey) -> Result<(), Error> {
    let moving = store::api_keys::count(tx.connection(), account).await?;
    let there = store::api_keys::count(tx.connection(), administrator).await?;
    if moving > 0 && moving.saturating_add(there) > KEYS_OF_AN_ACCOUNT {
        return Err(Error::conflict(RequestProblem::TooManyKeys));
    }
    Ok(())
}

async fn transform(tx: &Tx, accepted: &Accepted, administrator: &account::Model) -> Result<(), Error> {
    store::accounts::become_organization(tx, accepted).await?;
    store::memberships::take_over(tx, accepted, administrator).await?;
    let keys = store::api_keys::move_to_administrator(tx, accepted).await?;
    store::publishing_policies::remove_of_others(tx, accepted).await?;
    let identities = store::identities::fall_asleep(tx, accepted).await?;
    store::transformations::remember(tx, accepted, &keys, &identities).await?;
    // After the sign-ins: one that was under way has begun its session by then, or finds its sign-in dormant.
    store::sessions::end_all(tx, accepted).await?;
    store::drafts::discard_all(tx, accepted).await?;
    store::notifications::forget_all(tx, accepted).await
}
