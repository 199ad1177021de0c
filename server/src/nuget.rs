//! The feed: what NuGet clients and CI jobs talk to (protocol V3, and the addresses of V2 for pushing).
//!
//! | file | answers |
//! |---|---|
//! | `service_index` | what there is, and where |
//! | `flat_container` | versions and files: all that a restore needs |
//! | `registration` | metadata of versions, in three hives |
//! | `search`, `autocomplete` | finding packages |
//! | `push`, `listing` | publishing, unlisting and relisting with an API key |
//! | `token` | a key that lives for an hour, for the token of a workload |
//!
//! No cookie is read here. What is asked for often is kept rendered by `feed`, and answered by `kept` before anything else
//! looks at the request; how a "no" reaches the person behind a
//! client stands in `refusal`.

mod addresses;
mod autocomplete;
mod deprecation;
mod feed;
mod flat_container;
mod kept;
mod key_holder;
mod listing;
mod push;
mod query;
mod read_problem;
mod refusal;
mod registration;
mod rendition;
mod search;
mod service_index;
mod token;

use crate::state::AppState;
use axum::Router;
use axum::routing::MethodRouter;
pub(crate) use feed::Feed;
pub(crate) use kept::kept;

/// One table for the router and for whoever wants to know every address and its methods.
macro_rules! endpoints {
    ($($path:literal: $($method:ident $handler:path),+;)+) => {
        /// Every address of the feed with its methods, in lower case; where there is `get`, there is `head`.
        pub const ENDPOINTS: &[(&str, &[&str])] = &[$(($path, &[$(stringify!($method)),+])),+];

        /// The routes of the feed.
        pub fn routes() -> Router<AppState> {
            Router::new()
                $(.route($path, MethodRouter::new()$(.$method($handler))+))+
        }
    };
}

endpoints! {
    "/v3/index.json": get service_index::show;
    "/v3/query": get search::search;
    "/v3/autocomplete": get autocomplete::complete;

    "/v3/registration/{id}/index.json": get registration::index;
    "/v3/registration/{id}/page/{lower}/{upper}": get registration::page;
    "/v3/registration/{id}/{version}": get registration::leaf;
    "/v3/registration-gz/{id}/index.json": get registration::index;
    "/v3/registration-gz/{id}/page/{lower}/{upper}": get registration::page;
    "/v3/registration-gz/{id}/{version}": get registration::leaf;
    "/v3/registration-gz-semver2/{id}/index.json": get registration::index;
    "/v3/registration-gz-semver2/{id}/page/{lower}/{upper}": get registration::page;
    "/v3/registration-gz-semver2/{id}/{version}": get registration::leaf;

    "/v3/package/{id}/index.json": get flat_container::versions;
    "/v3/package/{id}/{version}/{file}": get flat_container::file;

    // Clients put a slash behind whatever address they are given, and push to a V2 source's own address.
    "/api/v2": put push::push, post push::push;
    "/api/v2/": put push::push, post push::push;
    "/api/v2/package": put push::push, post push::push;
    "/api/v2/package/": put push::push, post push::push;
    "/nuget": put push::push, post push::push;
    "/nuget/": put push::push, post push::push;
    "/nuget/package": put push::push, post push::push;
    "/nuget/package/": put push::push, post push::push;

    "/api/v2/token": post token::exchange;

    "/api/v2/package/{id}/{version}": delete listing::unlist, post listing::relist;
    "/nuget/package/{id}/{version}": delete listing::unlist, post listing::relist;
    // Clients with a V2 source unlist without "package".
    "/api/v2/{id}/{version}": delete listing::unlist;
    "/nuget/{id}/{version}": delete listing::unlist;
}
