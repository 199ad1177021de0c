//! Tells the person and the organization's own address about a membership.

use crate::error::Error;
use crate::jobs::Job;
use crate::mail::Mail;
use crate::mail::membership::Reader;
use crate::tx::Tx;
use schema::entity::account;

/// Sends a mail to the person's confirmed address and one to the organization's.
pub(super) async fn both(
    tx: &mut Tx,
    person: &account::Model,
    organization: &account::Model,
    mail: impl Fn(&str, Reader) -> Mail,
) -> Result<(), Error> {
    for (to, reader) in [
        (&person.email, Reader::Person),
        (&organization.email, Reader::Organization),
    ] {
        if let Some(to) = to {
            tx.after_commit(&Job::Mail(mail(to, reader))).await?;
        }
    }
    Ok(())
}
