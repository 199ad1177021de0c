//! The audit trail.

mod filter;
pub(crate) mod page;
pub(crate) mod table;
