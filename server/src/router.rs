//! All routes, and what stands around them.

use crate::state::AppState;
use crate::{nuget, oauth, web};
use axum::Router;
use axum::middleware::from_fn_with_state;
use tower_http::csrf::CsrfLayer;

/// Everything that the server answers.
pub fn build(state: AppState) -> Router {
    let csrf = CsrfLayer::new()
        .add_trusted_origin(state.public_url())
        .expect("a public address is an origin: scheme, host and port, in ASCII");
    let with_cookies = Router::new()
        .merge(oauth::routes(&state.sign_in))
        .merge(web::rpc::routes())
        .merge(web::live::routes())
        .merge(web::upload::routes())
        .merge(web::icon::routes())
        .merge(web::logo::routes())
        .merge(web::audit_download::routes())
        .merge(web::pages::routes())
        .layer(from_fn_with_state(state.clone(), web::recognize))
        .layer(axum::middleware::from_fn(web::end_patience))
        .layer(csrf)
        .layer(from_fn_with_state(state.clone(), web::find_words));
    let without_cookies = Router::new()
        .merge(nuget::routes())
        .merge(web::health::routes())
        .merge(web::icon::public_routes())
        .merge(web::logo::public_routes())
        .merge(state.site.routes());
    with_cookies
        .merge(without_cookies)
        .layer(from_fn_with_state(state.clone(), web::renamed::lead_on))
        .layer(from_fn_with_state(state.clone(), web::client::recognize))
        .layer(from_fn_with_state(state.clone(), web::log))
        .layer(from_fn_with_state(state.clone(), web::protect))
        .with_state(state)
}
