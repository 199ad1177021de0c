//! Reserved prefixes: site administrators reserve them, owners publish under them, and packages carry the mark.

mod change;
mod holders;
mod list;
mod mark;
mod matching;
mod owners;
mod release;
mod reserve;

pub use change::change;
pub(crate) use holders::{holds_prefix_of, may_act_for_holder};
pub use list::list;
pub(crate) use list::of_accounts;
pub(crate) use mark::recompute;
pub(crate) use matching::for_new_id;
pub use release::release;
pub use reserve::reserve;
