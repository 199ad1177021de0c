//! What the browser is told to fetch before it finds out by itself. One of the three files that know how a page reaches
//! the server's answer.

/// Has the browser fetch a chunk of the WASM along with the rest: the page that is being rendered will need it. In the
/// browser itself nothing happens.
pub(crate) fn chunk(name: &str) {
    #[cfg(feature = "ssr")]
    if let Some(answer) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        for address in super::assets::SiteAssets::of_context().chunk(name) {
            let hint = format!("<{address}>; rel=preload; as=fetch; crossorigin");
            if let Ok(hint) = http::HeaderValue::from_str(&hint) {
                answer.append_header(http::header::LINK, hint);
            }
        }
    }
    #[cfg(not(feature = "ssr"))]
    let _ = name;
}
