//! People: signing out, creating one's account, confirming one's address.

pub(crate) mod confirm;
pub(crate) mod register;
pub(crate) mod sign_out;
