//! What only a browser can do: one file a capability. All of it runs in event handlers and effects, never while a page
//! is rendered, so that the first render is the same on both sides.

pub(crate) mod clipboard;
pub(crate) mod dialog;
pub(crate) mod document;
pub(crate) mod events;
pub(crate) mod fetch;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod kept;
pub(crate) mod local_time;
pub(crate) mod pause;
pub(crate) mod typed;
pub(crate) mod upload;
