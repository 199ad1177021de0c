//! SQL, and nothing else: rows become values of the domain here, and nothing outside this module names a column.
//!
//! Whatever changes a row takes the writing transaction, and, where somebody's right is needed, the witness of that
//! right, from which it takes the key. One file a table.

pub(crate) mod account_settings;
pub(crate) mod accounts;
pub(crate) mod api_keys;
pub(crate) mod audit;
pub(crate) mod blockers;
pub(crate) mod catalog;
pub(crate) mod check;
pub(crate) mod deletion;
pub(crate) mod deletions;
pub(crate) mod dependencies;
pub(crate) mod deprecations;
pub(crate) mod development_identities;
pub(crate) mod drafts;
pub(crate) mod former_names;
pub(crate) mod identities;
pub(crate) mod invitations;
pub(crate) mod keyset;
pub(crate) mod logos;
pub(crate) mod memberships;
pub(crate) mod notifications;
pub(crate) mod nul;
pub(crate) mod of_members;
pub(crate) mod outcomes;
pub(crate) mod owners;
pub(crate) mod ownership_requests;
pub(crate) mod packages;
pub(crate) mod packages_owned;
pub(crate) mod prefixes;
pub(crate) mod publishers;
pub(crate) mod publishing_policies;
pub(crate) mod registrations;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod short_lived_keys;
pub(crate) mod sign_in_attempts;
pub(crate) mod transformations;
pub(crate) mod used_tokens;
pub(crate) mod verified;
pub(crate) mod versions;
