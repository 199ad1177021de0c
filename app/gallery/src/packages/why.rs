//! Why somebody can push to a package, or cannot.

use crate::actor::Actor;
use crate::authorization::standing_of;
use crate::error::Error;
use crate::why::{Asked, asked_about};
use domain::account::AccountKind;
use domain::permission::{Action, Denied, Explanation, Subject, Why, WhyAnswer, no_route};
use schema::entity::{account, package};
use sea_orm::ConnectionTrait;

/// What the page explains.
const RIGHTS: [Action; 4] = [
    Action::PublishVersion,
    Action::ChangeListing,
    Action::Deprecate,
    Action::ManageOwners,
];

/// What somebody may do to a package and why; nothing when nobody is asked about.
///
/// Only through owners of which the asker may know the members: who belongs to an organization that owns the package
/// too is its own matter.
pub(super) async fn why<C: ConnectionTrait>(
    connection: &C,
    a: &Actor,
    target: &package::Model,
    owners: &[account::Model],
    who: &str,
) -> Result<Option<Why>, Error> {
    if who.trim().is_empty() {
        return Ok(None);
    }
    let person = match asked_about(connection, who).await? {
        Ok(person) => person,
        Err(nobody) => return Ok(Some(nobody)),
    };
    let (mut routes, mut hidden) = (Vec::new(), Vec::new());
    for owner in owners {
        if knows_members(connection, a, owner).await? {
            routes.push(Asked::about(connection, a, &person, owner).await?);
        } else {
            hidden.push(owner.name.as_str());
        }
    }
    let subject = Subject {
        id: &target.name,
        owned: true,
        locked: target.locked,
    };
    let answers = RIGHTS.into_iter().filter_map(|action| {
        let tried = routes.iter().map(|route| route.explain(action, Some(subject)));
        best(tried.collect(), || no_route(action, &person.name, &target.name))
    });
    Ok(Some(Why {
        answers: answers.collect(),
        note: note(&hidden, &person.name),
        person: person.name.clone(),
    }))
}

/// The way by which it is allowed; or what stands against it where the person has a part in it.
fn best(tried: Vec<Explanation>, no_route: impl Fn() -> WhyAnswer) -> Option<WhyAnswer> {
    let nothing_to_do_with_it = |denied| matches!(denied, Denied::NotFound | Denied::NotAMember);
    let several = tried.len() > 1;
    let rank = |told: &Explanation| match told.verdict {
        Ok(()) => 0,
        Err(denied) if !nothing_to_do_with_it(denied) => 1,
        Err(_) => 2,
    };
    let best = tried.into_iter().min_by_key(rank)?;
    if several && rank(&best) == 2 {
        return Some(no_route());
    }
    Some(best.into())
}

/// Whether the asker may know who acts for an owner: everybody knows it of a user.
async fn knows_members<C: ConnectionTrait>(connection: &C, a: &Actor, owner: &account::Model) -> Result<bool, Error> {
    if owner.kind == AccountKind::User.value() {
        return Ok(true);
    }
    let (standing, _) = standing_of(connection, a, owner).await?;
    Ok(Action::SeeMembers.allows(standing))
}

fn note(hidden: &[&str], person: &str) -> String {
    if hidden.is_empty() {
        return String::new();
    }
    let (names, verb) = (hidden.join(", "), if hidden.len() == 1 { "owns" } else { "own" });
    format!("{names} {verb} it too. Whether {person} acts there, only the members see.")
}
