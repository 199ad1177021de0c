//! Reading a server function without its types: one way for all pages.

use crate::error::Failure;
use domain::form::UiError;
use leptos::server_fn::ServerFn;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A server function that a page reads: its arguments are the query of an address, its answer is JSON.
pub(crate) trait PageRead: ServerFn<Error = Failure, Output: Shown> + Serialize + Send + Sync + 'static {}

impl<F> PageRead for F where F: ServerFn<Error = Failure, Output: Shown> + Serialize + Send + Sync + 'static {}

/// What a page shows.
pub(crate) trait Shown: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static {}

impl<T> Shown for T where T: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static {}

/// The address under which the browser reads it.
pub(crate) fn address<F: PageRead>(arguments: &F) -> String {
    // Arguments are flat structs of strings, which always are a query.
    let query = serde_qs::to_string(arguments).unwrap_or_default();
    format!("{}?{query}", F::PATH)
}

/// What came of reading: JSON of the function's output.
pub(crate) type Answer = Result<String, UiError>;

/// Runs the function itself, on the server.
#[cfg(feature = "ssr")]
pub(crate) async fn answer<F: PageRead>(arguments: F) -> Answer {
    let output = arguments.run_body().await.map_err(|failure| failure.0)?;
    serde_json::to_string(&output).map_err(|error| crate::backend::respond::told(&error.into()))
}
