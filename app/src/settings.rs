//! The settings of one's own account and of organizations. Both pages are made of the same sections; every form says by
//! a hidden field which account it is about.

pub(crate) mod account;
mod email;
mod logo;
mod notifications;
pub(crate) mod organization;
mod policies;
mod profile;
mod rename;
mod section;
