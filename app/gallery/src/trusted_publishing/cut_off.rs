//! Cuts a member's policy off from the organization that it publishes for.

use super::{event, workload_of};
use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::authorization::ManageAccountKeys;
use crate::error::Error;
use crate::store::publishing_policies as policies;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;
use domain::trusted_publishing::PolicyProblem;

/// A policy that was cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutOffPolicy {
    /// What it is called.
    pub policy: String,
    /// Whose it is.
    pub member: String,
}

/// Cuts a person's policy off from an organization, for good; the person is told, and its keys end. Doing it twice is
/// doing it once.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Denied`] for everybody but administrators; a conflict when there is no such policy (any
/// more).
pub async fn cut_off(g: &Gallery, a: &Actor, organization: &str, key: i64) -> Result<CutOffPolicy, Error> {
    let name = name_in_address(a, organization)?;
    let tx = g.begin().await?;
    let owner = tx.authorize::<ManageAccountKeys>(a, &name).await?.of_organization()?;
    let gone = || Error::conflict(PolicyProblem::Gone);
    let row = policies::find(tx.connection(), key)
        .await?
        .filter(|row| row.owner_id == owner.account().0 && row.account_id != row.owner_id)
        .ok_or_else(gone)?;
    let member = AccountKey(row.account_id);
    let mut names = store::accounts::names(tx.connection(), [member.0]).await?;
    let done = CutOffPolicy {
        policy: row.name.clone(),
        member: names.remove(&member.0).ok_or_else(gone)?,
    };
    if !policies::cut_off(&tx, &owner, key).await? {
        return Ok(done);
    }
    let text = format!(
        "Your publishing policy {} was cut off from {}.",
        row.name,
        owner.row().name
    );
    let event = event(
        a,
        AuditAction::TrustedPublishingEdited,
        &row.name,
        member,
        owner.account(),
    )
    .before(workload_of(g, &row))
    .after("cut off")
    .telling(member, text, links::trusted_publishing());
    tx.commit(event).await?;
    Ok(done)
}
