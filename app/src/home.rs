//! The front page.

pub(crate) mod page;
mod recent;
