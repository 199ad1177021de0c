//! Waiting.

use futures::channel::oneshot;
use leptos::prelude::set_timeout;
use std::time::Duration;

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
