//! What a person is told in the application.

use crate::links::LocalPath;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A row of the page "Notifications".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NotificationRow {
    /// What happened, in a sentence.
    pub text: String,
    /// The page concerned.
    pub link: LocalPath,
    /// When it happened.
    pub time: Timestamp,
    /// Whether the person has seen it.
    pub read: bool,
}
