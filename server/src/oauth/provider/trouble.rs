//! What goes wrong between this server and a provider, whichever it is.

use super::discovery::DiscoveryProblem;
use super::http::HttpProblem;
use super::issuer::VerificationProblem;
use crate::oauth::failure::Failure;
use http::StatusCode;
use oauth2::RequestTokenError;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType};
use std::fmt::Display;

/// What went wrong, for the log; a [`Failure`] as soon as it is known with which provider.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The provider said no.
    Refused(String),
    /// The provider cannot be reached, or not be used.
    Away(String),
    /// What came back proves nothing.
    Unproven(String),
}

/// What GitHub calls a code that was used before, or is too old.
const BAD_CODE: &str = "bad_verification_code";

impl Trouble {
    /// What came back proves nothing.
    pub(super) fn unproven(reason: impl Display) -> Self {
        Self::Unproven(reason.to_string())
    }

    /// The same with the provider's label.
    pub(super) fn with(self, label: &str) -> Failure {
        let label = label.to_owned();
        match self {
            Self::Refused(reason) => Failure::Refused { label, reason },
            Self::Away(reason) => Failure::Away { label, reason },
            Self::Unproven(reason) => Failure::Unproven { label, reason },
        }
    }

    /// The token endpoint gave no token.
    pub(super) fn of_exchange(error: RequestTokenError<HttpProblem, BasicErrorResponse>) -> Self {
        match error {
            RequestTokenError::ServerResponse(refusal) => Self::of_refusal(&refusal),
            RequestTokenError::Request(problem) => Self::Away(problem.to_string()),
            RequestTokenError::Parse(problem, body) => match serde_json::from_slice(&body) {
                // GitHub refuses with status 200.
                Ok(refusal) => Self::of_refusal(&refusal),
                // The path alone: the value there may be a token.
                Err(_) => Self::unproven(format!("the token answer cannot be read at {}", problem.path())),
            },
            RequestTokenError::Other(problem) => Self::unproven(problem),
        }
    }

    fn of_refusal(refusal: &BasicErrorResponse) -> Self {
        match refusal.error() {
            // The code was used before, or is too old: beginning again helps.
            BasicErrorResponseType::InvalidGrant => Self::unproven("invalid_grant"),
            BasicErrorResponseType::Extension(code) if code == BAD_CODE => Self::unproven(BAD_CODE),
            other => Self::Refused(other.to_string().escape_debug().to_string()),
        }
    }
}

impl From<DiscoveryProblem> for Trouble {
    fn from(problem: DiscoveryProblem) -> Self {
        Self::Away(problem.to_string())
    }
}

impl From<VerificationProblem> for Trouble {
    fn from(problem: VerificationProblem) -> Self {
        match problem {
            VerificationProblem::Away(problem) => problem.into(),
            VerificationProblem::Token(problem) => Self::unproven(problem),
        }
    }
}

impl From<HttpProblem> for Trouble {
    fn from(problem: HttpProblem) -> Self {
        match problem {
            HttpProblem::Status(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => Self::Refused(problem.to_string()),
            other => Self::Away(other.to_string()),
        }
    }
}
