//! What the page knows about its files: which are on their way, and what became of the others.

use super::item::{self, Item, Transfer};
use super::publish::PublishDraft;
use crate::dom;
use crate::dom::upload::Step;
use crate::layout::announcer::Announcer;
use crate::layout::visit::Visit;
use domain::form::{Done, UiError};
use domain::size::Bytes;
use domain::upload::{DraftView, UploadPage};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::sync::Arc;
use web_sys::File;

/// The id of the control with which files are chosen. It takes the focus when there is nothing else left to have it.
pub(super) const INPUT: &str = "upload-files";

/// The files of the page.
#[derive(Clone, Copy)]
pub(super) struct Uploads {
    data: Memo<UploadPage>,
    items: RwSignal<Vec<Item>>,
    discarded: StoredValue<Vec<i64>>,
    numbers: StoredValue<u32>,
    announcer: Announcer,
}

impl Uploads {
    /// Begins with the drafts that wait, and what was published without script just before this page.
    pub(super) fn new(data: Memo<UploadPage>) -> Self {
        let made = Visit::of_context()
            .done_by(PublishDraft::PATH)
            .and_then(|done| done.made);
        let published = made.map(|made| Item::Published {
            draft: 0,
            name: made.name,
            page: made.page.to_string(),
        });
        let drafts = untrack(|| data.with(|page| item::merge(&[], &page.drafts, &[])));
        Self {
            data,
            items: RwSignal::new(published.into_iter().chain(drafts).collect()),
            discarded: StoredValue::new(Vec::new()),
            numbers: StoredValue::new(0),
            announcer: Announcer::of_context(),
        }
    }

    /// The regions of the page.
    pub(super) fn shown(self) -> Vec<Item> {
        self.data.with(|page| {
            self.items
                .with(|items| item::merge(items, &page.drafts, &self.discarded.get_value()))
        })
    }

    /// The largest file that is sent.
    pub(super) fn limit(self) -> u64 {
        untrack(|| self.data.with(|page| page.limit))
    }

    /// Sends the files that were chosen, each on its own.
    pub(super) fn add(self, files: Vec<File>) {
        for file in files {
            let number = self.numbers.get_value();
            self.numbers.set_value(number.wrapping_add(1));
            let (name, size) = (file.name(), dom::files::size(&file));
            if size > self.limit() {
                let reason = too_large(self.limit());
                self.announcer.say(format!("{name}: {reason}"));
                self.items
                    .update(|items| items.push(Item::Failed { number, name, reason }));
                continue;
            }
            let sent = ArcRwSignal::new(None);
            let transfer = Transfer {
                number,
                name,
                size,
                sent: sent.clone(),
            };
            self.items.update(|items| items.push(Item::Sending(transfer)));
            dom::upload::send(number, file, move |step| match step {
                Step::Sent(bytes) => sent.set(Some(bytes)),
                Step::Ended(answer) => self.ended(number, answer),
            });
        }
    }

    /// Stops a file on its way.
    pub(super) fn stop(self, number: u32) {
        dom::upload::stop(number);
        self.announcer.say("The upload is stopped.");
        self.forget(number);
    }

    /// Forgets a file that never arrived.
    pub(super) fn forget(self, number: u32) {
        self.remove(|item| item.is_file(number));
    }

    /// Notes that a draft was discarded.
    pub(super) fn discarded(self, draft: i64) {
        self.discarded.update_value(|gone| gone.push(draft));
        self.remove(|item| item.is_draft(draft));
    }

    /// Notes that a draft was published.
    pub(super) fn published(self, draft: i64, done: Done) {
        let Some(made) = done.made else { return };
        let now = Item::Published {
            draft,
            name: made.name,
            page: made.page.to_string(),
        };
        self.replace(|item| item.is_draft(draft), now);
        focus_next(super::published::link_id(draft));
    }

    fn ended(self, number: u32, answer: Result<String, UiError>) {
        let parsed =
            answer.and_then(|json| serde_json::from_str::<DraftView>(&json).map_err(|_| crate::page::outdated()));
        let had_focus = dom::focus::current() == super::transfer::stop_id(number);
        let now = match parsed {
            Ok(draft) => {
                self.announcer.say(item::arrival(&draft));
                Item::Draft(Arc::new(draft))
            }
            Err(error) => {
                let name = self.name_of(number);
                self.announcer.say(format!("{name}: {}", error.message));
                Item::Failed {
                    number,
                    name,
                    reason: error.message,
                }
            }
        };
        let heading = now.heading();
        self.replace(|item| item.is_file(number), now);
        if had_focus {
            focus_next(heading);
        }
    }

    fn name_of(self, number: u32) -> String {
        let items = untrack(|| self.items.get());
        items
            .into_iter()
            .find_map(|item| match item {
                Item::Sending(transfer) if transfer.number == number => Some(transfer.name),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// Puts something else in the place of a region; a draft from elsewhere gets a place with it.
    fn replace(self, which: impl Fn(&Item) -> bool, now: Item) {
        self.items
            .update(|items| match items.iter_mut().find(|item| which(item)) {
                Some(item) => *item = now,
                None => items.push(now),
            });
    }

    /// Takes a region away. The focus goes to the one that takes its place, to the last one, or back to the beginning.
    fn remove(self, which: impl Fn(&Item) -> bool) {
        let mut shown = untrack(|| self.shown());
        let at = shown.iter().position(&which).unwrap_or_default();
        shown.retain(|item| !which(item));
        let next = shown.get(at).or_else(|| shown.last());
        let focus = next.map_or_else(|| INPUT.to_owned(), Item::heading);
        self.items.update(|items| items.retain(|item| !which(item)));
        focus_next(focus);
    }
}

/// Gives the focus to an element once it is drawn, unless it is elsewhere by then.
fn focus_next(id: String) {
    request_animation_frame(move || dom::focus::restore(&id));
}

/// The sentence about a file that is not even sent.
fn too_large(limit: u64) -> String {
    format!("This file is larger than {}, the limit of this site.", Bytes(limit))
}

#[cfg(test)]
mod tests {
    use super::too_large;

    #[test]
    fn a_file_that_is_too_large_is_told_the_limit() {
        assert_eq!(
            too_large(250 << 20),
            "This file is larger than 250 MiB, the limit of this site."
        );
    }
}
