//! Deleting an account or an organization: what stands in the way, and what solves it.

use serde::{Deserialize, Serialize};

/// Packages that nobody would own any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orphans {
    /// Their ids, the first ones by name.
    pub ids: Vec<String>,
    /// Whether there are more than these.
    pub more: bool,
}

/// Whether a person's own account can be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDeletion {
    /// The account's name.
    pub name: String,
    /// Whether its address was ever confirmed: the name of one that was stays taken for ever.
    pub confirmed: bool,
    /// Packages that it alone owns.
    pub packages: Orphans,
    /// Organizations with other members, none of whom is administrator.
    pub last_administrator_of: Vec<String>,
    /// Organizations without other members.
    pub only_member_of: Vec<String>,
}

impl AccountDeletion {
    /// The first thing in the way, if there is one.
    #[must_use]
    pub fn problem(&self) -> Option<DeletionProblem> {
        if !self.last_administrator_of.is_empty() {
            Some(DeletionProblem::LastAdministrator)
        } else if !self.only_member_of.is_empty() {
            Some(DeletionProblem::OnlyMember)
        } else if !self.packages.ids.is_empty() {
            Some(DeletionProblem::Packages)
        } else {
            None
        }
    }
}

/// Whether an organization can be deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationDeletion {
    /// The organization's name.
    pub name: String,
    /// As for accounts.
    pub confirmed: bool,
    /// As for accounts.
    pub packages: Orphans,
    /// How many members there are beside the viewer.
    pub others: u32,
}

impl OrganizationDeletion {
    /// The first thing in the way, if there is one.
    #[must_use]
    pub fn problem(&self) -> Option<DeletionProblem> {
        if self.others > 0 {
            Some(DeletionProblem::OtherMembers)
        } else if !self.packages.ids.is_empty() {
            Some(DeletionProblem::Packages)
        } else {
            None
        }
    }
}

/// What stands in the way of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionProblem {
    /// Packages would have no owner any more.
    Packages,
    /// An organization with other members would have no administrator any more.
    LastAdministrator,
    /// An organization would have no member any more.
    OnlyMember,
    /// The organization has other members.
    OtherMembers,
}

impl std::fmt::Display for DeletionProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Packages => "Nothing was deleted, because packages would have no owner any more. Give them another owner first.",
            Self::LastAdministrator => {
                "Nothing was deleted, because you are the last administrator of an organization. Make somebody else administrator first."
            }
            Self::OnlyMember => "Nothing was deleted, because you are the only member of an organization. Delete it first.",
            Self::OtherMembers => "Nothing was deleted, because the organization has other members. Remove them first.",
        })
    }
}

impl std::error::Error for DeletionProblem {}

#[cfg(test)]
mod tests {
    use super::{AccountDeletion, DeletionProblem, OrganizationDeletion, Orphans};

    #[test]
    fn organizations_stand_in_the_way_of_an_account_before_packages() {
        let some = || vec!["x".to_owned()];
        let free = AccountDeletion {
            name: "anna".to_owned(),
            confirmed: true,
            packages: Orphans::default(),
            last_administrator_of: Vec::new(),
            only_member_of: Vec::new(),
        };
        assert_eq!(free.problem(), None);
        let packages = AccountDeletion {
            packages: Orphans {
                ids: some(),
                more: false,
            },
            ..free
        };
        assert_eq!(packages.problem(), Some(DeletionProblem::Packages));
        let only = AccountDeletion {
            only_member_of: some(),
            ..packages
        };
        assert_eq!(only.problem(), Some(DeletionProblem::OnlyMember));
        let last = AccountDeletion {
            last_administrator_of: some(),
            ..only
        };
        assert_eq!(last.problem(), Some(DeletionProblem::LastAdministrator));
    }

    #[test]
    fn members_stand_in_the_way_of_an_organization_before_packages() {
        let free = OrganizationDeletion {
            name: "contoso".to_owned(),
            confirmed: true,
            packages: Orphans::default(),
            others: 0,
        };
        assert_eq!(free.problem(), None);
        let packages = OrganizationDeletion {
            packages: Orphans {
                ids: vec!["x".to_owned()],
                more: true,
            },
            ..free
        };
        assert_eq!(packages.problem(), Some(DeletionProblem::Packages));
        let members = OrganizationDeletion { others: 2, ..packages };
        assert_eq!(members.problem(), Some(DeletionProblem::OtherMembers));
    }
}
