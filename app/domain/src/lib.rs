//! The words of the gallery, as types: names, roles, permissions, versions, forms, messages and what a page shows.
//!
//! Everything here can be decided from values alone. There is no input or output, no clock, no randomness, and nothing
//! of Leptos, axum, sea-orm or tokio, so that the browser runs the very same rules as the server.

pub mod account;
pub mod api_key;
pub mod audit;
pub mod deletion;
pub mod form;
pub mod invitation;
pub mod links;
pub mod member;
pub mod notification;
pub mod organization;
pub mod ownership;
pub mod package;
pub mod page;
pub mod permission;
pub mod prefix;
pub mod profile;
pub mod security;
pub mod session;
pub mod settings;
pub mod site;
pub mod size;
pub mod time;
pub mod transformation;
pub mod trusted_publishing;
pub mod upload;
