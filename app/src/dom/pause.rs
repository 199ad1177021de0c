//! Waiting, and how long it was.

use futures::channel::oneshot;
use js_sys::{Function, Reflect};
use leptos::prelude::{set_timeout, window};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Waits that long.
pub(crate) async fn pause(duration: Duration) {
    let (done, waiting) = oneshot::channel();
    let wake = move || {
        // Nobody waits any more: the page has gone away.
        let _ = done.send(());
    };
    set_timeout(wake, duration);
    let _ = waiting.await;
}

/// The seconds since the browser asked for the document, by a clock that nobody sets.
pub(crate) fn since_document() -> f64 {
    let performance = Reflect::get(&window(), &"performance".into()).unwrap_or_default();
    let now = Reflect::get(&performance, &"now".into()).and_then(JsCast::dyn_into::<Function>);
    let milliseconds = now.and_then(|now| now.call0(&performance));
    milliseconds.ok().and_then(|now| now.as_f64()).unwrap_or_default() / 1_000.0
}
