//! Packages on their way in through the browser.

use crate::form::Field;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An uploaded file that is not published yet: what was read from it, or why it was refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftContent {
    /// It can be published.
    Ready(Box<DraftReview>),
    /// It cannot, and why: one sentence.
    Refused(String),
}

/// What a person reviews before publishing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DraftReview {
    /// The id as it is written in the package.
    pub id: String,
    /// The version, normalized.
    pub version: String,
    /// The title, or empty.
    pub title: String,
    /// The authors as written in the package.
    pub authors: String,
    /// The description.
    pub description: String,
    /// The licence in words: its expression, its file or its address; or empty.
    pub license: String,
    /// The project's address, http or https, or empty.
    pub project_url: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Release notes, or empty.
    pub release_notes: String,
    /// What it depends on, by target framework.
    pub dependencies: Vec<DraftDependencies>,
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

impl DraftReview {
    /// What it is called: `Contoso.Logging 1.0.0`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.id, self.version)
    }
}

/// What a draft needs on one target framework.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DraftDependencies {
    /// The short name of the framework, or empty for any.
    pub framework: String,
    /// The packages, each with its versions in words; none says that the framework is supported and needs nothing.
    pub packages: Vec<String>,
}

/// How the owner of a draft is found (product contract, 5.10).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What is said when the owner of a new package was not chosen.
pub const NO_OWNER: &str = "Select the owner of the new package.";

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
