//! Organizations: the list of one's own, adding one, and the pages of one.

pub(crate) mod add;
pub(crate) mod confirm;
pub(crate) mod mine;
pub(crate) mod overview;
pub(crate) mod packages;
