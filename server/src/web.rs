//! What browsers talk to, and what stands around every request.

pub mod assets;
pub(crate) mod audit_download;
mod canonical;
pub mod client;
pub mod cookies;
pub(crate) mod failure;
mod form_answer;
mod headers;
pub mod health;
pub(crate) mod icon;
pub(crate) mod negotiation;
pub mod pages;
mod plain_form;
mod request_log;
pub mod rpc;
pub mod upload;
mod visitor;

pub(crate) use headers::protect;
pub(crate) use request_log::{RequestId, log};
pub(crate) use visitor::{Visitor, recognize};
