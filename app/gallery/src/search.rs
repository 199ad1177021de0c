//! Search: the words that people type, and the packages that fit, best first.

mod query;
mod run;

pub use query::SearchQuery;
pub(crate) use query::{Field, Terms};
pub(crate) use run::ids;
pub use run::{Hit, HitVersion, SearchResult, page, search};
