//! API keys: what a client shows instead of a session. A value is shown once; only its hash is kept.

mod authenticate;
mod change;
mod create;
mod cut_off;
mod expire;
mod list;
mod mails;
mod operator;
mod state;
mod value;
mod why;

pub(crate) use authenticate::check_still_good;
pub use authenticate::{KeyRefusal, authenticate};
pub use change::{confirm, delete, edit_globs, regenerate, revoke};
pub use create::{KEYS_OF_AN_ACCOUNT, create, create_for_organization};
pub(crate) use create::{globs_text, owner_of, scopes_text};
pub use cut_off::{CutOffKey, cut_off};
pub(crate) use expire::note_expiring;
pub use list::{mine, of_organization};
pub use operator::{OperatorKey, create_by_operator, revoke_by_name};
pub use value::KeyValue;
