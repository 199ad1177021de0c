//! What server functions are given, and how they answer. Only on the server.

pub mod request;
pub(crate) mod respond;

pub(crate) use request::{actor, backend, gallery, viewer_actor};
