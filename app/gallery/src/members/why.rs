//! Why somebody can push for an organization, or cannot.

use crate::Gallery;
use crate::actor::Actor;
use crate::authorization::{Authorized, SeeMembers};
use crate::error::Error;
use crate::why::{Asked, asked_about};
use domain::permission::{Action, Why};

/// What the page explains.
const RIGHTS: [Action; 7] = [
    Action::PublishVersion,
    Action::PublishNewId,
    Action::ChangeListing,
    Action::CreateKeyForAccount,
    Action::ManageOwners,
    Action::ManageMembers,
    Action::ManageAccount,
];

/// What somebody may do for an organization and why; nothing when nobody is asked about.
pub(super) async fn why(
    g: &Gallery,
    a: &Actor,
    organization: &Authorized<SeeMembers>,
    who: &str,
) -> Result<Option<Why>, Error> {
    if who.trim().is_empty() {
        return Ok(None);
    }
    let person = match asked_about(g.reader(), who).await? {
        Ok(person) => person,
        Err(nobody) => return Ok(Some(nobody)),
    };
    let asked = Asked::about(g.reader(), a, &person, organization.row()).await?;
    let answers = RIGHTS.into_iter().map(|action| asked.explain(action, None).into());
    Ok(Some(Why {
        answers: answers.collect(),
        note: String::new(),
        person: person.name.clone(),
    }))
}
