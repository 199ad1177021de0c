//! Reads and checks a package's bytes: the archive, the nuspec, and the few files that the gallery shows.
//!
//! [`inspect`] is the only way in. It is pure (bytes, limits and the time come in, a verdict goes out), it never unpacks
//! to disk, and it takes bounded time and memory whatever the bytes are: what is read into memory is limited before it
//! is read, and every number in the file is a claim until it is checked.
//!
//! [`build::PackageBuilder`] goes the other way, for sample data and for tests.
//!
//! **Invariant:** nothing here knows of databases, HTTP, the clock or the file system.

mod archive;
mod bad_package;
pub mod build;
mod content;
mod inspect;
mod layout;
mod limits;
mod nuspec;
mod percent;
mod signature;
mod warning;
mod xml;

pub use archive::{ArchiveDamage, HeaderField, PathProblem};
pub use bad_package::{BadPackage, InspectError};
pub use content::{IconFile, IconKind, PackageFile};
pub use inspect::{Inspected, inspect};
pub use limits::Limits;
pub use warning::Warning;
pub use xml::XmlProblem;
