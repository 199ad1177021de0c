//! The front page.

mod beginning;
pub(crate) mod page;
mod recent;
