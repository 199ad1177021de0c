//! The page "Audit trail" of an organization. Events hold keys of accounts; their present names are joined here.

use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::audit::Subject;
use crate::authorization::{SeeMembershipEvents, may_read};
use crate::error::Error;
use crate::organizations::head_of;
use crate::{Gallery, store};
use domain::audit::{AuditAction, AuditPage, AuditRow};
use domain::page::Place;
use domain::permission::Action;
use domain::time::Timestamp;
use schema::entity::audit_event;
use std::collections::HashMap;

/// What the trail calls somebody whose account is gone.
const DELETED: &str = "deleted account";

/// The events of an organization, newest first, 50 at a time: all of them for administrators, those about packages and
/// members for collaborators.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn of_organization(g: &Gallery, a: &Actor, organization: &str, place: Place) -> Result<AuditPage, Error> {
    let organization = name_in_address(a, organization)?;
    let authorized = may_read::<SeeMembershipEvents, _>(g.reader(), a, &organization)
        .await?
        .of_organization()?;
    let shown: Option<Vec<AuditAction>> = (!Action::SeeAuditTrail.allows(authorized.standing())).then(|| {
        AuditAction::ALL
            .iter()
            .copied()
            .filter(|action| action.is_for_collaborators())
            .collect()
    });
    let events = store::audit::page(g.reader(), &authorized, shown.as_deref(), &place).await?;
    let subjects: HashMap<i64, Subject> = events
        .items
        .iter()
        .map(|event| (event.id, serde_json::from_str(&event.subject).unwrap_or_default()))
        .collect();
    let accounts = events.items.iter().filter_map(|event| event.actor_id);
    let about = subjects.values().filter_map(|subject| Some(subject.account?.0));
    let names = store::accounts::names(g.reader(), accounts.chain(about)).await?;
    Ok(AuditPage {
        head: head_of(&authorized),
        events: events.map(|event| {
            let subject = subjects
                .get(&event.id)
                .map_or_else(String::new, |subject| words(subject, &names));
            row(event, subject, &names)
        }),
    })
}

fn row(event: audit_event::Model, subject: String, names: &HashMap<i64, String>) -> AuditRow {
    let actor = event.actor_id.and_then(|key| names.get(&key).cloned());
    AuditRow {
        time: Timestamp::from_micros(event.time),
        who_is_account: actor.is_some(),
        who: actor.unwrap_or_else(|| match event.actor_id {
            Some(_) => DELETED.to_owned(),
            None => event.actor,
        }),
        action: event.action,
        subject,
        before: event.before,
        after: event.after,
        credential: event.credential,
    }
}

/// What an event happened to, in words.
fn words(subject: &Subject, names: &HashMap<i64, String>) -> String {
    let account = subject
        .account
        .map(|key| names.get(&key.0).map_or(DELETED, String::as_str));
    [
        account,
        subject.package.as_deref(),
        subject.version.as_deref(),
        subject.text.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::audit::Subject;
    use domain::account::AccountKey;
    use std::collections::HashMap;

    #[test]
    fn a_subject_is_told_by_present_names() {
        let names = HashMap::from([(1, "anna".to_owned())]);
        assert_eq!(words(&Subject::account(AccountKey(1)), &names), "anna");
        assert_eq!(words(&Subject::account(AccountKey(2)), &names), "deleted account");
        assert_eq!(
            words(&Subject::version("Contoso.A", "1.0.0"), &names),
            "Contoso.A 1.0.0"
        );
        assert_eq!(words(&Subject::default(), &names), "");
    }
}
