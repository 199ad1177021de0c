//! The bytes of packages: in a folder or in S3, each stored once under the hash of its content.

mod store;
mod sweeping;
mod unfinished;

pub use store::{BlobProblem, BlobRef, Blobs, StoredBlob};
pub(crate) use sweeping::{remove_unused, sweep};
