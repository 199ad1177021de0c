//! Forms: what a browser sends as raw strings, what it gets back, and how every wrong field is told at once.
//!
//! A form is a struct of strings with one enum of fields; its `parse` gives either the parsed values or
//! [`FieldErrors`] in the order of the screen. The answer to every form, with or without script, is one of two types:
//! [`Done`] or [`UiError`].

use crate::links::LocalPath;
use crate::permission::Policy;
use serde::{Deserialize, Serialize};

/// One field of a form, by the name its control has in the page.
pub trait Field: Copy {
    /// The control's `name` attribute.
    fn name(self) -> &'static str;
}

/// The wrong fields of one form, in the order of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldErrors<F> {
    errors: Vec<(F, String)>,
}

impl<F> Default for FieldErrors<F> {
    fn default() -> Self {
        Self { errors: Vec::new() }
    }
}

impl<F: Field> FieldErrors<F> {
    /// One wrong field.
    pub fn one(field: F, problem: impl std::fmt::Display) -> Self {
        Self {
            errors: vec![(field, problem.to_string())],
        }
    }

    /// Keeps the value, or notes the problem at its field and goes on.
    pub fn take<T, P: std::fmt::Display>(&mut self, field: F, parsed: Result<T, P>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, problem);
                None
            }
        }
    }

    /// Notes a problem at a field.
    pub fn add(&mut self, field: F, problem: impl std::fmt::Display) {
        self.errors.push((field, problem.to_string()));
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The wrong fields with their sentences.
    #[must_use]
    pub fn as_slice(&self) -> &[(F, String)] {
        &self.errors
    }
}

impl<F: Field> From<FieldErrors<F>> for UiError {
    fn from(errors: FieldErrors<F>) -> Self {
        Self {
            kind: UiErrorKind::Invalid,
            message: String::new(),
            fields: errors
                .errors
                .into_iter()
                .map(|(field, message)| FieldMessage {
                    field: field.name().to_owned(),
                    message,
                })
                .collect(),
            organization: None,
            incident: None,
        }
    }
}

/// A sentence at a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMessage {
    /// The control's `name`.
    pub field: String,
    /// One sentence that says what to do.
    pub message: String,
}

/// What a person gets to know about a request that failed: safe to show, safe to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UiError {
    /// What the caller can do about it.
    pub kind: UiErrorKind,
    /// One sentence for the whole form or page; empty when the fields say it all.
    pub message: String,
    /// The wrong fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldMessage>,
    /// The organization whose policy is not met, for [`UiErrorKind::Policy`]; its present name, for
    /// [`UiErrorKind::Renamed`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The number under which the operator finds the cause in the log; only for [`UiErrorKind::Internal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
}

impl UiError {
    /// An error of a kind with its sentence.
    pub fn new(kind: UiErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            fields: Vec::new(),
            organization: None,
            incident: None,
        }
    }

    /// What one may not see does not exist.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(UiErrorKind::NotFound, "There is nothing at this address.")
    }

    /// The caller must sign in first.
    #[must_use]
    pub fn sign_in() -> Self {
        Self::new(UiErrorKind::SignIn, "Sign in to go on.")
    }

    /// A policy of an organization that one of its members does not meet.
    #[must_use]
    pub fn policy(organization: &str, policy: Policy) -> Self {
        Self {
            organization: Some(organization.to_owned()),
            ..Self::new(UiErrorKind::Policy, policy.sentence())
        }
    }

    /// The asked name is a former one of an organization.
    #[must_use]
    pub fn renamed(present: &str) -> Self {
        Self {
            organization: Some(present.to_owned()),
            ..Self::new(
                UiErrorKind::Renamed,
                format!("This organization is now called {present}. Go to its page and try again."),
            )
        }
    }

    /// Whether the same may succeed in a moment, without anybody doing anything about it.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(
            self.kind,
            UiErrorKind::Unavailable | UiErrorKind::Unreachable | UiErrorKind::TooMany
        )
    }

    /// The HTTP status of this error.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self.kind {
            UiErrorKind::Invalid => 422,
            UiErrorKind::SignIn => 401,
            UiErrorKind::NotFound | UiErrorKind::Renamed => 404,
            UiErrorKind::Forbidden | UiErrorKind::Policy => 403,
            UiErrorKind::Conflict => 409,
            UiErrorKind::TooMany => 429,
            UiErrorKind::Unavailable | UiErrorKind::Unreachable => 503,
            UiErrorKind::Internal => 500,
        }
    }
}

impl std::fmt::Display for UiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for UiError {}

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UiErrorKind {
    /// Something typed is wrong; the fields or the message say what.
    Invalid,
    /// Nobody is signed in, or not any more.
    SignIn,
    /// It does not exist, or may not be seen.
    NotFound,
    /// It has another name now; the page leads there.
    Renamed,
    /// It can be seen, but not done.
    Forbidden,
    /// A policy of the organization is not met; the page has a heading of its own.
    Policy,
    /// Something else came first.
    Conflict,
    /// Too often; the message says when to come back.
    TooMany,
    /// The server cannot do it now; nothing was lost.
    Unavailable,
    /// The server failed; the incident says where the operator should look.
    Internal,
    /// The server could not be reached from the browser.
    Unreachable,
}

/// The answer to a form that did what it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// What happened, announced to the person; empty when the next page says it.
    pub message: String,
    /// Where the person goes next; without it they stay and the page is read anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<LocalPath>,
    /// A secret that is shown this one time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<ShownOnce>,
    /// What was made or found, for a page that stays and goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
}

/// Something that a form made or found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// What it is called: `Contoso.Logging 1.0.0`.
    pub name: String,
    /// Its page.
    pub page: LocalPath,
}

impl Done {
    /// Stay on the page and say what happened.
    pub fn say(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    /// Go to another page and say there what happened.
    pub fn go(next: LocalPath, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            next: Some(next),
            secret: None,
            made: None,
        }
    }
}

/// A value that is shown once and never again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownOnce {
    /// What it is called, as the person named it.
    pub name: String,
    /// The value itself.
    pub value: String,
}

impl std::fmt::Debug for ShownOnce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShownOnce")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The outcome of a form that was sent without script: kept for a few minutes, shown once on the page it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The form's address, so that its page knows which of its forms this is about.
    pub action: String,
    /// Which of several equal forms on the page it was (the value of its hidden `form` field), or empty.
    #[serde(default)]
    pub form: String,
    /// What came of it.
    pub result: Result<Done, UiError>,
    /// What was typed, by name, so that it can be put back; only after an error.
    #[serde(default)]
    pub typed: Vec<(String, String)>,
}
