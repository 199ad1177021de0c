//! Owners of packages: adding, asking, answering, withdrawing, removing, and many packages at once.

mod accept;
mod add;
mod cancel;
pub(crate) mod change_packages;
pub(crate) mod owners;
mod reject;
mod remove;
pub(crate) mod requests;
pub(crate) mod selected;
