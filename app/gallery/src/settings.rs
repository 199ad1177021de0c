//! What the gallery needs to know before it opens.

use crate::mail::MailWay;
use domain::trusted_publishing::WorkloadProvider;
use std::path::PathBuf;

/// The gallery's part of the configuration.
#[derive(Clone)]
pub struct Settings {
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// `file://path` or `s3://bucket/prefix`.
    pub storage_url: String,
    /// Everything kept on this machine.
    pub data_dir: PathBuf,
    /// The address that people see, without a slash at its end.
    pub public_url: String,
    /// Where mails go.
    pub mail: MailWay,
    /// The limits of the product contract, section 10.
    pub limits: Limits,
    /// Where workloads may run that publishing policies trust.
    pub workload_providers: Vec<WorkloadProvider>,
}

/// How much is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a package.
    pub package_bytes: u64,
    /// Drafts of an account.
    pub drafts: u64,
    /// Bytes of an account's drafts together.
    pub draft_bytes: u64,
    /// How long a draft is kept, in days.
    pub draft_days: i64,
}

impl Limits {
    /// The limits that a package is inspected by.
    #[must_use]
    pub fn of_packages(&self) -> nupkg::Limits {
        nupkg::Limits {
            package: self.package_bytes,
            ..nupkg::Limits::default()
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            package_bytes: 250 << 20,
            drafts: 20,
            draft_bytes: 2 << 30,
            draft_days: 7,
        }
    }
}
