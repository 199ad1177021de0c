//! Adds an organization.

use crate::accounts::{acting_person, new_email_token, open_account};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::ManageAccount;
use crate::error::Error;
use crate::frequency::ORGANIZATIONS;
use crate::jobs::Job;
use crate::store::accounts::Wanted;
use crate::{Gallery, mail, store};
use domain::account::{AccountKey, AccountKind, AccountName, EmailProblem};
use domain::audit::AuditAction;
use domain::organization::AddOrganizationForm;

/// Adds an organization, of which the person becomes administrator; its address gets a mail that asks for confirmation.
///
/// # Errors
/// Refusals at the fields `name` and `email`, the name first; [`crate::Error::Denied`] when the person is locked.
pub async fn add(g: &Gallery, a: &Actor, form: AddOrganizationForm) -> Result<AccountName, Error> {
    let person = acting_person(a)?;
    let mut tx = g.begin().await?;
    let authorized = tx.authorize_key::<ManageAccount>(a, person).await?;
    let wanted = form.parse()?;
    ORGANIZATIONS.allow(&tx, a, person).await?;
    let (token, address) = new_email_token(g, &tx)?;
    let organization = open_account(
        &tx,
        &Wanted {
            kind: AccountKind::Organization,
            name: &wanted.name,
            email: &wanted.email,
            address,
            claimable: false,
        },
        EmailProblem::Taken,
    )
    .await?;
    store::memberships::found(&tx, &organization, authorized.row()).await?;
    let mail = mail::confirmation::organization(wanted.email.as_str(), &organization.name, token.expose());
    g.throttle().mail(g, &a.origin, &mail)?;
    tx.after_commit(&Job::Mail(mail)).await?;
    let key = AccountKey(organization.id);
    let event = AuditEvent::new(a, AuditAction::OrganizationCreated, Subject::account(key)).on_behalf_of(key);
    tx.commit(event).await?;
    Ok(wanted.name)
}
