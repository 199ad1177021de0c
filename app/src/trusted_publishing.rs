//! Trusted publishing: the pages with policies, and what can be done to a policy.

mod activate;
mod article;
mod create;
mod create_for_organization;
mod cut_off;
mod delete;
mod edit;
mod fields;
mod members_policies;
pub(crate) mod of_organization;
pub(crate) mod page;
mod read;
mod snippets;
