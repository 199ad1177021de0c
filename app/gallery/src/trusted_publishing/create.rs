//! Makes a policy: a person's, or an organization's own.

use super::event;
use crate::Gallery;
use crate::accounts::{acting_person, name_in_address};
use crate::actor::Actor;
use crate::api_keys::{globs_text, owner_of, scopes_text};
use crate::authorization::{Authorized, ManageAccountKeys};
use crate::error::Error;
use crate::store::publishing_policies as policies;
use crate::tx::Tx;
use domain::api_key::same_key_name;
use domain::audit::AuditAction;
use domain::form::FieldErrors;
use domain::time::Timestamp;
use domain::trusted_publishing::{
    ACTIVATION_DAYS, MOST_POLICIES, NewPolicy, PolicyField, PolicyForm, PolicyProblem, workload_text,
};

/// Makes a policy of a person, which publishes for the chosen owner with that person's rights; returns its name. It waits
/// seven days for its first use.
///
/// # Errors
/// Refusals at the fields of the form; [`Error::Denied`] when the person is unconfirmed or locked.
pub async fn create(g: &Gallery, a: &Actor, form: PolicyForm) -> Result<String, Error> {
    let person = acting_person(a)?;
    let tx = g.begin().await?;
    let holder = tx.authorize_key::<ManageAccountKeys>(a, person).await?;
    let owner = match form.owner() {
        Ok(owner) => owner_of(&tx, a, &holder, &owner).await?,
        Err(problem) => Err(problem.to_string()),
    };
    let wanted = form.parse(&g.settings().workload_providers);
    let (wanted, owner) = match (wanted, owner) {
        (Ok(wanted), Ok(owner)) => (wanted, owner),
        (Err(errors), Ok(_)) => return Err(errors.into()),
        (wanted, Err(problem)) => {
            let mut errors = wanted.err().unwrap_or_default();
            errors.add(PolicyField::Owner, problem);
            return Err(errors.into());
        }
    };
    check_room(&tx, &holder).await?;
    check_name(&tx, &holder, &wanted, None).await?;
    policies::insert(&tx, &owner, person, person, &wanted, first_use_by(&tx)).await?;
    let event = event(
        a,
        AuditAction::TrustedPublishingCreated,
        &wanted.name,
        person,
        owner.account(),
    );
    tx.commit(event.after(text_of(g, &wanted))).await?;
    Ok(wanted.name)
}

/// Makes a policy of an organization, which outlives every membership; the form's owner is the organization's name.
/// Returns the policy's name.
///
/// # Errors
/// Refusals at the fields of the form; [`Error::NotFound`] for everybody but members, [`Error::Denied`] for
/// collaborators, and when the organization is unconfirmed or locked.
pub async fn create_for_organization(g: &Gallery, a: &Actor, form: PolicyForm) -> Result<String, Error> {
    let person = acting_person(a)?;
    let name = name_in_address(a, &form.owner)?;
    let tx = g.begin().await?;
    let holder = tx.authorize::<ManageAccountKeys>(a, &name).await?.of_organization()?;
    let wanted = form.parse(&g.settings().workload_providers)?;
    check_room(&tx, &holder).await?;
    check_name(&tx, &holder, &wanted, None).await?;
    let key = holder.account();
    policies::insert(&tx, &holder, key, person, &wanted, first_use_by(&tx)).await?;
    let event = event(a, AuditAction::TrustedPublishingCreated, &wanted.name, key, key);
    tx.commit(event.after(text_of(g, &wanted))).await?;
    Ok(wanted.name)
}

/// Until when a policy waits for its first use that begins to wait now.
pub(super) fn first_use_by(tx: &Tx) -> Timestamp {
    tx.now().plus_days(ACTIVATION_DAYS)
}

async fn check_room(tx: &Tx, holder: &Authorized<ManageAccountKeys>) -> Result<(), Error> {
    if policies::count(tx.connection(), holder.account()).await? >= MOST_POLICIES {
        return Err(Error::refuse(PolicyProblem::TooMany));
    }
    Ok(())
}

/// Two policies of an account have different names, so that the trail tells them apart. The asker holds the account.
pub(super) async fn check_name(
    tx: &Tx,
    holder: &Authorized<ManageAccountKeys>,
    wanted: &NewPolicy,
    itself: Option<i64>,
) -> Result<(), Error> {
    let names = policies::names(tx.connection(), holder.account()).await?;
    let taken = names
        .iter()
        .any(|(key, name)| Some(*key) != itself && same_key_name(name, &wanted.name));
    if taken {
        return Err(FieldErrors::one(PolicyField::Name, PolicyProblem::NameTaken).into());
    }
    Ok(())
}

/// What a policy says, as the trail has it.
pub(super) fn text_of(g: &Gallery, policy: &NewPolicy) -> String {
    let label = super::provider(g, &policy.provider).map_or(policy.provider.as_str(), |provider| &provider.label);
    let source = &policy.source;
    let parts = [
        workload_text(label, &source.owner, &source.repository),
        source.workflow.clone(),
        source.environment.clone(),
        scopes_text(policy.scopes),
        globs_text(&policy.globs),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}
