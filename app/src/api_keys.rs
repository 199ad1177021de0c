//! API keys: the page, and what can be done to a key.

mod article;
mod commands;
mod confirm;
mod create;
mod create_for_organization;
mod create_form;
mod cut_off;
mod delete;
mod edit;
mod members_keys;
pub(crate) mod new_key;
pub(crate) mod of_organization;
pub(crate) mod page;
mod read;
pub(crate) mod regenerate;
mod revoke;
