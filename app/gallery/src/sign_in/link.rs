//! Links a further sign-in to an account: whoever comes back from the provider is signed in to it.

use super::Identity;
use crate::accounts::acting_person;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::ManageAccount;
use crate::error::Error;
use crate::jobs::Job;
use crate::{Gallery, mail, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::security::SecurityProblem;

/// Links a sign-in to the account whose person began it and is signed in still. `provider` is what sentences call the
/// provider.
///
/// # Errors
/// A conflict with a [`SecurityProblem`] when somebody else, or nobody, is signed in by now, or when the sign-in is
/// linked already; [`Error::Denied`] when the account is locked.
pub async fn link(g: &Gallery, a: &Actor, began: AccountKey, identity: &Identity, provider: &str) -> Result<(), Error> {
    match acting_person(a) {
        Ok(person) if person == began => {}
        _ => return Err(Error::conflict(SecurityProblem::AnotherPerson)),
    }
    let mut tx = g.begin().await?;
    let authorized = tx.authorize_key::<ManageAccount>(a, began).await?;
    if let Some(known) = store::identities::find(&tx, &identity.issuer, &identity.subject).await? {
        let here = known.account_id == began.0;
        return Err(Error::conflict(if here {
            SecurityProblem::LinkedHere
        } else {
            SecurityProblem::LinkedElsewhere
        }));
    }
    if store::identities::insert(&tx, began, identity).await?.is_none() {
        return Err(Error::conflict(SecurityProblem::LinkedElsewhere));
    }
    let row = authorized.row();
    if let Some(to) = &row.email {
        let mail = mail::identity::linked(to, &row.name, provider);
        tx.after_commit(&Job::Mail(mail)).await?;
    }
    let event = AuditEvent::new(a, AuditAction::IdentityLinked, Subject::text(&identity.provider)).on_behalf_of(began);
    tx.commit(event).await
}
