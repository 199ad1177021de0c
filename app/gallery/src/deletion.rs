//! Deletes an account or an organization, unless something stands in the way. It is immediate and for ever.

mod account;
mod blockers;
mod farewell;
mod organization;

pub use account::delete_account;
pub use blockers::{of_account, of_organization};
pub use organization::delete_organization;
