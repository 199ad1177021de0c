//! Owners of packages: adding and removing them, asking somebody to own a package, moving many packages at once.

use crate::account::AccountName;
use crate::form::{Field, FieldErrors, UiError};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The most owners of a package.
pub const MOST_OWNERS: usize = 15;

/// The most requests about one package that wait for an answer.
pub const MOST_REQUESTS: usize = 3;

/// The most packages that are moved or unlisted at once.
pub const MOST_AT_ONCE: usize = 500;

/// The field of the forms that name a new owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewOwnerField {
    /// "New owner".
    Owner,
}

impl Field for NewOwnerField {
    fn name(self) -> &'static str {
        "owner"
    }
}

/// Reads what was typed as new owner: a name, and no address.
///
/// # Errors
/// Why it cannot be an owner's name.
pub fn parse_new_owner(text: &str) -> Result<AccountName, OwnershipProblem> {
    let text = text.trim();
    if text.is_empty() {
        Err(OwnershipProblem::Missing)
    } else if text.contains('@') {
        Err(OwnershipProblem::IsAddress)
    } else {
        AccountName::parse(text).map_err(|_| OwnershipProblem::UnknownAccount)
    }
}

/// The same as an answer to a form.
///
/// # Errors
/// The problem, at the field.
pub fn check_new_owner(text: &str) -> Result<AccountName, FieldErrors<NewOwnerField>> {
    parse_new_owner(text).map_err(|problem| FieldErrors::one(NewOwnerField::Owner, problem))
}

/// What is done to the selected packages of an organization; each is a button, by whose value it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackagesChange {
    /// They get another owner in the organization's place.
    Move(AccountName),
    /// All their versions are unlisted.
    Unlist,
}

/// The form around the packages of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackagesForm {
    /// The ids that are selected.
    pub ids: Vec<String>,
    /// The value of the button.
    pub change: String,
    /// "New owner".
    pub owner: String,
}

impl PackagesForm {
    /// The value of the button "Move packages".
    pub const MOVE: &'static str = "move";

    /// The value of the button "Unlist N packages".
    pub const UNLIST: &'static str = "unlist";

    /// Reads the form.
    ///
    /// # Errors
    /// That nothing or too much is selected, or what is wrong with the new owner.
    pub fn parse(&self) -> Result<PackagesChange, UiError> {
        check_selection(self.ids.len())?;
        match self.change.as_str() {
            Self::MOVE => Ok(PackagesChange::Move(check_new_owner(&self.owner)?)),
            Self::UNLIST => Ok(PackagesChange::Unlist),
            _ => Err(OwnershipProblem::UnknownChange.into()),
        }
    }
}

/// Whether this many things may be selected.
///
/// # Errors
/// When it is none, or too many at once.
pub fn check_selection(selected: usize) -> Result<(), OwnershipProblem> {
    match selected {
        0 => Err(OwnershipProblem::NothingSelected),
        1..=MOST_AT_ONCE => Ok(()),
        _ => Err(OwnershipProblem::TooManySelected),
    }
}

/// An owner, as whoever manages the package sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnerRow {
    /// The name.
    pub name: String,
    /// What removing this owner would mean for the viewer.
    pub route: OwnerRoute,
}

/// What an owner is to the viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerRoute {
    /// Somebody else.
    Foreign,
    /// The viewer, or an organization of theirs; they have other rights to the package besides.
    Own,
    /// Likewise, and without it they have no right to the package any more.
    OnlyRoute,
}

/// A request to own a package, as those who may withdraw it see it on the package's page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PendingOwner {
    /// The handle for withdrawing; worthless without the right to manage owners.
    pub key: i64,
    /// Who is asked.
    pub owner: String,
    /// Whom they replace when they accept, or empty.
    pub replaces: String,
    /// When they were asked.
    pub since: Timestamp,
}

/// A request to own a package, in the lists of requests received and sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnershipRequest {
    /// The handle for the answer.
    pub key: i64,
    /// The package's id.
    pub id: String,
    /// Who is asked.
    pub owner: String,
    /// Who asks.
    pub by: String,
    /// Whom the new owner replaces, or empty.
    pub replaces: String,
    /// When it was asked.
    pub since: Timestamp,
}

/// Why something about owners cannot be done; each is told at its field or as the form's message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnershipProblem {
    /// Nothing was typed.
    Missing,
    /// An address was typed.
    IsAddress,
    /// Nobody has this name.
    UnknownAccount,
    /// The account has not confirmed its address.
    Unconfirmed,
    /// The account is locked.
    Locked,
    /// The account owns the package already.
    AlreadyOwner,
    /// The account is asked already; which package, where it is about several.
    AlreadyAsked(String),
    /// The package has as many owners as it may have.
    TooManyOwners,
    /// As many requests as may be wait for an answer; the package.
    TooManyRequests(String),
    /// The packages would stay where they are.
    SameOwner,
    /// The request was answered or withdrawn.
    NoRequest,
    /// The account is no owner (any more).
    NotAnOwner,
    /// The only owner would go.
    OnlyOwner,
    /// The owner holds the reserved prefix, and the asker does not.
    HoldsPrefix,
    /// Nothing is selected.
    NothingSelected,
    /// Too much is selected.
    TooManySelected,
    /// A button that there is none of.
    UnknownChange,
}

impl std::fmt::Display for OwnershipProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "Enter the name of a user or an organization.",
            Self::IsAddress => "Enter a user name, not an email address.",
            Self::UnknownAccount => "There is no user or organization of this name. Check the spelling.",
            Self::Unconfirmed => "This account has not confirmed its email address yet. It must do so first.",
            Self::Locked => "This account is locked. It cannot own more packages.",
            Self::AlreadyOwner => "This account owns the package already.",
            Self::AlreadyAsked(id) => {
                return write!(f, "This account is asked to own {id} already. Wait for the answer.");
            }
            Self::TooManyOwners => {
                return write!(
                    f,
                    "A package can have at most {MOST_OWNERS} owners. Remove one of them first."
                );
            }
            Self::TooManyRequests(id) => {
                return write!(
                    f,
                    "At most {MOST_REQUESTS} requests for {id} can wait for an answer. Cancel one of them first."
                );
            }
            Self::SameOwner => "The packages belong to this account already. Choose another one.",
            Self::NoRequest => "This request is not there any more.",
            Self::NotAnOwner => "This account does not own the package any more.",
            Self::OnlyOwner => "This is the only owner. Add another owner first.",
            Self::HoldsPrefix => {
                "This owner holds the reserved prefix of the package. Only somebody who holds it too can remove them."
            }
            Self::NothingSelected => "Select at least one first.",
            Self::TooManySelected => return write!(f, "Select at most {MOST_AT_ONCE} at once."),
            Self::UnknownChange => "Choose what to do with the selection.",
        })
    }
}

impl std::error::Error for OwnershipProblem {}

impl From<OwnershipProblem> for UiError {
    fn from(problem: OwnershipProblem) -> Self {
        Self::new(crate::form::UiErrorKind::Invalid, problem.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_AT_ONCE, OwnershipProblem, PackagesChange, PackagesForm, check_selection, parse_new_owner};
    use crate::account::AccountName;
    use rstest::rstest;

    #[rstest]
    #[case(" contoso ", Ok("contoso"))]
    #[case("", Err(OwnershipProblem::Missing))]
    #[case("anna@example.com", Err(OwnershipProblem::IsAddress))]
    #[case("a b", Err(OwnershipProblem::UnknownAccount))]
    #[case(&"a".repeat(65), Err(OwnershipProblem::UnknownAccount))]
    fn a_new_owner_is_a_name(#[case] text: &str, #[case] expected: Result<&str, OwnershipProblem>) {
        let expected = expected.map(|name| AccountName::parse(name).unwrap());
        assert_eq!(parse_new_owner(text), expected);
    }

    #[test]
    fn a_selection_has_a_size() {
        assert_eq!(check_selection(0), Err(OwnershipProblem::NothingSelected));
        assert_eq!(check_selection(MOST_AT_ONCE), Ok(()));
        assert_eq!(
            check_selection(MOST_AT_ONCE + 1),
            Err(OwnershipProblem::TooManySelected)
        );
    }

    #[test]
    fn the_button_says_what_is_done_to_the_selection() {
        let form = |change: &str, owner: &str| PackagesForm {
            ids: vec!["Contoso.Json".to_owned()],
            change: change.to_owned(),
            owner: owner.to_owned(),
        };
        assert_eq!(form("unlist", "").parse(), Ok(PackagesChange::Unlist));
        let moved = form("move", "fabrikam").parse().unwrap();
        assert_eq!(moved, PackagesChange::Move(AccountName::parse("fabrikam").unwrap()));
        assert_eq!(form("move", "").parse().unwrap_err().fields[0].field, "owner");
        assert!(form("", "").parse().is_err());
    }
}
