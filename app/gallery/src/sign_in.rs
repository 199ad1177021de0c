//! Signing in through a provider: the way there, and what comes of the identity that it vouches for; linking
//! further sign-ins to an account, and unlinking them.

mod attempt;
mod finish;
mod link;
mod list;
mod unlink;

pub use attempt::{Attempt, begin, take};
pub(crate) use finish::ADDRESS_OF_ANOTHER_ACCOUNT;
pub use finish::{Identity, SignedIn, finish};
pub use link::link;
pub(crate) use list::list;
pub use unlink::{Unlinked, unlink};
