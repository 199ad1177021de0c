//! What a person is told in the application.

pub(crate) mod page;
