//! Sets an organization's policies. They bind every door with the next request: `domain::permission` asks them.

use super::managed;
use crate::actor::{Actor, Who};
use crate::audit::{AuditEvent, Subject};
use crate::authorization::policies_of;
use crate::error::Error;
use crate::{Gallery, store};
use domain::audit::AuditAction;
use domain::form::FieldErrors;
use domain::settings::{Policies, PoliciesField, PoliciesForm, SettingsProblem};

/// Sets all policies; what holds already changes nothing. `providers` are the names of the ways to sign in to this site.
///
/// # Errors
/// Refusals at the fields, also for a policy that whoever sets it does not meet: they would lock themselves out.
pub async fn set_policies(
    g: &Gallery,
    a: &Actor,
    organization: &str,
    form: PoliciesForm,
    providers: &[String],
) -> Result<(), Error> {
    let tx = g.begin().await?;
    let authorized = managed(&tx, a, organization).await?.of_organization()?;
    let wanted = form.parse()?;
    let before = policies_of(authorized.row());
    judge(a, &before, &wanted, providers)?;
    let events: Vec<AuditEvent> = wanted
        .changes_from(&before)
        .into_iter()
        .map(|(policy, before, after)| {
            AuditEvent::new(a, AuditAction::PolicyChanged, Subject::text(policy.label()))
                .on_behalf_of(authorized.account())
                .before(before)
                .after(after)
        })
        .collect();
    if events.is_empty() {
        return Ok(());
    }
    store::account_settings::set_policies(&tx, &authorized, &wanted).await?;
    tx.commit_all(events).await
}

fn judge(
    a: &Actor,
    before: &Policies,
    wanted: &Policies,
    providers: &[String],
) -> Result<(), FieldErrors<PoliciesField>> {
    let mut errors = FieldErrors::default();
    // The operator is bound by no policy.
    let by = match &a.who {
        Who::Person(person) => Some(person.signed_in_by()),
        _ => None,
    };
    if wanted.second_factor && by.is_some_and(|by| !by.second_factor) {
        errors.add(PoliciesField::SecondFactor, SettingsProblem::OwnSecondFactor);
    }
    let provider = &wanted.provider;
    if !provider.is_empty() {
        if provider != &before.provider && !providers.contains(provider) {
            errors.add(PoliciesField::Provider, SettingsProblem::UnknownProvider);
        } else if by.is_some_and(|by| by.provider != provider) {
            errors.add(PoliciesField::Provider, SettingsProblem::OwnProvider);
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
