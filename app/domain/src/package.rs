//! What a package says of itself: its id, its version, what it needs, and everything else a nuspec can hold.
//!
//! Each type has one door, `parse`, that serde goes through as well: a value that exists is a value that is right. What
//! is wrong is told by the problem type beside it, whose text is one sentence for the person who wrote the package.

pub mod deprecation;
pub mod framework;
pub mod id;
pub mod license;
pub mod metadata;
pub mod range;
pub mod version;
pub mod web_url;

pub use deprecation::{Alternate, Deprecation, DeprecationReason};
pub use framework::{FrameworkProblem, TargetFramework};
pub use id::{DependencyId, PackageId, PackageIdProblem};
pub use license::License;
pub use metadata::PackageMetadata;
pub use range::{VersionRange, VersionRangeProblem};
pub use version::{PackageVersion, PackageVersionProblem};
pub use web_url::WebUrl;
