//! What is known when a page or a server function runs. The server provides [`Backend`] and [`RequestInfo`] as contexts.

use crate::layout::visit::Facts;
use domain::form::{Outcome, UiError};
use domain::session::{SignInPage, Viewer};
use gallery::{Actor, Gallery, Who};
use http::HeaderValue;
use leptos::prelude::use_context;
use std::sync::Arc;

/// The same for all requests.
#[derive(Clone)]
pub struct Backend {
    /// The use cases.
    pub gallery: Gallery,
    /// What pages say about the site.
    pub site: Arc<SiteInfo>,
}

/// What pages say about the site.
pub struct SiteInfo {
    /// The address that users see, without a slash at its end.
    pub public_url: String,
    /// The ways to sign in, or why nobody can.
    pub sign_in: SignInPage,
    /// The largest package that can be uploaded, in bytes.
    pub package_limit: u64,
    /// How a session's cookie is written.
    pub cookies: Arc<dyn SessionCookies>,
}

/// The cookie of a session, as the server's configuration wants it.
pub trait SessionCookies: Send + Sync {
    /// The `Set-Cookie` header that begins a session; nothing if the token is no cookie's value.
    fn begin(&self, token: &str) -> Option<HeaderValue>;

    /// The `Set-Cookie` header that ends it.
    fn end(&self) -> Option<HeaderValue>;
}

/// One request. It holds secrets, so it has no `Debug`.
#[derive(Clone)]
pub struct RequestInfo {
    /// Who asks: a person in a session, or nobody.
    pub actor: Actor,
    /// The same person as the header shows them.
    pub viewer: Option<Viewer>,
    /// The session's token, from its cookie.
    pub session: Option<String>,
    /// The token of a registration under way, from its cookie.
    pub registration: Option<String>,
    /// The number of the request in the log, which is the incident that a person is told.
    pub request_id: String,
    /// What came of a form sent without script, if the address names it.
    pub outcome: Option<Outcome>,
}

/// The use cases.
///
/// # Errors
/// When nothing was provided: a fault of the server's.
pub(crate) fn gallery() -> Result<Gallery, UiError> {
    Ok(backend()?.gallery)
}

/// What the server provides for all requests.
///
/// # Errors
/// As [`gallery`].
pub(crate) fn backend() -> Result<Backend, UiError> {
    use_context().ok_or_else(super::respond::no_context)
}

/// This request.
///
/// # Errors
/// As [`gallery`].
pub(crate) fn request() -> Result<RequestInfo, UiError> {
    use_context().ok_or_else(super::respond::no_context)
}

/// The person who is signed in.
///
/// # Errors
/// When nobody is.
pub(crate) fn actor() -> Result<Actor, UiError> {
    let actor = request()?.actor;
    match actor.who {
        Who::Anonymous => Err(UiError::sign_in()),
        _ => Ok(actor),
    }
}

/// Whoever asks, signed in or not.
///
/// # Errors
/// As [`gallery`].
pub(crate) fn viewer_actor() -> Result<Actor, UiError> {
    Ok(request()?.actor)
}

/// Who is signed in, as the header shows them.
pub(crate) fn viewer() -> Option<Viewer> {
    use_context::<RequestInfo>().and_then(|request| request.viewer)
}

/// What the first page tells the browser. While the routes are listed there is no request, and nothing to tell.
pub(crate) fn facts(icons: String) -> Facts {
    let request = use_context::<RequestInfo>();
    let site = use_context::<Backend>().map(|backend| backend.site);
    Facts {
        viewer: request.as_ref().and_then(|request| request.viewer.clone()),
        outcome: request.and_then(|request| request.outcome),
        public_url: site.map(|site| site.public_url.clone()).unwrap_or_default(),
        icons,
    }
}
