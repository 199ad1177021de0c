//! Sessions of signed-in browsers. The cookie's value is random and kept as a hash; a session ends after 30 days
//! without use, and after 90 in any case.

mod list;
mod resolve;
mod revoke;
mod sign_out;
mod start;

pub(crate) use list::list;
pub use resolve::{SessionContext, look, resolve};
pub use revoke::revoke;
pub use sign_out::sign_out;
pub(crate) use start::{Beginning, person_actor, start};

use domain::time::Timestamp;

/// A session that nobody used for that many days is over.
const IDLE_DAYS: i64 = 30;

/// A session is over after that many days, however busy.
const LONGEST_DAYS: i64 = 90;

/// A session that was last used at or before this moment is over.
pub(crate) const fn forgotten_at(now: Timestamp) -> Timestamp {
    now.plus_days(-IDLE_DAYS)
}
