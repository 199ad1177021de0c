//! How a page reads its data, and what it shows when it cannot.

pub(crate) mod lazy;
pub(crate) mod loaded;
pub(crate) mod problem;
pub(crate) mod read;

use domain::form::{UiError, UiErrorKind};

/// The server answered something that this version of the application does not understand.
pub(crate) fn outdated() -> UiError {
    UiError::new(UiErrorKind::Internal, "The server has a new version. Reload the page.")
}
