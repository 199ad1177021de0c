//! The error of every server function.

use domain::form::{Field, FieldErrors, UiError, UiErrorKind};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What a server function answers when it does not do what it was asked for: a [`UiError`] on its way to the browser.
///
/// It is a type of its own only because `domain` knows nothing of Leptos. On the wire it is the [`UiError`] itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub UiError);

impl From<UiError> for Failure {
    fn from(error: UiError) -> Self {
        Self(error)
    }
}

impl<F: Field> From<FieldErrors<F>> for Failure {
    fn from(errors: FieldErrors<F>) -> Self {
        Self(errors.into())
    }
}

#[cfg(feature = "ssr")]
impl From<gallery::Error> for Failure {
    fn from(error: gallery::Error) -> Self {
        Self(crate::backend::respond::told(&error))
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    /// What went wrong around the function: arguments that no page of ours sends, or a broken connection.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => UiError::new(
                UiErrorKind::Invalid,
                "The form is not complete. Reload the page and try again.",
            ),
            ServerFnErrorErr::Request(_) => crate::dom::fetch::unreachable(),
            _ => UiError::new(UiErrorKind::Internal, "Something went wrong on the server. Try again."),
        })
    }
}
