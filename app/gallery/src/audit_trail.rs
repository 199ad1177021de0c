//! The audit trail as its readers get it: the page of an organization, its downloads, and the trail of the whole site.
//! Events hold keys of accounts; their present names are joined here.

mod download;
mod page;
mod record;
mod scan;
mod site;
mod wanted;

pub use download::{Download, download};
pub use page::{filter_of_query, filtered, of_organization};
pub use record::AuditRecord;
pub use site::of_site;

/// What the trail calls somebody whose account is gone.
const DELETED: &str = "deleted account";
