//! One entity a table; one file each.

pub mod account;
pub mod account_name;
pub mod api_key;
pub mod audit_event;
pub mod audit_trail;
pub mod catalog_entry;
pub mod dependency;
pub mod development_identity;
pub mod draft;
pub mod identity;
pub mod invitation;
pub mod job;
pub mod membership;
pub mod notification;
pub mod outcome;
pub mod package;
pub mod package_owner;
pub mod registration;
pub mod session;
pub mod sign_in_attempt;
pub mod version;
