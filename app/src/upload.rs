//! Packages on their way in: dropped, reviewed, published.

pub(crate) mod page;
