//! Pages to be read: how to use organizations, and the feed.

mod chapters;
mod client;
pub(crate) mod feed;
pub(crate) mod organizations;
mod part;
mod reader;
mod refusals;
mod rights;
