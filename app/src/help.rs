//! Pages to be read: how to use organizations, and the feed.

pub(crate) mod feed;
pub(crate) mod organizations;
