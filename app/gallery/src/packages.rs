//! Packages: publishing, listing, and the pages that show them.
//!
//! Publishing is one use case, [`publish`], for the upload page, for clients and for import. Sample data is written by the
//! hundred, in `publish_many`.

mod admit;
mod change_versions;
mod delete;
mod inspect;
mod latest;
mod listing;
mod lists;
mod lock;
mod mails;
mod manage;
mod page;
mod publish;
mod publish_many;
mod publisher;
mod push;
mod readme;
mod refusal;
mod rights;
pub(crate) mod search_text;
mod tell;
mod unlist;
mod used_by;
mod versions;
mod why;

pub use crate::search::search;
pub use admit::{Endpoint, admit, judge_key, refuse};
pub use change_versions::{VersionsChanged, change_versions};
pub use delete::{Deleted, delete};
pub(crate) use inspect::{Inspection, inspect};
pub use listing::{Listing, set_listing};
pub use lists::owned;
pub(crate) use lists::{card_view, cards_by_number, cards_of, owned_by};
pub use lock::{Locking, set_locked};
pub(crate) use manage::followed_by_insider;
pub use manage::manage_page;
pub use page::page;
pub use publish::{Bytes, Publish, Published, Tell, publish};
pub(crate) use publish::{Foreseen, foresee};
pub(crate) use publish_many::{Sample, write_many};
pub use push::push;
pub(crate) use readme::{Readmes, rendered_apart};
pub use refusal::{PushRefused, one_line};
pub(crate) use rights::{PublishRight, reserved_for};
pub(crate) use unlist::unlist_all;
