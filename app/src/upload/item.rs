//! What stands on the page below the drop area: files on their way, drafts, and what was published since.

use domain::upload::{DraftContent, DraftView};
use leptos::prelude::ArcRwSignal;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// One region of the page.
#[derive(Clone, Hash)]
pub(super) enum Item {
    /// A file on its way.
    Sending(Transfer),
    /// A file that did not arrive, and why.
    Failed {
        /// The number it had on its way.
        number: u32,
        /// The file's name.
        name: String,
        /// One sentence.
        reason: String,
    },
    /// A file that arrived: to be reviewed, or refused.
    Draft(Arc<DraftView>),
    /// A draft that was published.
    Published {
        /// The draft that it was.
        draft: i64,
        /// `Contoso.Logging 1.0.0`.
        name: String,
        /// The page of the version.
        page: String,
    },
}

/// A file on its way.
#[derive(Clone)]
pub(super) struct Transfer {
    /// Tells it from the other files of this page.
    pub(super) number: u32,
    /// The file's name.
    pub(super) name: String,
    /// Bytes of the file.
    pub(super) size: u64,
    /// Bytes that are sent; nothing while it waits.
    pub(super) sent: ArcRwSignal<Option<u64>>,
}

impl Hash for Transfer {
    /// Progress is no reason to draw the region anew.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl Item {
    /// The id of the region's heading.
    pub(super) fn heading(&self) -> String {
        match self {
            Self::Sending(Transfer { number, .. }) | Self::Failed { number, .. } => heading_of_file(*number),
            Self::Draft(draft) => heading_of_draft(draft.key),
            Self::Published { draft, .. } => heading_of_draft(*draft),
        }
    }

    /// Whether it is the file of this number, on its way or failed.
    pub(super) fn is_file(&self, wanted: u32) -> bool {
        match self {
            Self::Sending(Transfer { number, .. }) | Self::Failed { number, .. } => *number == wanted,
            Self::Draft(_) | Self::Published { .. } => false,
        }
    }

    /// Whether it is this draft, published or not.
    pub(super) fn is_draft(&self, wanted: i64) -> bool {
        match self {
            Self::Draft(draft) => draft.key == wanted,
            Self::Published { draft, .. } => *draft == wanted,
            Self::Sending(_) | Self::Failed { .. } => false,
        }
    }
}

/// The id of the heading of a file on its way.
pub(super) fn heading_of_file(number: u32) -> String {
    format!("transfer-{number}")
}

/// The id of the heading of a draft.
pub(super) fn heading_of_draft(draft: i64) -> String {
    format!("draft-{draft}")
}

/// What is announced of a file that arrived.
pub(super) fn arrival(draft: &DraftView) -> String {
    match &draft.content {
        DraftContent::Ready(review) => match &review.blocked {
            Some(blocked) => format!("{}: {blocked}", review.name()),
            None => format!("{} is ready to be reviewed and published.", review.name()),
        },
        DraftContent::Refused(reason) => format!("{}: {reason}", draft.file_name),
    }
}

/// The regions in their order: what this page knows keeps its place, and what the server says of it now counts. Drafts
/// from elsewhere follow. What was discarded here does not come back with an answer that was under way by then.
pub(super) fn merge(here: &[Item], server: &[DraftView], discarded: &[i64]) -> Vec<Item> {
    let fresh = |key: i64| server.iter().find(|draft| draft.key == key);
    let known = here.iter().map(|item| match item {
        Item::Draft(draft) => match fresh(draft.key) {
            Some(now) if now != &**draft => Item::Draft(Arc::new(now.clone())),
            _ => item.clone(),
        },
        _ => item.clone(),
    });
    let new = server
        .iter()
        .filter(|draft| !discarded.contains(&draft.key) && !here.iter().any(|item| item.is_draft(draft.key)))
        .map(|draft| Item::Draft(Arc::new(draft.clone())));
    known.chain(new).collect()
}

#[cfg(test)]
mod tests {
    use super::{Item, Transfer, merge};
    use domain::time::Timestamp;
    use domain::upload::{DraftContent, DraftView};
    use leptos::prelude::ArcRwSignal;
    use std::sync::Arc;

    fn draft(key: i64, reason: &str) -> DraftView {
        DraftView {
            key,
            file_name: "a.nupkg".to_owned(),
            size: 1,
            uploaded: Timestamp::from_micros(0),
            content: DraftContent::Refused(reason.to_owned()),
        }
    }

    fn item(key: i64, reason: &str) -> Item {
        Item::Draft(Arc::new(draft(key, reason)))
    }

    fn published(key: i64) -> Item {
        Item::Published {
            draft: key,
            name: "A 1.0.0".to_owned(),
            page: "/packages/A/1.0.0".to_owned(),
        }
    }

    fn headings(items: &[Item]) -> Vec<String> {
        items.iter().map(Item::heading).collect()
    }

    #[test]
    fn each_region_keeps_its_place() {
        let sending = Item::Sending(Transfer {
            number: 7,
            name: "b.nupkg".to_owned(),
            size: 2,
            sent: ArcRwSignal::new(None),
        });
        let here = [item(1, ""), published(2), sending, item(4, "")];
        let shown = merge(&here, &[draft(4, ""), draft(1, ""), draft(5, "")], &[]);
        assert_eq!(
            headings(&shown),
            ["draft-1", "draft-2", "transfer-7", "draft-4", "draft-5"]
        );
    }

    #[test]
    fn what_the_server_says_now_counts() {
        let shown = merge(&[item(1, "before")], &[draft(1, "now")], &[]);
        assert!(
            matches!(shown.as_slice(), [Item::Draft(one)] if one.content == DraftContent::Refused("now".to_owned()))
        );
    }

    #[test]
    fn an_old_answer_brings_back_neither_what_was_discarded_nor_what_was_published() {
        let shown = merge(&[published(1)], &[draft(1, ""), draft(2, "")], &[2]);
        assert!(matches!(shown.as_slice(), [Item::Published { draft: 1, .. }]));
    }

    #[test]
    fn an_old_answer_takes_away_nothing_that_arrived_since() {
        assert_eq!(headings(&merge(&[item(1, "")], &[], &[])), ["draft-1"]);
    }
}
