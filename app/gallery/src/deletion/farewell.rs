//! Whom a deletion concerns besides: the other owners of packages, and the other side of a transformation request.

use crate::Gallery;
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::jobs::Job;
use crate::store::deletion::CoOwned;
use crate::store::verified::Among;
use crate::tx::Tx;
use crate::{mail, prefixes, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::links;
use std::collections::BTreeMap;

/// Tells whoever waits for an answer about a transformation, or has to give one, that there is nothing to wait for.
pub(super) async fn to_partners(
    tx: &Tx,
    authorized: &Authorized<ManageAccount>,
    mut event: AuditEvent,
) -> Result<AuditEvent, Error> {
    let name = &authorized.row().name;
    for partner in store::deletion::transformation_partners(tx, authorized).await? {
        let told = format!("{name} was deleted, and with it the request for a transformation.");
        event = event.telling(partner, told, links::manage_organizations());
    }
    Ok(event)
}

/// The packages that others own too lose this owner: an event for each in the others' trails, and one mail to each of
/// the others. Where the account held the prefix, the package is verified only if another owner holds it too. Returns the
/// ids, in lower case, of all packages that change.
pub(super) async fn to_packages(
    tx: &mut Tx,
    a: &Actor,
    authorized: &Authorized<ManageAccount>,
    events: &mut Vec<AuditEvent>,
) -> Result<Vec<String>, Error> {
    let changed = store::deletion::note_change_of_owners(tx, authorized).await?;
    let key = authorized.account();
    store::deletion::let_go_of_prefixes(tx, authorized).await?;
    prefixes::recompute(tx, &Among::OwnedBy(key)).await?;
    let mut by_owner: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let mut last: Option<String> = None;
    for CoOwned { id_key, name, owner } in store::deletion::co_owned(tx, authorized).await? {
        by_owner.entry(owner.0).or_default().push(name.clone());
        // The rows of one package stand together.
        match events.pop() {
            Some(event) if last.as_ref() == Some(&id_key) => events.push(event.in_trail_of(owner)),
            other => {
                events.extend(other);
                let subject = Subject {
                    account: Some(key),
                    ..Subject::package(name)
                };
                let removed = AuditEvent::new(a, AuditAction::OwnershipRemoved, subject);
                events.push(removed.on_behalf_of(key).in_trail_of(owner));
            }
        }
        last = Some(id_key);
    }
    for (owner, packages) in by_owner {
        let owner = store::accounts::person(tx, AccountKey(owner)).await?;
        if let Some(to) = &owner.email {
            let mail = mail::deletion::co_owner(to, &authorized.row().name, &owner.name, &packages);
            tx.after_commit(&Job::Mail(mail)).await?;
        }
    }
    Ok(changed)
}

/// After the commit: what was rendered of these packages names an owner who is gone.
pub(super) fn forget(g: &Gallery, changed: &[String]) {
    for id_key in changed {
        g.feed().changed(id_key);
    }
}
