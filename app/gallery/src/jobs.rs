//! Work after a commit: rows written in the transaction that asks for it, done at least once, each idempotent.

mod work;
mod workers;

pub use work::Job;
pub(crate) use workers::Workers;
pub use workers::{Background, start_background};
