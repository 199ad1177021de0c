//! What can be asked for.

use crate::mail::Mail;
use serde::{Deserialize, Serialize};

/// One piece of work. Doing it twice must look like doing it once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Send a mail. Its file's name, or its message id, is made from the job's number.
    Mail(Mail),
}

impl Job {
    /// The kind, as the row has it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
        }
    }
}
