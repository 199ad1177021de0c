//! Members of an organization and the people invited to become one.

pub(crate) mod page;
