//! People: signing out, creating one's account, confirming one's address, and the settings of one's account.

mod blockers;
pub(crate) mod confirm;
mod delete;
pub(crate) mod delete_organization;
pub(crate) mod page;
mod read;
pub(crate) mod register;
mod sessions;
mod sign_ins;
pub(crate) mod sign_out;
