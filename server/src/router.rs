//! All routes, and what stands around them.

use crate::state::AppState;
use crate::{nuget, oauth, web};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::{BoxError, Router};
use futures::FutureExt;
use futures::future::{BoxFuture, Either, ready};
use std::convert::Infallible;
use std::task::{Context, Poll};
use tower::{Service, ServiceExt};
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

/// Everything that the server answers.
#[derive(Clone)]
pub struct Site {
    state: AppState,
    router: Router,
}

impl Site {
    /// Puts the routes together.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        let router = routes(state.clone());
        Self { state, router }
    }

    /// Answers a request: at once, where the answer is at hand.
    pub fn answer<B>(&self, request: Request<B>) -> impl Future<Output = Result<Response, Infallible>> + Send + use<B>
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        match nuget::kept(&self.state, &request) {
            Some(answer) => Either::Left(ready(Ok(answer))),
            None => Either::Right(self.router.clone().oneshot(request.map(Body::new))),
        }
    }
}

/// As a service, for whoever calls it without a connection.
impl Service<Request<Body>> for Site {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        self.answer(request).boxed()
    }
}

fn routes(state: AppState) -> Router {
    let csrf = CsrfLayer::new()
        .add_trusted_origin(state.public_url())
        .expect("a public address is an origin: scheme, host and port, in ASCII");
    // Pages repeat themselves. No secret stands in two of them, so their lengths tell nothing about one.
    let pages = web::pages::routes()
        .merge(web::rpc::routes())
        .layer(CompressionLayer::new());
    let with_cookies = Router::new()
        .merge(oauth::routes(&state.sign_in))
        .merge(web::live::routes())
        .merge(web::upload::routes())
        .merge(web::icon::routes())
        .merge(web::logo::routes())
        .merge(web::audit_download::routes())
        .merge(pages)
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
