//! The stream of server-sent events that tells an open page of changes.

use futures::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// How long to wait after a stream that the server did not give; each time twice as long.
const PAUSE: Duration = Duration::from_secs(10);

/// The longest pause.
const LONGEST: Duration = Duration::from_secs(300);

/// A stream that is read until this is dropped.
pub(crate) struct Events(Rc<Reading>);

#[derive(Default)]
struct Reading {
    over: Cell<bool>,
    /// Open as long as it stands here.
    source: RefCell<Option<EventSource>>,
}

impl Events {
    /// Reads the events "change" of an address. The browser itself comes back after a break. When the server does not
    /// take it any more, that is told too, since the page will say why; then it is tried again now and then.
    pub(crate) fn read(address: impl Fn() -> String + 'static, told: impl Fn() + 'static) -> Self {
        let reading = Rc::new(Reading::default());
        let task = Rc::clone(&reading);
        leptos::task::spawn_local(async move {
            let mut wait = PAUSE;
            while !task.over.get() {
                if let Ok(mut source) = EventSource::new(&address())
                    && let Ok(mut changes) = source.subscribe("change")
                {
                    task.source.replace(Some(source));
                    while let Some(Ok(_)) = changes.next().await {
                        wait = PAUSE;
                        told();
                    }
                }
                if !task.over.get() {
                    told();
                    super::pause::pause(wait).await;
                    wait = LONGEST.min(wait.saturating_mul(2));
                }
            }
        });
        Self(reading)
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.0.over.set(true);
        // Ends the stream, and with it the task.
        let source = self.0.source.take();
        drop(source);
    }
}
