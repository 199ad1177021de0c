//! The stream of server-sent events that tells an open page of changes.

use futures::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// How long to wait after a stream that could not be read.
const PAUSE: Duration = Duration::from_secs(10);

/// A stream that is read until this is dropped.
pub(crate) struct Events(Rc<Reading>);

#[derive(Default)]
struct Reading {
    over: Cell<bool>,
    /// Open as long as it stands here.
    source: RefCell<Option<EventSource>>,
}

impl Events {
    /// Reads the events "change" of an address. The browser itself comes back after a break; when the server does not
    /// take it any more, it is tried again now and then.
    pub(crate) fn read(address: String, told: impl Fn() + 'static) -> Self {
        let reading = Rc::new(Reading::default());
        let task = Rc::clone(&reading);
        leptos::task::spawn_local(async move {
            while !task.over.get() {
                if let Ok(mut source) = EventSource::new(&address)
                    && let Ok(mut changes) = source.subscribe("change")
                {
                    task.source.replace(Some(source));
                    while let Some(Ok(_)) = changes.next().await {
                        told();
                    }
                }
                if !task.over.get() {
                    super::pause::pause(PAUSE).await;
                }
                if !task.over.get() {
                    // What happened meanwhile was told to nobody.
                    told();
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
