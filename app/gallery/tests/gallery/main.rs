//! The use cases, each on both databases, through the public door of the crate.
#![cfg(test)]

mod accounts;
mod api_keys;
mod audit_chain;
mod audit_trail;
mod check;
mod development;
mod feed;
mod frequency;
mod hostile;
mod import;
mod invitations;
mod jobs;
mod key_expiry;
mod key_policies;
mod listing;
mod members;
mod members_keys;
mod notifications;
mod offboarding;
mod organization_keys;
mod organizations;
mod outcomes;
mod package_page;
mod parcels;
mod people;
mod profiles;
mod publish;
mod races;
mod search;
mod sessions;
mod sign_in;
mod sweep;
mod throttle;
mod uploads;
