//! Reserved prefixes: one's own, and the list of site administrators.

mod change;
pub(crate) mod own;
mod read;
mod release;
mod reserve;
pub(crate) mod section;
