//! Public profiles, the same for users and organizations.

pub(crate) mod page;
