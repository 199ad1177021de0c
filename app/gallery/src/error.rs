//! What a use case answers when it does not do what it was asked for.
//!
//! A use case that has refusals of its own gives them as [`Error::Invalid`] (typed fields of its form) or as an enum
//! that converts into this one. The interfaces translate: pages into [`UiError`], the feed into a NuGet status.

use crate::ids::NoRandomness;
use domain::form::{Field, FieldErrors, UiError, UiErrorKind};
use domain::permission::{Denied, Policy};

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The permission table says no.
    #[error("denied: {0:?}")]
    Denied(Denied),
    /// A policy of an organization says no to one of its members.
    #[error("policy of {organization}: {policy:?}")]
    Policy {
        /// The organization's name as it is written.
        organization: String,
        /// The policy that is not met.
        policy: Policy,
    },
    /// It does not exist, or the asker may not know that it does.
    #[error("not found")]
    NotFound,
    /// The name is a former one of an organization, which is called this now.
    #[error("renamed to {0}")]
    Renamed(String),
    /// Something typed is wrong, or something is in the way; safe to show.
    #[error("refused: {0}")]
    Refused(UiError),
    /// The database, the store or the disk cannot do it now. Nothing was done; trying again may help.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// The gallery itself failed.
    #[error("internal")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A refusal at one field.
    pub fn field<F: Field>(field: F, problem: impl std::fmt::Display) -> Self {
        Self::Refused(FieldErrors::one(field, problem).into())
    }

    /// A refusal of the whole, with its sentence.
    pub fn refuse(problem: impl std::fmt::Display) -> Self {
        Self::Refused(UiError::new(UiErrorKind::Invalid, problem.to_string()))
    }

    /// A refusal because something else came first.
    pub fn conflict(problem: impl std::fmt::Display) -> Self {
        Self::Refused(UiError::new(UiErrorKind::Conflict, problem.to_string()))
    }

    /// What the permission table said about an account of this name.
    pub(crate) fn denied_by(denied: Denied, account: &str) -> Self {
        match denied {
            Denied::Policy(policy) => Self::Policy {
                organization: account.to_owned(),
                policy,
            },
            other => other.into(),
        }
    }

    /// A failure of the gallery itself, told in a sentence for the log.
    pub fn internal(text: impl Into<String>) -> Self {
        Self::Internal(text.into().into())
    }

    /// Whether the database refused a row because an equal one is there.
    #[must_use]
    pub fn is_duplicate(error: &sea_orm::DbErr) -> bool {
        matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotFound => Self::NotFound,
            other => Self::Denied(other),
        }
    }
}

impl<F: Field> From<FieldErrors<F>> for Error {
    fn from(errors: FieldErrors<F>) -> Self {
        Self::Refused(errors.into())
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::DbErr;
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable("the database is away".to_owned()),
            _ => {
                let text = error.to_string();
                // SQLite: another process holds the write lock, the disk is full, read-only or broken. PostgreSQL: the
                // server stops, starts or cannot be reached any more, or two transactions stood in each other's way.
                let passing = [
                    "database is locked",
                    "disk is full",
                    "disk I/O error",
                    "readonly database",
                    "unable to open database file",
                    "shutting down",
                    "starting up",
                    "terminating connection",
                    "error communicating with database",
                    "deadlock detected",
                    "could not serialize",
                ]
                .iter()
                .any(|sign| text.contains(sign));
                if passing {
                    Self::Unavailable(text)
                } else {
                    Self::Internal(Box::new(error))
                }
            }
        }
    }
}

impl From<NoRandomness> for Error {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// The sentence that a person reads about a refusal in the browser.
#[must_use]
pub fn sentence(denied: Denied) -> &'static str {
    match denied {
        Denied::SignIn => "Sign in to go on.",
        Denied::NotFound => "There is nothing at this address.",
        Denied::KeyScope => "This API key has no scope for this.",
        Denied::KeyGlob => "The glob patterns of this API key do not match the package.",
        Denied::KeyVersionsOnly => "This API key pushes new versions only, and this package id is new.",
        Denied::NotAMember => "You are not a member of the owner any more.",
        Denied::Policy(policy) => policy.sentence(),
        Denied::Role => "Only administrators may do this. Ask one of them.",
        Denied::Unconfirmed => "The email address is not confirmed yet. Confirm it first.",
        Denied::AccountLocked => "The account is locked. Ask the operators of this site.",
        Denied::PersonLocked => "Your account is locked. Ask the operators of this site.",
        Denied::NotAnOwner => "The account does not own this package.",
        Denied::PackageLocked => "The package is locked. Ask the operators of this site.",
    }
}

impl From<&Error> for UiError {
    /// What may be shown. The incident of an internal error is added where it is logged.
    fn from(error: &Error) -> Self {
        match error {
            Error::Denied(Denied::SignIn) => Self::sign_in(),
            Error::NotFound | Error::Denied(Denied::NotFound) => Self::not_found(),
            Error::Renamed(present) => Self::renamed(present),
            Error::Denied(denied) => Self::new(UiErrorKind::Forbidden, sentence(*denied)),
            Error::Policy { organization, policy } => Self::policy(organization, *policy),
            Error::Refused(refusal) => refusal.clone(),
            Error::Unavailable(_) => Self::new(
                UiErrorKind::Unavailable,
                "This cannot be done right now. Nothing was changed; try again soon.",
            ),
            Error::Internal(_) => Self::new(
                UiErrorKind::Internal,
                "Something went wrong on the server. Nothing was changed; try again.",
            ),
        }
    }
}
