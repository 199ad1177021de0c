//! Users, organizations, and who is in them.

use super::{Count, Progress, Wanted, batches, organization, user};
use crate::actor::Actor;
use crate::audit::{AuditEvent, Subject};
use crate::authorization::{Hold, ManageMembers, account_by_name};
use crate::error::Error;
use crate::store::accounts::{self, Address};
use crate::tx::Tx;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountKind, AccountName, EmailAddress};
use domain::audit::AuditAction;
use domain::permission::Role;
use schema::entity::account;
use std::collections::BTreeSet;

/// Makes the users that are not there.
pub(super) async fn users(g: &Gallery, a: &Actor, count: u32, progress: Progress<'_>) -> Result<Count, Error> {
    let mut counted = Count::default();
    for numbers in batches(count) {
        let names = numbers
            .iter()
            .map(|number| user(*number))
            .collect::<Result<Vec<_>, _>>()?;
        let tx = g.begin().await?;
        let mut events = Vec::new();
        for name in accounts::free_names(tx.connection(), &names).await? {
            let made = AccountKey(open(&tx, &name, AccountKind::User).await?.id);
            events.push(AuditEvent::new(a, AuditAction::AccountCreated, Subject::account(made)).in_trail_of(made));
        }
        counted.add(events.len(), names.len());
        commit(tx, events).await?;
        progress(names.len() as u64);
    }
    Ok(counted)
}

/// Makes the organizations that are not there. `user-00001` founds the first, the users in turn found the others, each
/// with the two that follow as collaborators.
pub(super) async fn organizations(
    g: &Gallery,
    a: &Actor,
    wanted: &Wanted,
    progress: Progress<'_>,
) -> Result<Count, Error> {
    let mut counted = Count::default();
    for numbers in batches(wanted.organizations) {
        let names = numbers
            .iter()
            .map(|number| organization(*number))
            .collect::<Result<Vec<_>, _>>()?;
        let tx = g.begin().await?;
        let free = accounts::free_names(tx.connection(), &names).await?;
        let (mut made, mut events) = (0, Vec::new());
        for (number, name) in numbers.iter().zip(&names) {
            if free.contains(name) {
                events.extend(found(&tx, a, name, founders(*number, wanted.accounts)).await?);
                made += 1;
            }
        }
        counted.add(made, names.len());
        commit(tx, events).await?;
        progress(names.len() as u64);
    }
    Ok(counted)
}

/// The numbers of an organization's first members: the administrator, then the collaborators.
fn founders(organization: u32, accounts: u32) -> (u32, BTreeSet<u32>) {
    let of = |number: u32| (number - 1) % accounts.max(1) + 1;
    if organization == 1 {
        return (1, BTreeSet::new());
    }
    let first = of(organization);
    let mut others = BTreeSet::from([of(organization + 1), of(organization + 2)]);
    others.remove(&first);
    (first, others)
}

async fn found(
    tx: &Tx,
    a: &Actor,
    name: &AccountName,
    (founder, others): (u32, BTreeSet<u32>),
) -> Result<Vec<AuditEvent>, Error> {
    let founder = person(tx, founder).await?;
    let account = open(tx, name, AccountKind::Organization).await?;
    let key = AccountKey(account.id);
    store::memberships::found(tx, &account, &founder).await?;
    let created = AuditEvent::new(a, AuditAction::OrganizationCreated, Subject::account(key)).on_behalf_of(key);
    let mut events = vec![created, added(a, key, &founder, Role::Administrator)];
    let right = tx.authorize_key::<ManageMembers>(a, key).await?;
    for number in others {
        let member = person(tx, number).await?;
        store::memberships::admit(tx, &right, &member, Role::Collaborator).await?;
        events.push(added(a, key, &member, Role::Collaborator));
    }
    Ok(events)
}

/// Makes the members of `org-0001` that are not there: the first and every tenth are administrators.
pub(super) async fn members(g: &Gallery, a: &Actor, count: u32, progress: Progress<'_>) -> Result<Count, Error> {
    let mut counted = Count::default();
    for numbers in batches(count) {
        let tx = g.begin().await?;
        let right = tx
            .authorize::<ManageMembers>(a, &organization(1)?)
            .await?
            .of_organization()?;
        let key = right.account();
        let mut events = Vec::new();
        for number in &numbers {
            let member = person(&tx, *number).await?;
            let role = role_of(*number);
            if store::memberships::role_of(tx.connection(), key, AccountKey(member.id))
                .await?
                .is_none()
            {
                store::memberships::admit(&tx, &right, &member, role).await?;
                events.push(added(a, key, &member, role));
            }
        }
        counted.add(events.len(), numbers.len());
        commit(tx, events).await?;
        progress(numbers.len() as u64);
    }
    Ok(counted)
}

/// The role of a member of `org-0001`.
fn role_of(number: u32) -> Role {
    if number == 1 || number.is_multiple_of(10) {
        Role::Administrator
    } else {
        Role::Collaborator
    }
}

async fn person(tx: &Tx, number: u32) -> Result<account::Model, Error> {
    let name = user(number)?;
    let found = account_by_name(tx.connection(), &name, Hold::No).await?;
    found
        .filter(|account| account.kind == AccountKind::User.value() && account.email.is_some())
        .ok_or_else(|| taken(&name))
}

async fn open(tx: &Tx, name: &AccountName, kind: AccountKind) -> Result<account::Model, Error> {
    let address = format!("{name}@seed.invalid");
    let email = EmailAddress::parse(&address).map_err(|problem| Error::internal(format!("{address}: {problem}")))?;
    let wanted = accounts::Wanted {
        kind,
        name,
        email: &email,
        address: Address::Confirmed,
        claimable: kind == AccountKind::User,
    };
    accounts::insert(tx, &wanted).await?.map_err(|_| taken(name))
}

fn taken(name: &AccountName) -> Error {
    Error::conflict(format!(
        "The name {name}, one that looks like it, or its address belongs to another account. Seed an empty gallery."
    ))
}

fn added(a: &Actor, organization: AccountKey, member: &account::Model, role: Role) -> AuditEvent {
    let key = AccountKey(member.id);
    AuditEvent::new(a, AuditAction::MemberAdded, Subject::account(key))
        .on_behalf_of(organization)
        .in_trail_of(key)
        .after(role.value())
}

/// Ends a transaction in which perhaps nothing had to be done.
async fn commit(tx: Tx, events: Vec<AuditEvent>) -> Result<(), Error> {
    if events.is_empty() {
        return Ok(());
    }
    tx.commit_all(events).await
}

#[cfg(test)]
mod tests {
    use super::{founders, role_of};
    use domain::permission::Role;
    use std::collections::BTreeSet;

    #[test]
    fn the_first_and_every_tenth_member_are_administrators() {
        let administrators: Vec<u32> = (1..=30)
            .filter(|number| role_of(*number) == Role::Administrator)
            .collect();
        assert_eq!(administrators, [1, 10, 20, 30]);
    }

    #[test]
    fn nobody_founds_and_joins() {
        assert_eq!(founders(2, 1), (2 - 1, BTreeSet::new()));
        assert_eq!(founders(3, 4), (3, BTreeSet::from([1, 4])));
        assert_eq!(founders(1, 4), (1, BTreeSet::new()));
    }
}
