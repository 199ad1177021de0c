//! Organizations: the list of one's own, adding one, and the pages of one.

pub(crate) mod add;
pub(crate) mod confirm;
pub(crate) mod head;
pub(crate) mod mine;
mod next_steps;
pub(crate) mod overview;
pub(crate) mod packages;
mod resend_confirmation;
mod signed_in;
