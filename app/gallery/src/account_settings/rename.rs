//! Renames an organization. Everything that belongs to it hangs on its key, so all of that follows by itself.

use super::managed;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::error::Error;
use crate::jobs::Job;
use crate::{Gallery, mail, store};
use domain::account::{AccountKey, AccountName, NameProblem};
use domain::audit::AuditAction;
use domain::links;
use domain::settings::{DAYS_BETWEEN_RENAMES, RenameField, RenameForm, SettingsProblem};
use domain::time::Timestamp;
use schema::entity::account;

/// Renames an organization; returns the new name. The old one leads on to it, and nobody else ever gets it.
///
/// # Errors
/// Refusals at the field `new_name`: a name that is not available, or less than 30 days since the last rename.
pub async fn rename(g: &Gallery, a: &Actor, organization: &str, form: RenameForm) -> Result<AccountName, Error> {
    let mut tx = g.begin().await?;
    let authorized = managed(&tx, a, organization).await?.of_organization()?;
    let wanted = form.parse()?;
    let row = authorized.row();
    if row.name == wanted.as_str() {
        return Err(Error::field(RenameField::NewName, SettingsProblem::SameName));
    }
    if let Some(from) = not_before(row).filter(|from| *from > tx.now()) {
        return Err(Error::field(RenameField::NewName, too_early(from)));
    }
    if !store::former_names::take_name(&tx, &authorized, &wanted).await? {
        return Err(Error::field(RenameField::NewName, NameProblem::Taken));
    }
    store::former_names::rename(&tx, &authorized, &wanted).await?;
    let key = authorized.account();
    let mut event = AuditEvent::new(a, AuditAction::OrganizationRenamed, Subject::account(key))
        .on_behalf_of(key)
        .before(&row.name)
        .after(wanted.as_str());
    for member in store::memberships::people(tx.connection(), key).await? {
        if let Some(to) = &member.email {
            let mail = mail::organization::renamed(to, &member.name, &row.name, wanted.as_str());
            tx.after_commit(&Job::Mail(mail)).await?;
        }
        let text = format!("The organization {} is now called {wanted}.", row.name);
        event = event.telling(AccountKey(member.id), text, links::organization(wanted.as_str()));
    }
    tx.commit(event).await?;
    Ok(wanted)
}

/// When an organization that was renamed can be renamed again.
pub(super) fn not_before(row: &account::Model) -> Option<Timestamp> {
    let renamed = row.renamed_at.map(Timestamp::from_micros)?;
    Some(renamed.plus_days(DAYS_BETWEEN_RENAMES))
}

fn too_early(from: Timestamp) -> String {
    format!(
        "An organization can be renamed once in {DAYS_BETWEEN_RENAMES} days. Try again after {}.",
        from.minute()
    )
}

/// What the organization is called now that once had this name, if the name is a former one.
///
/// # Errors
/// When the database cannot tell.
pub async fn present_name(g: &Gallery, name: &str) -> Result<Option<String>, Error> {
    match AccountName::parse(name) {
        Ok(name) => store::former_names::present_name(g.reader(), &name.key()).await,
        Err(_) => Ok(None),
    }
}
