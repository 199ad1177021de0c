//! The right to do something, as a value: who has an [`Authorized`] has passed the permission table, in the transaction
//! that writes. It has no other constructor, and the functions of `store` that change anything ask for it.

mod site;
mod standing;
mod witness;

pub use site::AdministersSite;
pub(crate) use site::may_administer_site;
pub(crate) use standing::{Hold, account_by_key, account_by_name, standing_of, state_of};
pub use witness::*;
