//! Accounts of people that become organizations: asking for it, answering, and undoing it (product contract, 5.1, 5.17).
//!
//! The one request of an account is a row. It carries no token: only the named administrator can answer it, signed in, and
//! the mails lead to pages that ask. Both accounts are held from the beginning of each transaction, the one of the lower
//! key first, so that what was checked about them holds when it is done and no two transactions wait for one another.

mod accept;
mod cancel;
mod expire;
mod held;
mod obstacle;
mod page;
mod reject;
mod request;
mod undo;

pub use accept::accept;
pub use cancel::cancel;
pub(crate) use expire::note_expired;
pub use page::page;
pub use reject::reject;
pub use request::{check, request};
pub(crate) use undo::undo_until;
pub use undo::{undo, undoable};

use domain::time::Timestamp;
use domain::transformation::UNDO_DAYS;

/// What was accepted at this moment or before cannot be undone any more.
pub(crate) const fn too_late_to_undo(now: Timestamp) -> Timestamp {
    now.plus_days(-UNDO_DAYS)
}
