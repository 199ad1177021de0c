//! Why a push, an unlisting or a relisting is refused: the rows of the product contract's section 9.

use super::admit::Endpoint;
use crate::error::Error;
use domain::form::{UiError, UiErrorKind};
use domain::permission::{Denied, Policy};
use domain::size::Bytes;

/// A refusal with everything its reason needs. Which status it is depends on the endpoint, and is the interface's matter.
#[derive(Debug)]
pub enum PushRefused {
    /// No key was sent.
    NoKey,
    /// Nobody knows the key, or it was deleted: the one refusal that tells nothing.
    UnknownKey,
    /// The key's time is over.
    ExpiredKey {
        /// The key's name.
        key: String,
    },
    /// The time of a key that a token was exchanged for is over.
    ExpiredWorkloadKey {
        /// The policy's name.
        key: String,
    },
    /// The key was revoked.
    RevokedKey {
        /// The key's name.
        key: String,
    },
    /// An administrator of the key's owner has cut the key off.
    CutOffKey {
        /// The key's name.
        key: String,
        /// The key's owner.
        owner: String,
    },
    /// The key has no scope for the endpoint at all.
    NoScope {
        /// The key's name.
        key: String,
        /// What was asked for.
        endpoint: Endpoint,
    },
    /// The key's person left its owner and has not confirmed the key after rejoining.
    SuspendedKey {
        /// The key's name.
        key: String,
        /// The key's owner.
        owner: String,
    },
    /// The key's patterns do not match the id.
    GlobMismatch {
        /// The key's name.
        key: String,
        /// The package's id.
        id: String,
    },
    /// The id is new, and the key pushes new versions only.
    NewId {
        /// The key's name.
        key: String,
        /// The package's id.
        id: String,
    },
    /// The account acted for does not own the package.
    NotAnOwner {
        /// The account acted for.
        owner: String,
        /// The package's id.
        id: String,
    },
    /// Whoever acts is no member of the account acted for (any more).
    NotAMember {
        /// The account acted for.
        owner: String,
    },
    /// A policy of the account acted for is in the way.
    Policy {
        /// The account acted for.
        owner: String,
        /// The policy.
        policy: Policy,
    },
    /// The account acted for has not confirmed its address.
    UnconfirmedOwner {
        /// The account acted for.
        owner: String,
    },
    /// The account acted for is locked.
    LockedOwner {
        /// The account acted for.
        owner: String,
    },
    /// Whoever acts is locked.
    LockedPerson,
    /// The package is locked.
    LockedPackage {
        /// The package's id.
        id: String,
    },
    /// The id is new, and under a prefix that others hold.
    ReservedPrefix {
        /// The account acted for.
        owner: String,
        /// The package's id.
        id: String,
    },
    /// The id is new, and under a prefix that is reserved for nobody.
    OwnerlessPrefix {
        /// The package's id.
        id: String,
    },
    /// The version is there.
    VersionExists {
        /// The package's id.
        id: String,
        /// The version, with its metadata.
        version: String,
        /// The version that is there, with its metadata.
        existing: String,
    },
    /// The version was there and was deleted; its number stays taken for ever.
    VersionDeleted {
        /// The package's id.
        id: String,
        /// The version, with its metadata.
        version: String,
    },
    /// The package breaks a rule.
    BadPackage(String),
    /// The package is larger than allowed.
    TooLarge {
        /// The bytes allowed.
        limit: u64,
    },
    /// The sender went away before the last byte.
    BrokenOff,
    /// There is no such id, or no such version.
    UnknownVersion {
        /// The package's id, as asked for.
        id: String,
        /// The version, as asked for.
        version: String,
    },
    /// Too often.
    TooMany {
        /// When to come back, in seconds.
        retry_after: u64,
    },
    /// Database, store or disk cannot do it now.
    Unavailable(String),
    /// The gallery itself failed.
    Internal(Error),
}

impl PushRefused {
    /// What the permission table said, in this use case's words.
    pub(crate) fn denied(denied: Denied, key: Option<&str>, owner: &str, id: Option<&str>, endpoint: Endpoint) -> Self {
        let key = || key.unwrap_or_default().to_owned();
        let owner = owner.to_owned();
        let id = id.unwrap_or_default().to_owned();
        match denied {
            Denied::SignIn => Self::UnknownKey,
            Denied::KeyScope => Self::NoScope { key: key(), endpoint },
            Denied::KeyGlob => Self::GlobMismatch { key: key(), id },
            Denied::KeyVersionsOnly => Self::NewId { key: key(), id },
            Denied::NotFound | Denied::NotAMember | Denied::Role => Self::NotAMember { owner },
            Denied::Policy(policy) => Self::Policy { owner, policy },
            Denied::Unconfirmed => Self::UnconfirmedOwner { owner },
            Denied::AccountLocked => Self::LockedOwner { owner },
            Denied::PersonLocked => Self::LockedPerson,
            Denied::NotAnOwner => Self::NotAnOwner { owner, id },
            Denied::PackageLocked => Self::LockedPackage { id },
        }
    }

    /// The reason on one line of printable ASCII, for a reason phrase, a header and a body. Only [`Self::Internal`] and
    /// [`Self::UnknownKey`] keep theirs to themselves.
    #[must_use]
    pub fn reason(&self) -> String {
        one_line(&self.to_string())
    }

    /// Whether the trail keeps it: a refusal by the rules, of somebody who is known.
    pub(crate) const fn is_for_the_trail(&self) -> bool {
        !matches!(
            self,
            Self::NoKey
                | Self::UnknownKey
                | Self::BrokenOff
                | Self::TooMany { .. }
                | Self::Unavailable(_)
                | Self::Internal(_)
        )
    }
}

impl std::fmt::Display for PushRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoKey => f.write_str("An API key must be provided in the header X-NuGet-ApiKey."),
            Self::UnknownKey => {
                f.write_str("The API key is invalid, has expired, or has no permission for this package.")
            }
            Self::ExpiredKey { key } => {
                write!(
                    f,
                    "The API key '{key}' has expired. Regenerate it, or create a new one."
                )
            }
            Self::ExpiredWorkloadKey { key } => {
                write!(
                    f,
                    "The API key of the policy '{key}' has expired. Exchange a new token for a new key."
                )
            }
            Self::RevokedKey { key } => write!(f, "The API key '{key}' was revoked. Create a new one."),
            Self::CutOffKey { key, owner } => write!(
                f,
                "An administrator of '{owner}' has cut off the API key '{key}'. Ask there, and create a new one."
            ),
            Self::NoScope { key, endpoint } => {
                let what = match endpoint {
                    Endpoint::Push => "push packages",
                    Endpoint::Listing => "unlist or relist versions",
                };
                write!(f, "The API key '{key}' has no scope to {what}.")
            }
            Self::SuspendedKey { key, owner } => write!(
                f,
                "The API key '{key}' stopped when its holder left '{owner}'. Confirm it on the page \"API keys\"."
            ),
            Self::GlobMismatch { key, id } => {
                write!(
                    f,
                    "The glob patterns of the API key '{key}' do not match the package id '{id}'."
                )
            }
            Self::NewId { key, id } => write!(
                f,
                "The API key '{key}' pushes new versions only, and the package id '{id}' is new."
            ),
            Self::NotAnOwner { owner, id } => write!(f, "'{owner}' does not own the package '{id}'."),
            Self::NotAMember { owner } => {
                write!(f, "You are not a member of '{owner}', or not any more.")
            }
            Self::Policy { owner, policy } => write!(f, "A policy of '{owner}' refuses this. {}", policy.sentence()),
            Self::UnconfirmedOwner { owner } => {
                write!(f, "'{owner}' has not confirmed its email address. Confirm it first.")
            }
            Self::LockedOwner { owner } => write!(f, "'{owner}' is locked. Ask the operators of this site."),
            Self::LockedPerson => f.write_str("Your account is locked. Ask the operators of this site."),
            Self::LockedPackage { id } => {
                write!(f, "The package '{id}' is locked. Ask the operators of this site.")
            }
            Self::ReservedPrefix { owner, id } => write!(
                f,
                "The package id '{id}' begins with a reserved prefix that '{owner}' does not own. Choose another id, or \
                 ask the operators of this site."
            ),
            Self::OwnerlessPrefix { id } => write!(
                f,
                "The package id '{id}' begins with a reserved prefix that nobody owns at present. Choose another id, or \
                 ask the operators of this site."
            ),
            Self::VersionExists { id, version, existing } if version == existing => write!(
                f,
                "The version {version} of '{id}' exists already and cannot be replaced. Publish another version."
            ),
            Self::VersionExists { id, version, existing } => write!(
                f,
                "The version {version} of '{id}' is the same as {existing}, which exists already: neither upper and \
                 lower case nor build metadata make a difference. Publish another version."
            ),
            Self::VersionDeleted { id, version } => write!(
                f,
                "The version {version} of '{id}' was deleted by the operators of this site and cannot be published again. \
                 Publish another version."
            ),
            Self::BadPackage(problem) => f.write_str(problem),
            Self::TooLarge { limit } => write!(
                f,
                "The package is larger than {}. Make it smaller or split it.",
                Bytes(*limit)
            ),
            Self::BrokenOff => f.write_str("The upload broke off before the last byte. Push again."),
            Self::UnknownVersion { id, version } => write!(f, "There is no version {version} of '{id}'."),
            Self::TooMany { retry_after } => write!(f, "Too many requests. Try again in {retry_after} seconds."),
            Self::Unavailable(reason) => write!(f, "This cannot be done right now ({reason}). Try again soon."),
            Self::Internal(_) => f.write_str("Something went wrong on the server. Try again."),
        }
    }
}

impl std::error::Error for PushRefused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Internal(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Error> for PushRefused {
    fn from(error: Error) -> Self {
        match error {
            Error::Unavailable(reason) => Self::Unavailable(reason),
            other => Self::Internal(other),
        }
    }
}

/// For the pages, where the same use cases are behind buttons.
impl From<PushRefused> for Error {
    fn from(refused: PushRefused) -> Self {
        let kind = match &refused {
            PushRefused::Unavailable(reason) => return Self::Unavailable(reason.clone()),
            PushRefused::Internal(_) => UiErrorKind::Internal,
            PushRefused::UnknownVersion { .. } => return Self::NotFound,
            PushRefused::VersionExists { .. }
            | PushRefused::VersionDeleted { .. }
            | PushRefused::ReservedPrefix { .. }
            | PushRefused::OwnerlessPrefix { .. } => UiErrorKind::Conflict,
            PushRefused::TooMany { .. } => UiErrorKind::TooMany,
            PushRefused::BadPackage(_) | PushRefused::TooLarge { .. } | PushRefused::BrokenOff => UiErrorKind::Invalid,
            _ => UiErrorKind::Forbidden,
        };
        match refused {
            PushRefused::Internal(error) => error,
            PushRefused::Policy { owner, policy } => Self::Policy {
                organization: owner,
                policy,
            },
            other => Self::Refused(UiError::new(kind, other.to_string())),
        }
    }
}

/// At most this many characters of a reason are sent.
const LONGEST_REASON: usize = 400;

/// A text as one line of printable ASCII, of 400 characters at most: what a reason phrase and a header may hold.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2018}' | '\u{2019}' => '\'',
            ' '..='~' => character,
            _ => '?',
        })
        .take(LONGEST_REASON)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::PushRefused;

    #[test]
    fn a_reason_is_one_line_of_ascii() {
        let refused = PushRefused::BadPackage("The readme “ä\r\nSet-Cookie: x” is\u{0} bad.".to_owned());
        assert_eq!(refused.reason(), "The readme \"???Set-Cookie: x\" is? bad.");
        let long = PushRefused::BadPackage("x".repeat(1_000));
        assert_eq!(long.reason().len(), 400);
    }
}
