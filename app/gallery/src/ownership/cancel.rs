//! Withdraws a request to own a package.

use super::right::manage_held;
use super::tell;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Hold, account_by_key};
use crate::error::Error;
use crate::mail::ownership::cancelled;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;
use domain::ownership::OwnershipProblem;

/// Withdraws a request; whoever may manage the owners of the package may. Returns the package's id and who was asked.
///
/// # Errors
/// A conflict when the request is not there any more; [`Error::NotFound`] for strangers, [`Error::Denied`] for
/// collaborators.
pub async fn cancel(g: &Gallery, a: &Actor, key: i64) -> Result<(String, String), Error> {
    acting_person(a)?;
    let gone = || Error::conflict(OwnershipProblem::NoRequest);
    let mut tx = g.begin().await?;
    let request = store::ownership_requests::find(&tx, key).await?.ok_or_else(gone)?;
    let package = store::packages::lock_number(&tx, request.package_id)
        .await?
        .ok_or_else(gone)?;
    // Whoever held the package before may have answered or withdrawn it.
    let request = store::ownership_requests::find(&tx, key).await?.ok_or_else(gone)?;
    let managed = manage_held(&tx, a, package).await?;
    store::ownership_requests::cancel(&tx, &managed.right, request.id).await?;
    let id = managed.right.package().name.clone();
    let asked = AccountKey(request.new_owner_id);
    let event = AuditEvent::new(a, AuditAction::OwnershipCancelled, Subject::owner(asked, id.as_str()))
        .on_behalf_of(managed.right.on_behalf.account())
        .in_trail_of(asked);
    let mut event = tell::in_trails(event, &managed.owners);
    let mut called = String::new();
    if let Some(target) = account_by_key(tx.connection(), asked, Hold::No).await? {
        let people = tell::people_of(&tx, &target).await?;
        tell::each(&mut tx, &people, |to, _| cancelled(to, &target.name, &id)).await?;
        let text = format!("{} is not asked to own {id} any more.", target.name);
        event = tell::in_application(event, &people, &text, &links::package(&id));
        called = target.name;
    }
    tx.commit(event).await?;
    Ok((id, called))
}
