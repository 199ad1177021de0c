//! Packages on their way in through the browser.

use crate::form::Field;
use crate::package::metadata::PackageMetadata;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An uploaded file that is not published yet: what was read from it, or why it was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// The handle for publish and discard; worthless in another person's hands.
    pub key: i64,
    /// The file's name as the browser sent it, without folders.
    pub file_name: String,
    /// Bytes of the file.
    pub size: u64,
    /// When it was uploaded; it ends 7 days later.
    pub uploaded: Timestamp,
    /// What was read, or why it was refused.
    pub content: DraftContent,
}

/// What came of reading a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftContent {
    /// It can be published.
    Ready(Box<DraftReview>),
    /// It cannot, and why: one sentence.
    Refused(String),
}

/// What a person reviews before publishing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftReview {
    /// Everything read from the package.
    pub metadata: PackageMetadata,
    /// The README as sanitized HTML, or empty.
    pub readme_html: String,
    /// Whether there is an icon to preview at `/packages/manage/upload/{key}/icon`.
    pub icon: bool,
    /// What is not wrong, but could be better: one sentence each.
    pub warnings: Vec<String>,
    /// Who can own it.
    pub owner: DraftOwner,
    /// Why this cannot be published as things are (the version exists, another's id), or nothing.
    pub blocked: Option<String>,
}

/// How the owner of a draft is found (product contract, 5.10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftOwner {
    /// The id exists: its owners, who stay as they are.
    Existing(Vec<String>),
    /// A new id, and one possible owner.
    Only(String),
    /// A new id, and a choice to make; `preselected` if the person has published under the same first segment.
    Choice {
        /// The possible owners: the person first, then organizations by name.
        owners: Vec<String>,
        /// The owner chosen at first.
        preselected: Option<String>,
    },
}

/// The page "Upload packages".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadPage {
    /// Drafts that wait, oldest first (at most 20).
    pub drafts: Vec<DraftView>,
    /// The largest package accepted, in bytes.
    pub limit: u64,
}

/// The form "Publish" of one draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishForm {
    /// The draft's handle.
    pub draft: i64,
    /// The chosen owner; empty when there was no choice.
    pub owner: String,
    /// "List in search results": `"on"` or empty.
    pub listed: String,
}

/// The fields of [`PublishForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishField {
    /// "Owner".
    Owner,
}

impl Field for PublishField {
    fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
        }
    }
}
