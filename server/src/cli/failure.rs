//! What the operator reads when a command fails: one line that says what failed and what to do.

use gallery::Error;
use gallery::error::sentence;
use std::fmt;

/// Why a command failed.
#[derive(Debug)]
pub(super) struct Failure(String);

impl Failure {
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// An error of a use case about something that may not be there: "the account contoso".
    pub(super) fn about(what: &str, error: Error) -> Self {
        match error {
            Error::NotFound => Self(format!("There is no {what}. Check how it is written.")),
            error => error.into(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(match error {
            Error::Denied(denied) => sentence(denied).to_owned(),
            Error::Policy { policy, .. } => policy.sentence().to_owned(),
            Error::Renamed(present) => format!("This organization is now called {present}."),
            Error::NotFound => "There is no such thing. Check how it is written.".to_owned(),
            Error::Refused(told) => {
                let fields = told
                    .fields
                    .iter()
                    .map(|field| format!("{}: {}", field.field, field.message));
                let whole = (!told.message.is_empty()).then(|| told.message.clone());
                whole.into_iter().chain(fields).collect::<Vec<_>>().join(" ")
            }
            Error::Unavailable(reason) => reason,
            Error::Internal(cause) => {
                let mut words = cause.to_string();
                let mut next = cause.source();
                while let Some(cause) = next {
                    words = format!("{words}: {cause}");
                    next = cause.source();
                }
                words
            }
        })
    }
}

impl<F: domain::form::Field> From<domain::form::FieldErrors<F>> for Failure {
    fn from(errors: domain::form::FieldErrors<F>) -> Self {
        Error::from(errors).into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One line, whatever a database says.
        f.write_str(&self.0.replace('\n', " "))
    }
}
