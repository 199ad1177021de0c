//! Synthetic data for trying out and for benchmarks (product contract, section 2): the same numbers give the same
//! accounts, memberships and package files, and what is there already is left as it is.

mod events;
mod packages;
mod people;
mod sample;

use crate::Gallery;
use crate::actor::{Actor, Who};
use crate::error::Error;
use domain::account::AccountName;
use domain::permission::Denied;

/// Rows of one transaction.
const BATCH: usize = 500;

/// How much there shall be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Users, `user-00001` and so on.
    pub accounts: u32,
    /// Organizations, `org-0001` and so on.
    pub organizations: u32,
    /// Members of `org-0001`.
    pub members: u32,
    /// Packages of the organizations, `Seed.Package.00001` and so on.
    pub packages: u32,
    /// Versions of each of them.
    pub versions: u32,
    /// Versions of `Seed.Many`, which belongs to `org-0001`.
    pub many: u32,
    /// Packages of `user-00001`, `Seed.First.00001` and so on, with one version each.
    pub packages_of_first: u32,
    /// Events in the trail of `org-0001`.
    pub events: u32,
}

/// How many were made now, and how many were there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Made now.
    pub made: u64,
    /// There before.
    pub there: u64,
}

impl Count {
    fn add(&mut self, made: usize, of: usize) {
        self.made += made as u64;
        self.there += of.saturating_sub(made) as u64;
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Users.
    pub accounts: Count,
    /// Organizations.
    pub organizations: Count,
    /// Members of `org-0001`.
    pub members: Count,
    /// Versions of all packages.
    pub versions: Count,
    /// Events in the trail of `org-0001`, beside those of what was made.
    pub events: Count,
}

/// Told how many steps were done since it was told last; there are [`Wanted::steps`] altogether.
pub type Progress<'a> = &'a (dyn Fn(u64) + Send + Sync);

impl Wanted {
    /// The same with the people that the rest needs: members are users, and what belongs to an organization needs one.
    #[must_use]
    pub fn complete(self) -> Self {
        let for_organization = [self.members, self.packages, self.many, self.events];
        let organizations = self
            .organizations
            .max(u32::from(for_organization.iter().any(|count| *count > 0)));
        let somebody = u32::from(organizations > 0 || self.packages_of_first > 0);
        Self {
            organizations,
            // The founder is a member.
            members: self.members.max(u32::from(organizations > 0)),
            accounts: self.accounts.max(self.members).max(somebody),
            ..self
        }
    }

    /// How many steps it takes.
    #[must_use]
    pub fn steps(self) -> u64 {
        let wanted = self.complete();
        let of_packages = u64::from(wanted.packages) * u64::from(wanted.versions);
        let single = [
            wanted.accounts,
            wanted.organizations,
            wanted.members,
            wanted.many,
            wanted.packages_of_first,
            wanted.events,
        ];
        of_packages + single.into_iter().map(u64::from).sum::<u64>()
    }
}

/// Makes what is not there yet. Nobody gets a mail.
///
/// # Errors
/// [`Error::NotFound`] for anybody but the operator; a refusal when a name or an address is taken by something else; when
/// the database or the store fails. What was made until then stays, and running it again goes on.
pub async fn seed(g: &Gallery, a: &Actor, wanted: Wanted, progress: Progress<'_>) -> Result<Report, Error> {
    if !matches!(a.who, Who::Operator) {
        return Err(Denied::NotFound.into());
    }
    let wanted = wanted.complete();
    let report = Report {
        accounts: people::users(g, a, wanted.accounts, progress).await?,
        organizations: people::organizations(g, a, &wanted, progress).await?,
        members: people::members(g, a, wanted.members, progress).await?,
        versions: packages::packages(g, a, &wanted, progress).await?,
        events: events::events(g, &wanted, progress).await?,
    };
    crate::audit::seal(g).await?;
    Ok(report)
}

/// The name of a user.
fn user(number: u32) -> Result<AccountName, Error> {
    name(&format!("user-{number:05}"))
}

/// The name of an organization.
fn organization(number: u32) -> Result<AccountName, Error> {
    name(&format!("org-{number:04}"))
}

fn name(text: &str) -> Result<AccountName, Error> {
    AccountName::parse(text).map_err(|problem| Error::internal(format!("{text}: {problem}")))
}

/// The numbers from 1 on, in batches.
fn batches(count: u32) -> impl Iterator<Item = Vec<u32>> {
    let size = u32::try_from(BATCH).unwrap_or(u32::MAX);
    (0..count.div_ceil(size)).map(move |batch| (batch * size + 1..=count.min((batch + 1) * size)).collect())
}

#[cfg(test)]
mod tests {
    use super::{Wanted, batches};

    #[test]
    fn batches_hold_every_number_once() {
        let numbers: Vec<u32> = batches(1_001).flatten().collect();
        assert_eq!(numbers, (1..=1_001).collect::<Vec<_>>());
        assert_eq!(batches(0).count(), 0);
    }

    #[test]
    fn who_is_needed_is_made_too() {
        let wanted = Wanted {
            members: 7,
            ..Wanted::default()
        };
        let complete = wanted.complete();
        assert_eq!((complete.accounts, complete.organizations), (7, 1));
        assert_eq!(Wanted::default().complete(), Wanted::default());
    }
}
