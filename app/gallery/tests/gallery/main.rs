//! The use cases, each on both databases, through the public door of the crate.
#![cfg(test)]

mod accounts;
mod api_keys;
mod audit_chain;
mod audit_trail;
mod check;
mod deprecation;
mod development;
mod feed;
mod frequency;
mod hostile;
mod import;
mod invitations;
mod jobs;
mod listing;
mod members;
mod notifications;
mod organizations;
mod outcomes;
mod ownership;
mod ownership_moves;
mod ownership_races;
mod package_page;
mod parcels;
mod people;
mod prefixes;
mod profiles;
mod publish;
mod races;
mod search;
mod sessions;
mod sign_in;
mod sweep;
mod throttle;
mod uploads;
