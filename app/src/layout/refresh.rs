//! Reading the page's data anew, after something was changed.

use crate::dom;
use leptos::prelude::*;

/// The signal that every page's data listens to.
#[derive(Clone, Copy)]
pub(crate) struct Refresh {
    times: RwSignal<u32>,
    focus: StoredValue<String>,
}

impl Refresh {
    /// Provides the signal.
    pub(crate) fn provide() -> Self {
        let refresh = Self {
            times: RwSignal::new(0),
            focus: StoredValue::new(String::new()),
        };
        provide_context(refresh);
        refresh
    }

    /// The signal of this application.
    pub(crate) fn of_context() -> Self {
        expect_context()
    }

    /// Has the page's data read anew. What is on the screen stays until then, and the focus stays where it is even if
    /// the control that has it is drawn anew.
    pub(crate) fn page(self) {
        self.focus.set_value(dom::focus::current());
        self.times.update(|times| *times = times.wrapping_add(1));
    }

    /// How often that happened; reading it subscribes to it.
    pub(crate) fn times(self) -> u32 {
        self.times.get()
    }

    /// To be called when the new data has come: gives the focus back once it is drawn.
    pub(crate) fn arrived(self) {
        let control = self.focus.get_value();
        if !control.is_empty() {
            self.focus.set_value(String::new());
            request_animation_frame(move || dom::focus::restore(&control));
        }
    }
}
