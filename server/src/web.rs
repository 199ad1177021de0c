//! What browsers talk to, and what stands around every request.

pub mod assets;
pub(crate) mod audit_download;
mod canonical;
pub mod client;
pub mod cookies;
pub(crate) mod failure;
mod form_answer;
pub(crate) mod headers;
pub mod health;
pub(crate) mod icon;
pub mod live;
pub(crate) mod logo;
pub(crate) mod negotiation;
pub mod pages;
pub(crate) mod patience;
mod plain_form;
pub(crate) mod renamed;
mod request_log;
pub mod rpc;
pub(crate) mod segments;
pub mod upload;
mod visitor;
mod words;

pub(crate) use headers::protect;
pub(crate) use patience::end_patience;
pub(crate) use request_log::{RequestId, log};
pub(crate) use visitor::{Visitor, recognize};
pub(crate) use words::find_words;
