//! The right to do something, as a value: who has an [`Authorized`] has passed the permission table, in the transaction
//! that writes. It has no other constructor, and the functions of `store` that change anything ask for it.

mod open_to;
mod standing;
mod witness;

pub(crate) use open_to::organizations_open_to;
pub(crate) use standing::{
    Hold, account_by_key, account_by_name, policies_for_members, policies_of, standing_behind_key, standing_of,
    state_of,
};
pub use witness::*;
