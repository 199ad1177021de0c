//! What surrounds every page: the document, the header, the menu, the status element, the footer.

mod account_menu;
pub(crate) mod announcer;
pub(crate) mod assets;
mod footer;
pub(crate) mod frame;
mod header;
pub(crate) mod heading;
pub(crate) mod hint;
mod live;
pub(crate) mod navigation;
pub(crate) mod redirect;
pub(crate) mod refresh;
pub(crate) mod shell;
pub(crate) mod status;
mod transformation;
mod unconfirmed;
mod unread;
pub(crate) mod visit;
