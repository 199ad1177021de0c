//! The workloads (CI jobs) that come to publish: whose tokens are believed, whether one is genuine, and what it says.
//!
//! `issuers` knows the issuers of the configuration and their keys, `token` verifies, `claims` reads. What a workload may
//! do is the gallery's matter, which never sees a token.

mod claims;
mod issuers;
mod token;

pub use issuers::{IssuerProblem, Issuers};
pub(crate) use token::WorkloadProblem;
