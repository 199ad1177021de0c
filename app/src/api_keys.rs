//! API keys: the page, and what can be done to a key.

pub(crate) mod page;
