//! Choosing how to sign in.

pub(crate) mod page;
