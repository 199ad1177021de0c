//! Packages: identities, versions, ranges and what their manifests say.

pub mod framework;
pub mod id;
pub mod license;
pub mod metadata;
pub mod range;
pub mod version;

pub use id::{PackageId, PackageIdProblem};
pub use metadata::PackageMetadata;
pub use range::VersionRange;
pub use version::PackageVersion;
