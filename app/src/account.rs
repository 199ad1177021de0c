//! People: signing out, creating one's account, confirming one's address, and the settings of one's account.

mod blockers;
pub(crate) mod confirm;
pub(crate) mod delete;
pub(crate) mod delete_organization;
pub(crate) mod register;
pub(crate) mod sessions;
pub(crate) mod sign_ins;
pub(crate) mod sign_out;
