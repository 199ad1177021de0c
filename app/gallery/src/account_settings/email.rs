//! Changes an account's address: the new one waits until the link in its mail is followed.

use super::managed;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::ids::Token;
use crate::jobs::Job;
use crate::{Gallery, mail, store};
use domain::account::{EmailAddress, EmailProblem};
use domain::audit::AuditAction;
use domain::invitation::CONFIRMATION_SECONDS;
use domain::settings::{EmailField, EmailForm, SettingsProblem};
use schema::entity::account;

/// Has a new address confirmed; returns it. Until then the old one stays. The address that waits already is asked again,
/// with a new link.
///
/// # Errors
/// Refusals at the field `email`; [`Error::Denied`] when the account is locked.
pub async fn change_email(g: &Gallery, a: &Actor, account: &str, form: EmailForm) -> Result<EmailAddress, Error> {
    let mut tx = g.begin().await?;
    let authorized = managed(&tx, a, account).await?;
    let wanted = form.parse()?;
    let row = authorized.row();
    if row.email_key.as_ref() == Some(&wanted.key()) {
        return Err(Error::field(EmailField::Email, SettingsProblem::SameAddress));
    }
    if store::accounts::by_address(tx.connection(), &wanted.key())
        .await?
        .is_some()
    {
        return Err(Error::field(EmailField::Email, EmailProblem::Taken));
    }
    let token = Token::random(g.ids())?;
    let expires = tx.now().plus_seconds(CONFIRMATION_SECONDS);
    store::account_settings::set_pending_email(&tx, &authorized, &wanted, token.hash(), expires).await?;
    let mail = mail::confirmation::change(wanted.as_str(), row, token.expose());
    g.throttle().mail(g, &a.origin, &mail)?;
    tx.after_commit(&Job::Mail(mail)).await?;
    let event = AuditEvent::new(a, AuditAction::EmailRequested, Subject::address(&wanted))
        .on_behalf_of(authorized.account())
        .before(masked_address(row));
    tx.commit(event).await?;
    Ok(wanted)
}

/// Keeps the present address: the one that waits is forgotten, and the link in its mail is good for nothing any more.
///
/// # Errors
/// A conflict when none waits; a refusal when the account has no other one.
pub async fn cancel_email_change(g: &Gallery, a: &Actor, account: &str) -> Result<(), Error> {
    let tx = g.begin().await?;
    let authorized = managed(&tx, a, account).await?;
    let row = authorized.row();
    let Some(pending) = &row.pending_email else {
        return Err(Error::conflict(SettingsProblem::NoAddressChange));
    };
    if row.email.is_none() {
        return Err(Error::refuse(SettingsProblem::OnlyAddress));
    }
    let pending = EmailAddress::parse(pending).map_err(|_| Error::internal("a kept address is malformed"))?;
    store::account_settings::clear_pending_email(&tx, &authorized).await?;
    let event =
        AuditEvent::new(a, AuditAction::EmailCancelled, Subject::address(&pending)).on_behalf_of(authorized.account());
    tx.commit(event).await
}

/// The confirmed address as the trail has it, or empty.
pub(crate) fn masked_address(row: &account::Model) -> String {
    let address = row.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    address.map(|address| address.masked()).unwrap_or_default()
}
