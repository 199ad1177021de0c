//! API keys: the page, and what can be done to a key.

mod article;
mod commands;
mod confirm;
mod create;
mod create_form;
mod delete;
mod edit;
mod new_key;
pub(crate) mod page;
mod read;
mod regenerate;
mod revoke;
