//! Pages to be read: how to use organizations, and the feed.

mod client;
pub(crate) mod feed;
pub(crate) mod organizations;
mod part;
mod refusals;
