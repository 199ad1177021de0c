//! Reading the page's data anew, after something was changed.

use crate::dom;
use leptos::prelude::*;

/// The signal that every page's data listens to.
#[derive(Clone, Copy)]
pub(crate) struct Refresh {
    times: RwSignal<u32>,
    read_at: StoredValue<f64>,
}

impl Refresh {
    /// Provides the signal.
    pub(crate) fn provide() -> Self {
        let refresh = Self {
            times: RwSignal::new(0),
            // The first page's data came with the document.
            read_at: StoredValue::new(0.0),
        };
        provide_context(refresh);
        refresh
    }

    /// The signal of this application.
    pub(crate) fn of_context() -> Self {
        expect_context()
    }

    /// Has the page's data read anew. What is on the screen stays until then.
    pub(crate) fn page(self) {
        self.times.update(|times| *times = times.wrapping_add(1));
    }

    /// How often that happened; reading it subscribes to it.
    pub(crate) fn times(self) -> u32 {
        self.times.get()
    }

    /// To be called when data begins to be read.
    pub(crate) fn reads(self) {
        self.read_at.try_set_value(dom::pause::since_document());
    }

    /// How many seconds old the page's data is, rounded up.
    pub(crate) fn age(self) -> u32 {
        let age = dom::pause::since_document() - self.read_at.try_get_value().unwrap_or_default();
        // A page that is open for longer than 30 days is told that it is.
        age.clamp(0.0, 2_592_000.0).ceil() as u32
    }
}
