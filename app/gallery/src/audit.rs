//! The audit trail: events are appended in the transaction they belong to, sealed into a chain, read by those who may.

mod append;
mod event;
mod seal;
mod verify;

pub(crate) use append::append;
pub use event::{AuditEvent, Subject};
pub(crate) use seal::{Sealer, seal};
pub use verify::{ChainFault, verify_chain};
