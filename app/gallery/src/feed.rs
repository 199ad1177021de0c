//! What clients read: versions, registrations, files. Reading models only; the wire formats are the interface's matter.
//!
//! Ids and versions come as clients write them, in any case and not normalized.

mod autocomplete;
mod changes;
mod downloads;
mod files;
mod registration;
mod state;
mod versions;

pub use autocomplete::{Ids, autocomplete, versions_of};
pub(crate) use changes::follow;
pub(crate) use downloads::flush_regularly;
pub use downloads::{count_download, flush_downloads};
pub use files::{Icon, PackageFile, icon, license, nuspec, package_file, readme};
pub use registration::{Leaf, Registration, RegistrationPage, registration, registration_leaf, registration_page};
pub(crate) use state::State;
pub use state::{Generation, LastChange, generation, last_change, own_generation, search_generation};
pub use versions::versions;
