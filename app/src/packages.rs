//! Packages: finding one, its page, and managing one's own.

pub(crate) mod card;
pub(crate) mod manage;
pub(crate) mod owned;
pub(crate) mod page;
pub(crate) mod search;
