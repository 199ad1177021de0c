//! What can be asked for.

use crate::mail::Mail;
use serde::{Deserialize, Serialize};

/// One piece of work. Doing it twice must look like doing it once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Send a mail. Its file's name, or its message id, is made from the job's number.
    Mail(Mail),
    /// Remove bytes that no row points to any more: those of a deleted version.
    RemoveBytes {
        /// The name under which they are kept.
        key: String,
    },
}

impl Job {
    /// The kind, as the row has it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::RemoveBytes { .. } => "remove_bytes",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Job;
    use crate::mail::{Mail, MailKind};

    #[test]
    fn a_job_reads_back_from_its_row() {
        let job = Job::Mail(Mail {
            kind: MailKind::Invitation,
            to: "anna@example.com".to_owned(),
            subject: "A subject".to_owned(),
            paragraphs: vec!["A paragraph.".to_owned()],
            link: "/".to_owned(),
            link_text: "A link".to_owned(),
            reason: "A reason.".to_owned(),
        });
        let row = serde_json::to_string(&job).unwrap();
        let read: Job = serde_json::from_str(&row).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), row);
    }
}
