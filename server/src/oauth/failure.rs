//! Why a sign-in did not come about, and what the person is told.

use domain::form::{UiError, UiErrorKind};

/// A sign-in that ended without a session.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing is known of it in this browser: another one began it, it took too long, or it is over.
    NotUnderWay,
    /// The person said no at the provider.
    Cancelled,
    /// The provider said no.
    Refused {
        /// The provider.
        label: String,
        /// The error's code, for the log.
        reason: String,
    },
    /// The provider cannot be reached, or not be used.
    Away {
        /// The provider.
        label: String,
        /// Why, for the log.
        reason: String,
    },
    /// What came back proves nothing.
    Unproven {
        /// The provider.
        label: String,
        /// What is wrong with it, for the log.
        reason: String,
    },
    /// The gallery did not let the person in, and says why.
    Declined(UiError),
}

impl Failure {
    /// What the person is told, on the sign-in page.
    pub(crate) fn told(&self) -> UiError {
        let (kind, message) = match self {
            Self::NotUnderWay => (
                UiErrorKind::Conflict,
                "This sign-in was not begun in this browser, took too long, or is over. Begin again.".to_owned(),
            ),
            Self::Cancelled => (UiErrorKind::Invalid, "The sign-in was cancelled.".to_owned()),
            Self::Refused { label, .. } => (
                UiErrorKind::Forbidden,
                format!("The sign-in with {label} was refused there. Try again, or ask the operators of this site."),
            ),
            Self::Away { label, .. } => (
                UiErrorKind::Unavailable,
                format!("The sign-in with {label} is not available right now. Try again soon."),
            ),
            Self::Unproven { label, .. } => (
                UiErrorKind::Forbidden,
                format!(
                    "The answer of the sign-in with {label} could not be verified. Begin again; if that does not help, \
                     ask the operators of this site."
                ),
            ),
            Self::Declined(error) => return error.clone(),
        };
        UiError::new(kind, message)
    }

    /// What the operator reads about it in the log, if there is something to do or to know.
    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Refused { reason, .. } | Self::Away { reason, .. } | Self::Unproven { reason, .. } => Some(reason),
            Self::NotUnderWay | Self::Cancelled | Self::Declined(_) => None,
        }
    }
}
