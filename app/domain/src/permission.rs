//! Who may do what: one static table, one pure function.
//!
//! Every question is asked in two halves, as on NuGet.org: *may this person act for that account?* and *may that
//! account do this to the thing?* [`decide`] answers both from values alone; the gallery reads the values in the
//! transaction that writes. The help page and the snapshot test print the same table, and [`explain()`] says why a decision
//! is what it is.

pub mod action;
pub mod decision;
pub mod explain;
pub mod policy;
pub mod role;
pub mod scope;

pub use action::Action;
pub use decision::{AccountState, Denied, KeyGrant, PersonState, Question, Subject, decide};
pub use explain::{Explanation, Named, NamedKey, Why, WhyAnswer, explain, key_at_rest, no_route};
pub use policy::{MemberPolicies, NewPackages, Policy, SignedInBy};
pub use role::{Role, Standing};
pub use scope::{Glob, GlobProblem, PushScope, Scopes};
