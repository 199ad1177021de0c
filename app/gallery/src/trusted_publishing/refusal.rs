//! Why a workload's token is not exchanged for a key.

use crate::error::{Error, sentence};
use domain::permission::{Denied, Policy};

/// A refusal with everything its reason needs. Which status it is, is the interface's matter.
#[derive(Debug)]
pub enum TokenRefused {
    /// The request is not what it must be; the sentence says what is missing.
    BadRequest(&'static str),
    /// The body is not JSON.
    NotJson,
    /// No token was sent, or not one alone.
    NoToken(&'static str),
    /// The token proves nothing; the clause says why.
    BadToken(String),
    /// The token was exchanged before.
    Replayed,
    /// No account has the name.
    UnknownName {
        /// The name as it was sent.
        name: String,
    },
    /// The account of this name is deleted.
    DeletedAccount {
        /// The name as it was sent.
        name: String,
    },
    /// The organization has another name now.
    Renamed {
        /// The name as it was sent.
        name: String,
        /// The present name.
        present: String,
    },
    /// No policy fits the workload.
    NoPolicy {
        /// The account's name.
        name: String,
        /// The workload.
        workload: String,
        /// What differs from the policies for its repository.
        told: Vec<String>,
    },
    /// The policy that fits may not do what it is for.
    Denied {
        /// The account that the policy publishes for.
        owner: String,
        /// Why.
        denied: Denied,
    },
    /// Too often.
    TooMany {
        /// When to come back, in seconds.
        retry_after: u64,
    },
    /// Database or provider cannot be asked now.
    Unavailable(String),
    /// The gallery itself failed.
    Internal(Error),
}

impl TokenRefused {
    /// Whether the trail of the named account keeps it.
    pub(super) const fn is_for_the_trail(&self) -> bool {
        matches!(
            self,
            Self::BadToken(_) | Self::Replayed | Self::NoPolicy { .. } | Self::Denied { .. }
        )
    }

    /// Whether somebody may be trying tokens.
    #[must_use]
    pub const fn is_bad_token(&self) -> bool {
        matches!(
            self,
            Self::BadToken(_) | Self::Replayed | Self::UnknownName { .. } | Self::NoPolicy { .. }
        )
    }
}

impl std::fmt::Display for TokenRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BadRequest(sentence) | Self::NoToken(sentence) => f.write_str(sentence),
            Self::NotJson => f.write_str("Send the request as JSON, with the content type application/json."),
            Self::BadToken(problem) => write!(f, "The token is not accepted: {problem}."),
            Self::Replayed => {
                f.write_str("The token was used before, and each token works once. Ask the provider for a new one.")
            }
            Self::UnknownName { name } => write!(
                f,
                "There is no user or organization '{name}' here that has a publishing policy for this token."
            ),
            Self::DeletedAccount { name } => write!(f, "The account '{name}' is deleted."),
            Self::Renamed { name, present } => {
                write!(f, "The organization '{name}' is now called '{present}'. Use this name.")
            }
            Self::NoPolicy { name, workload, told } => {
                write!(f, "No publishing policy of '{name}' fits this token of {workload}.")?;
                told.iter().try_for_each(|sentence| write!(f, " {sentence}"))
            }
            Self::Denied { owner, denied } => match denied {
                Denied::NotFound | Denied::NotAMember | Denied::Role | Denied::SignIn => {
                    write!(
                        f,
                        "The creator of the policy is no member of '{owner}', or not any more."
                    )
                }
                Denied::Policy(policy) => denied_by(f, owner, *policy),
                Denied::Unconfirmed => {
                    write!(f, "'{owner}' has not confirmed its email address. Confirm it first.")
                }
                Denied::AccountLocked => write!(f, "'{owner}' is locked. Ask the operators of this site."),
                Denied::PersonLocked => {
                    f.write_str("The account of the policy is locked. Ask the operators of this site.")
                }
                other => f.write_str(sentence(*other)),
            },
            Self::TooMany { retry_after } => write!(f, "Too many requests. Try again in {retry_after} seconds."),
            Self::Unavailable(reason) => write!(f, "This cannot be done right now ({reason}). Try again soon."),
            Self::Internal(_) => f.write_str("Something went wrong on the server. Try again."),
        }
    }
}

fn denied_by(f: &mut std::fmt::Formatter<'_>, owner: &str, policy: Policy) -> std::fmt::Result {
    write!(f, "A policy of '{owner}' refuses this. {}", policy.sentence())
}

impl std::error::Error for TokenRefused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Internal(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Error> for TokenRefused {
    fn from(error: Error) -> Self {
        match error {
            Error::Unavailable(reason) => Self::Unavailable(reason),
            other => Self::Internal(other),
        }
    }
}
