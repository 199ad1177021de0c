//! Signing in through a provider: the way there, and what comes of the identity that it vouches for.

mod attempt;
mod finish;

pub use attempt::{Attempt, begin, take};
pub(crate) use finish::ADDRESS_OF_ANOTHER_ACCOUNT;
pub use finish::{Identity, SignedIn, finish};
