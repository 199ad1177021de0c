//! The HTTP status of a page. One of the three files that know how a page reaches the server's answer.

/// Sets the status of the page that is being rendered; in the browser, where there is none, nothing happens.
pub(crate) fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(answer), Ok(status)) = (
        leptos::prelude::use_context::<leptos_axum::ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        answer.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}
