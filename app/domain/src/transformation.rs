//! Transforming an account into an organization: who can become its administrator, what is in the way, and what keeps it
//! from being undone (product contract, 5.1 and 5.17).

use crate::account::AccountName;
use crate::form::{Field, FieldErrors};
use crate::links::{self, LocalPath};
use crate::time::{DAY, Timestamp};
use serde::{Deserialize, Serialize};

/// A request ends after 14 days without an answer.
pub const TRANSFORMATION_SECONDS: i64 = 14 * DAY;

/// A transformation can be undone for that many days.
pub const UNDO_DAYS: i64 = 30;

/// The form "Transform your account into an organization".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransformForm {
    /// "Administrator".
    pub administrator: String,
}

/// The field of [`TransformForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransformField {
    /// "Administrator".
    Administrator,
}

impl Field for TransformField {
    fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
        }
    }
}

impl TransformForm {
    /// Reads the form; the browser runs this before it sends.
    ///
    /// # Errors
    /// When the field is empty, holds an address, or holds what cannot be a user name.
    pub fn parse(&self) -> Result<AccountName, FieldErrors<TransformField>> {
        self.administrator()
            .map_err(|problem| FieldErrors::one(TransformField::Administrator, problem))
    }

    /// The named administrator.
    ///
    /// # Errors
    /// As [`TransformForm::parse`].
    pub fn administrator(&self) -> Result<AccountName, AdministratorProblem> {
        let text = self.administrator.trim();
        if text.is_empty() {
            Err(AdministratorProblem::Missing)
        } else if text.contains('@') {
            Err(AdministratorProblem::Address)
        } else {
            AccountName::parse(text).map_err(|_| AdministratorProblem::Unknown)
        }
    }
}

/// Why somebody cannot become the administrator of an account that becomes an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdministratorProblem {
    /// Nobody was named.
    Missing,
    /// An address was typed.
    Address,
    /// Nobody has the name.
    Unknown,
    /// It is the account itself.
    Oneself,
    /// It is an organization.
    Organization,
    /// The person has not confirmed an address.
    Unconfirmed,
    /// The person is locked.
    Locked,
}

impl std::fmt::Display for AdministratorProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "Enter the user name of the administrator.",
            Self::Address => "Enter a user name, not an email address.",
            Self::Unknown => "There is no user of this name. Check the spelling.",
            Self::Oneself => "This is the account itself. Name somebody else, or create another account first.",
            Self::Organization => "This is an organization. Only a user can become the administrator.",
            Self::Unconfirmed => "This user has not confirmed an email address yet. Ask them to do so first.",
            Self::Locked => "This user is locked and cannot become the administrator. Name somebody else.",
        })
    }
}

impl std::error::Error for AdministratorProblem {}

/// Why an account cannot be transformed, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It has no confirmed address.
    Unconfirmed,
    /// A site administrator has locked it.
    Locked,
    /// It is one already.
    Organization,
    /// Its person administers the site.
    SiteAdministrator,
    /// It is a member: organizations do not nest.
    Member,
    /// It is invited to become a member.
    Invited,
    /// Somebody else's transformation waits for its answer.
    Asked,
}

impl Obstacle {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::Unconfirmed,
        Self::Locked,
        Self::Organization,
        Self::SiteAdministrator,
        Self::Member,
        Self::Invited,
        Self::Asked,
    ];

    /// Where it can be solved, and what the link is called.
    #[must_use]
    pub fn solution(self) -> Option<(LocalPath, &'static str)> {
        match self {
            Self::Unconfirmed => Some((links::account_settings(), "See your account settings")),
            Self::Member => Some((links::manage_organizations(), "See your organizations")),
            Self::Invited | Self::Asked => Some((links::manage_organizations(), "Answer on your organizations page")),
            Self::Locked | Self::Organization | Self::SiteAdministrator => None,
        }
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unconfirmed => "The account has not confirmed its email address. That must be done first.",
            Self::Locked => "The account is locked. Ask the operators of this site.",
            Self::Organization => "The account is an organization already.",
            Self::SiteAdministrator => {
                "The account administers this site, which no organization can. Ask the operators to take that away first."
            }
            Self::Member => "The account is a member of an organization. It must leave every organization first.",
            Self::Invited => "The account is invited to an organization. It must decline the invitation first.",
            Self::Asked => "The account is asked to administer another one. It must reject that request first.",
        })
    }
}

impl std::error::Error for Obstacle {}

/// Why a request cannot be answered or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestProblem {
    /// It is not there any more, or asks somebody else.
    Gone,
    /// Its 14 days are over.
    Expired,
    /// The administrator would have more keys than an account may have.
    TooManyKeys,
}

impl std::fmt::Display for RequestProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Gone => "This request is not there any more.",
            Self::Expired => "This request has expired. Its account can send it again.",
            Self::TooManyKeys => {
                "The API keys of the account and yours are more than an account can have. Delete some first."
            }
        })
    }
}

impl std::error::Error for RequestProblem {}

/// Why a transformation cannot be undone, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoProblem {
    /// The organization was added as one, or its transformation was undone.
    NotTransformed,
    /// Another administrator accepted it.
    AnotherAdministrator,
    /// The 30 days are over.
    TooLate,
    /// Something was published for it.
    Published,
    /// An owner of one of its packages came or went.
    OwnershipChanged,
    /// A reserved prefix changed.
    PrefixChanged,
    /// A policy of trusted publishing was made, changed or deleted.
    PolicyChanged,
    /// It has a key of its own.
    KeyChanged,
    /// It has another member.
    OtherMembers,
    /// Somebody is invited.
    OpenInvitation,
    /// One of the old sign-ins belongs to another account now.
    RegisteredAnew,
}

impl std::fmt::Display for UndoProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotTransformed => "This organization was not made by a transformation that can be undone.",
            Self::AnotherAdministrator => "Only the administrator who accepted the transformation can undo it.",
            Self::TooLate => "The transformation is more than 30 days ago. It cannot be undone any more.",
            Self::Published => "Packages were published for the organization since. It cannot be undone any more.",
            Self::OwnershipChanged => "Owners of its packages changed since. It cannot be undone any more.",
            Self::PrefixChanged => "Its reserved prefixes changed since. It cannot be undone any more.",
            Self::PolicyChanged => "Its trusted publishing changed since. It cannot be undone any more.",
            Self::KeyChanged => "The organization has an API key of its own. Delete the key first.",
            Self::OtherMembers => "The organization has other members. Remove them first.",
            Self::OpenInvitation => "Somebody is invited to the organization. Cancel the invitation first.",
            Self::RegisteredAnew => {
                "One of the account's old sign-ins was used for another account since. It cannot be undone any more."
            }
        })
    }
}

impl std::error::Error for UndoProblem {}

/// The page "Transform your account into an organization".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransformPage {
    /// The account's name.
    pub name: String,
    /// Why it cannot be transformed.
    pub obstacle: Option<ObstacleView>,
    /// The request that waits.
    pub pending: Option<PendingTransformation>,
}

/// An [`Obstacle`] as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObstacleView {
    /// What is in the way.
    pub text: String,
    /// Where it can be solved, and what the link is called.
    pub solution: Option<(LocalPath, String)>,
}

impl From<Obstacle> for ObstacleView {
    fn from(obstacle: Obstacle) -> Self {
        Self {
            text: obstacle.to_string(),
            solution: obstacle.solution().map(|(link, text)| (link, text.to_owned())),
        }
    }
}

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingTransformation {
    /// Whose answer it waits for.
    pub administrator: String,
    /// When it ends.
    pub expires: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::{AdministratorProblem, Obstacle, TransformForm};
    use rstest::rstest;

    #[rstest]
    #[case("", Some(AdministratorProblem::Missing))]
    #[case("   ", Some(AdministratorProblem::Missing))]
    #[case("anna@example.com", Some(AdministratorProblem::Address))]
    #[case("@", Some(AdministratorProblem::Address))]
    #[case("an", Some(AdministratorProblem::Unknown))]
    #[case("../x", Some(AdministratorProblem::Unknown))]
    #[case(&"a".repeat(10_000), Some(AdministratorProblem::Unknown))]
    #[case(" anna ", None)]
    fn the_administrator_is_named_by_user_name(#[case] text: &str, #[case] problem: Option<AdministratorProblem>) {
        let form = TransformForm {
            administrator: text.to_owned(),
        };
        assert_eq!(form.administrator().err(), problem);
        assert_eq!(form.parse().is_err(), problem.is_some());
    }

    #[test]
    fn whoever_can_solve_an_obstacle_is_told_where() {
        let solved = Obstacle::ALL
            .into_iter()
            .filter(|obstacle| obstacle.solution().is_some());
        assert_eq!(
            solved.collect::<Vec<_>>(),
            [
                Obstacle::Unconfirmed,
                Obstacle::Member,
                Obstacle::Invited,
                Obstacle::Asked
            ]
        );
    }
}
