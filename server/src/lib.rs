//! The server: configuration, routes, cookies, sign-in, the NuGet wire formats and the command line.
//!
//! It is thin: rules are the business of `domain` and `gallery`, pixels that of `app`.

pub mod cli;
pub mod config;
mod logging;
pub mod nuget;
pub mod oauth;
pub mod router;
pub mod serve;
pub mod state;
pub mod web;
pub mod workload;
