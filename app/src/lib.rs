//! The pages of Guildhall: Leptos components and server functions.
//!
//! Modules go by feature. Beside them stand `ui` (the controls), `layout` (what surrounds every page), `page` (how a
//! page reads its data and tells its errors), `dom` (what only a browser can do, a file a capability) and, on the
//! server, `backend` (what server functions are given).

#![expect(
    unreachable_pub,
    reason = "the component macro writes `pub`, whatever stands before the function"
)]

mod account;
mod admin;
mod api_keys;
mod audit;
#[cfg(feature = "ssr")]
pub mod backend;
mod dom;
pub mod error;
mod help;
mod home;
mod layout;
mod members;
mod notifications;
mod organizations;
mod ownership;
mod packages;
mod page;
mod prefixes;
mod profiles;
mod routes;
mod settings;
mod sign_in;
mod transform;
mod trusted_publishing;
mod ui;
mod upload;

pub use layout::assets::SiteAssets;
pub use layout::shell::shell;
pub use routes::App;

/// Makes the page that the server rendered live. The browser's whole entry point.
///
/// The page's chunk comes first, then all goes live at once. If it does not come, nothing does, and the page is what it
/// is without script: links load documents, forms are posted.
#[cfg(feature = "hydrate")]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    routes::load(&dom::document::path()).await;
    leptos::mount::hydrate_body(App);
}
