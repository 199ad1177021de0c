//! Long lists, page by page, by key: the place of the last row seen instead of a number of rows to skip.

use serde::{Deserialize, Serialize};

/// One page of a list with the cursors of its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub items: Vec<T>,
    /// The value of `before=` that leads to the page before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// The value of `after=` that leads to the page after this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            previous: None,
            next: None,
        }
    }
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            previous: self.previous,
            next: self.next,
        }
    }
}

/// Where in a list to read: from its start, after a row, or before one. Cursors are opaque texts made by the list itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The first page.
    #[default]
    Start,
    /// The page that begins after this cursor.
    After(String),
    /// The page that ends before this cursor.
    Before(String),
}

impl Place {
    /// The place that a page's query names: `after` wins over `before`; empty texts name the start.
    #[must_use]
    pub fn of_query(after: &str, before: &str) -> Self {
        if !after.is_empty() {
            Self::After(after.to_owned())
        } else if !before.is_empty() {
            Self::Before(before.to_owned())
        } else {
            Self::Start
        }
    }
}
