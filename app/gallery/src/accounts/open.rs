//! Makes an account, with every conflict told at its field.

use crate::error::Error;
use crate::store::accounts::{Taken, Wanted, insert, taken};
use crate::tx::Tx;
use domain::account::NameProblem;
use domain::form::FieldErrors;
use domain::session::RegistrationField;
use schema::entity::account;

/// Makes an account. The forms for users and organizations call their fields alike, so the errors fit both; a name that
/// is taken is told before an address that is. `email_taken` says what an address of another account means here.
pub(crate) async fn open_account(
    tx: &Tx,
    wanted: &Wanted<'_>,
    email_taken: impl std::fmt::Display,
) -> Result<account::Model, Error> {
    let mut errors = FieldErrors::default();
    for conflict in taken(tx.connection(), wanted.name, wanted.email).await? {
        add(&mut errors, conflict, &email_taken);
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    insert(tx, wanted).await?.map_err(|conflict| {
        add(&mut errors, conflict, &email_taken);
        errors.into()
    })
}

fn add(errors: &mut FieldErrors<RegistrationField>, conflict: Taken, email_taken: &impl std::fmt::Display) {
    match conflict {
        Taken::Name => errors.add(RegistrationField::Name, NameProblem::Taken),
        Taken::Email => errors.add(RegistrationField::Email, email_taken),
    }
}
