//! Transforming one's account into an organization, answering such a request, and undoing it.

pub(crate) mod answer;
pub(crate) mod cancel;
mod check;
mod confirm;
pub(crate) mod page;
pub(crate) mod undo;
