//! Events in the trail of `org-0001`: members who unlist and relist versions, and who are refused. What was done is undone
//! by the next event, so the trail tells the truth about what is there.

use super::{BATCH, Count, Progress, Wanted, organization, user};
use crate::actor::{Actor, Origin, Person, Who};
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Hold, account_by_name};
use crate::error::Error;
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use domain::page::Place;

/// So many members at most take turns: few, so that the trail of one of a thousand events fills a page as well.
const PEOPLE: u32 = 10;

/// So many packages at most take turns.
const PACKAGES: usize = 50;

/// Adds events until there are that many, with those of everything else that happened to the organization.
pub(super) async fn events(g: &Gallery, wanted: &Wanted, progress: Progress<'_>) -> Result<Count, Error> {
    let mut counted = Count::default();
    let count = u64::from(wanted.events);
    if count == 0 {
        return Ok(counted);
    }
    let account = account_by_name(g.reader(), &organization(1)?, Hold::No).await?;
    let key = AccountKey(account.ok_or(Error::NotFound)?.id);
    let there = store::audit::count(g.reader(), key).await?.min(count);
    counted.there = there;
    progress(there);
    let people = people(g, wanted.members.min(PEOPLE)).await?;
    let packages = store::packages_owned::owned_by(g.reader(), &[key], &Place::Start, PACKAGES).await?;
    let ids: Vec<String> = packages.items.into_iter().map(|package| package.name).collect();
    let mut actors = people.iter().cycle();
    let mut packages = ids.iter().map(String::as_str).cycle();
    let mut left = usize::try_from(count - there).unwrap_or(usize::MAX);
    while left > 0 {
        let mut batch = Vec::new();
        while batch.len() < left.min(BATCH) {
            let (Some(actor), id) = (actors.next(), packages.next()) else {
                break;
            };
            batch.extend(turn(actor, key, id, left - batch.len()));
        }
        let written = batch.len();
        if written == 0 {
            return Err(Error::internal("nobody is there to do anything"));
        }
        g.begin().await?.commit_all(batch).await?;
        counted.made += written as u64;
        progress(written as u64);
        left = left.saturating_sub(written);
    }
    Ok(counted)
}

/// One member's turn: up to three events.
fn turn(actor: &Actor, organization: AccountKey, id: Option<&str>, most: usize) -> Vec<AuditEvent> {
    let event = |action| {
        AuditEvent::new(
            actor,
            action,
            Subject::version(id.unwrap_or("Seed.Package.00001"), "1.0.0"),
        )
        .on_behalf_of(organization)
    };
    let refused = event(AuditAction::PackagePushRefused).after("This version exists. Push another version.");
    let mut events = vec![refused];
    if id.is_some() && most >= 3 {
        events.extend([event(AuditAction::PackageUnlisted), event(AuditAction::PackageListed)]);
    }
    events
}

/// The first members, as if they were signed in.
async fn people(g: &Gallery, count: u32) -> Result<Vec<Actor>, Error> {
    let mut people = Vec::new();
    for number in 1..=count {
        let Some(account) = account_by_name(g.reader(), &user(number)?, Hold::No).await? else {
            continue;
        };
        people.push(Actor {
            who: Who::Person(Person {
                account: AccountKey(account.id),
                provider: String::new(),
                second_factor: false,
            }),
            origin: Origin {
                address: "203.0.113.0".to_owned(),
                user_agent: "guildhall seed".to_owned(),
                limited: false,
            },
        });
    }
    Ok(people)
}
