//! The use cases, each on both databases, through the public door of the crate.

mod accounts;
mod audit_trail;
mod development;
mod invitations;
mod members;
mod notifications;
mod organizations;
mod outcomes;
mod package_page;
mod parcels;
mod people;
mod profiles;
mod publish;
mod races;
mod sessions;
mod sign_in;
