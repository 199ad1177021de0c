//! Organizations: adding one, confirming its address, and its pages.

mod add;
mod confirm;
mod head;
mod help_reader;
mod mine;
mod overview;
mod packages;

pub use add::add;
pub use confirm::{confirm_email, resend_confirmation};
pub use head::head;
pub(crate) use head::head_of;
pub use help_reader::help_reader;
pub use mine::mine;
pub use overview::overview;
pub use packages::packages;
