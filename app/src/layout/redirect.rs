//! Sending a visitor elsewhere instead of showing the page. One of the three files that know how a page reaches the
//! server's answer.

use super::navigation::Navigator;
use domain::links::LocalPath;
use leptos::prelude::*;

/// Shows nothing and leads to another page: on the server with status 302, in the browser by navigating there, so that
/// the browser's back button passes this page by.
#[component]
pub(crate) fn Redirect(to: LocalPath) -> impl IntoView {
    answer(&to);
    let navigator = Navigator::of_context();
    Effect::new(move |_| navigator.replace(to.as_str()));
}

fn answer(to: &LocalPath) {
    #[cfg(feature = "ssr")]
    if let (Some(answer), Ok(location)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::HeaderValue::from_str(to.as_str()),
    ) {
        super::status::set_status(302);
        answer.insert_header(http::header::LOCATION, location);
        answer.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
    #[cfg(not(feature = "ssr"))]
    let _ = to;
}
