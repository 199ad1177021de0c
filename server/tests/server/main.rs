//! The tests of the server through its own door: one binary, a module a subject.
#![cfg(test)]

mod arrows;
mod audit_download;
mod authorization_matrix;
mod command_line;
mod config;
mod health;
mod house;
mod inside;
mod kill;
mod live;
mod logo;
mod nuget_flat_container;
mod nuget_kept;
mod nuget_odd_clients;
mod nuget_push;
mod nuget_refusals;
mod nuget_registration;
mod nuget_search;
mod nuget_service_index;
mod nuget_site;
mod nuget_wire;
mod real_client;
mod shell;
mod sign_in;
mod trusted_publishing;
