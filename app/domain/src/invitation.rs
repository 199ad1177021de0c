//! How long what was sent stays good (product contract, 5.1).

use crate::time::DAY;

/// An invitation ends after 14 days without an answer.
pub const INVITATION_SECONDS: i64 = 14 * DAY;

/// The link that confirms an address ends after 7 days.
pub const CONFIRMATION_SECONDS: i64 = 7 * DAY;

/// At most this many invitations of one organization are open at a time.
pub const OPEN_INVITATIONS: u64 = 200;
