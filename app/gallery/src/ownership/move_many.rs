//! Moves packages of an organization to another owner, with one confirmation (product contract, 5.14).

use super::change_packages::{PackagesChanged, held, right_to};
use super::owners_changed;
use super::remove::cancel_requests_of;
use super::request::{Asked, at_field, may_accept, new_owner, refuse_requests};
use super::tell;
use crate::accounts::{acting_person, name_of};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Authorized, AuthorizedPackage, ManageOwners};
use crate::error::Error;
use crate::jobs::Job;
use crate::mail::ownership::{Side, Wish, move_requested, moved, requested, what};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::audit::AuditAction;
use domain::links;
use domain::ownership::OwnershipProblem;
use schema::entity::account;
use std::collections::{BTreeMap, BTreeSet};

/// Moves packages. Where the actor may accept for the new owner they have moved when this ends; else the new owner is
/// asked, and the organization stays an owner of each until that one is accepted.
pub(super) async fn move_many(
    g: &Gallery,
    a: &Actor,
    mut tx: Tx,
    organization: &AccountName,
    owner: &AccountName,
    ids: BTreeSet<String>,
) -> Result<PackagesChanged, Error> {
    let from = tx.authorize::<ManageOwners>(a, organization).await?.of_organization()?;
    let target = new_owner(&tx, owner).await?;
    if target.id == from.account().0 {
        return Err(at_field(OwnershipProblem::SameOwner));
    }
    let asked = may_accept(&tx, a, AccountKey(target.id)).await?;
    let mut moving = Moving {
        a,
        from: &from,
        target: &target,
        moved: Vec::new(),
        asked: Vec::new(),
        others: BTreeMap::new(),
        events: Vec::new(),
    };
    for id_key in &ids {
        let package = held(&tx, id_key, &from.row().name).await?;
        let right = right_to::<ManageOwners>(&tx, a, from.account(), &from.row().name, package).await?;
        moving.package(&mut tx, right, asked).await?;
    }
    moving.tell_moved(&mut tx).await?;
    moving.tell_asked(g, &mut tx).await?;
    let (moved, asked, events) = (moving.moved.len(), moving.asked.len(), moving.events);
    tx.commit_all(events).await?;
    for id_key in &ids {
        g.feed().changed(id_key);
    }
    Ok(PackagesChanged::Moved {
        owner: target.name,
        moved,
        asked,
    })
}

/// What has been done so far.
struct Moving<'a> {
    a: &'a Actor,
    from: &'a Authorized<ManageOwners>,
    target: &'a account::Model,
    /// The ids of what has moved.
    moved: Vec<String>,
    /// The ids that the new owner is asked about.
    asked: Vec<String>,
    /// The other owners' addresses, with what of theirs has moved.
    others: BTreeMap<String, Vec<String>>,
    events: Vec<AuditEvent>,
}

impl Moving<'_> {
    /// One package. A new owner who owns it already need not be asked: only the organization goes.
    async fn package(
        &mut self,
        tx: &mut Tx,
        right: AuthorizedPackage<ManageOwners>,
        asked: Asked,
    ) -> Result<(), Error> {
        let owners = store::owners::of_package(tx.connection(), right.package().id).await?;
        let owns = owners.iter().any(|owner| owner.id == self.target.id);
        let (id, key) = (right.package().name.clone(), AccountKey(self.target.id));
        let action = match asked {
            Asked::Requested if !owns => {
                refuse_requests(tx, right.package().id, &id, key).await?;
                let (by, from) = (acting_person(self.a)?, self.from.account());
                store::ownership_requests::insert(tx, &right, key, by, Some(from)).await?;
                self.asked.push(id.clone());
                AuditAction::OwnershipRequested
            }
            _ => {
                self.move_now(tx, &right, owns).await?;
                for owner in owners.iter().filter(|owner| owner.id != self.from.account().0) {
                    if let Some(to) = &owner.email {
                        self.others.entry(to.clone()).or_default().push(id.clone());
                    }
                }
                self.moved.push(id.clone());
                AuditAction::OwnershipMoved
            }
        };
        let event = AuditEvent::new(self.a, action, Subject::owner(key, id))
            .on_behalf_of(self.from.account())
            .in_trail_of(key);
        self.events.push(tell::in_trails(event, &owners));
        Ok(())
    }

    async fn move_now(
        &mut self,
        tx: &mut Tx,
        right: &AuthorizedPackage<ManageOwners>,
        owns: bool,
    ) -> Result<(), Error> {
        let key = AccountKey(self.target.id);
        if !owns {
            store::owners::add(tx, right, key).await?;
        }
        store::owners::remove(tx, right, self.from.account()).await?;
        store::ownership_requests::settle(tx, right.package().id, Some(key), None).await?;
        let cancelled = cancel_requests_of(tx, self.a, right.package(), self.from.account()).await?;
        self.events.extend(cancelled);
        owners_changed(tx, right.package().id).await
    }

    /// Tells both sides' people and addresses, and the other owners, with one mail each.
    async fn tell_moved(&mut self, tx: &mut Tx) -> Result<(), Error> {
        if self.moved.is_empty() {
            return Ok(());
        }
        let (from, target) = (self.from.row(), self.target);
        let by = name_of(tx.connection(), self.a).await?;
        let mut readers: BTreeMap<String, (Side, Vec<String>)> = BTreeMap::new();
        for (side, account) in [(Side::Owner, target), (Side::Former, from)] {
            let people = tell::people_of(tx, account).await?;
            let addresses = people.iter().chain([account]).filter_map(|person| person.email.clone());
            for address in addresses {
                readers.entry(address).or_insert_with(|| (side, self.moved.clone()));
            }
            let text = format!(
                "{by} moved {} from {} to {}.",
                what(&self.moved),
                from.name,
                target.name
            );
            self.notify(&people, &text, &links::profile(&account.name));
        }
        for (address, ids) in std::mem::take(&mut self.others) {
            readers.entry(address).or_insert((Side::Owner, ids));
        }
        for (to, (side, ids)) in readers {
            let mail = moved(&to, side, &by, &from.name, &target.name, &ids);
            tx.after_commit(&Job::Mail(mail)).await?;
        }
        Ok(())
    }

    /// Asks whoever may answer for the new owner, and tells the organization's administrators, with one mail each.
    async fn tell_asked(&mut self, g: &Gallery, tx: &mut Tx) -> Result<(), Error> {
        if self.asked.is_empty() {
            return Ok(());
        }
        let (from, target) = (self.from.row(), self.target);
        let by = name_of(tx.connection(), self.a).await?;
        let ids = std::mem::take(&mut self.asked);
        let wish = Wish {
            by: &by,
            owner: &target.name,
            ids: &ids,
            replaces: Some(&from.name),
        };
        let asked = tell::people_of(tx, target).await?;
        let telling = tell::people_of(tx, from).await?;
        for person in &asked {
            if let Some(to) = &person.email {
                let mail = requested(to, &wish);
                g.throttle().mail(g, &self.a.origin, &mail)?;
                tx.after_commit(&Job::Mail(mail)).await?;
            }
        }
        for person in telling
            .iter()
            .filter(|person| asked.iter().all(|asked| asked.id != person.id))
        {
            if let Some(to) = &person.email {
                tx.after_commit(&Job::Mail(move_requested(to, &wish, &from.name)))
                    .await?;
            }
        }
        self.notify(&asked, &wish.sentence(), &links::manage_packages());
        self.notify(&telling, &wish.sentence(), &links::organization_packages(&from.name));
        self.asked = ids;
        Ok(())
    }

    /// One notification for all packages: it is written with the last of their events.
    fn notify(&mut self, people: &[account::Model], text: &str, link: &links::LocalPath) {
        if let Some(event) = self.events.pop() {
            self.events.push(tell::in_application(event, people, text, link));
        }
    }
}
