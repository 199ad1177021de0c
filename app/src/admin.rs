//! Administering the site: accounts, packages, and what happened.

mod accounts;
mod delete_version;
mod find;
mod packages;
pub(crate) mod page;
mod set_locked;
mod set_package_locked;
