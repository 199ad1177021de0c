//! READMEs: Markdown in, harmless HTML out.
//!
//! Three walls stand behind one another: tags written in the Markdown are taken out before anything is made of them,
//! nesting is limited so that no parser after this one slows down, and an allow list has the last word. Pictures become
//! links, because pages load nothing from elsewhere.

mod render;

use crate::Gallery;
use crate::error::Error;
use crate::store;
use moka::future::Cache;
pub(crate) use render::render;
use std::sync::Arc;

/// Rendered READMEs that are kept, in bytes.
const KEPT: u64 = 16 << 20;

/// Rendered READMEs by their versions' numbers: a version never changes.
#[derive(Clone)]
pub(crate) struct Readmes(Cache<i64, Arc<str>>);

impl Default for Readmes {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(KEPT)
                .weigher(|_, html: &Arc<str>| u32::try_from(html.len()).unwrap_or(u32::MAX).saturating_add(100))
                .build(),
        )
    }
}

impl Readmes {
    /// The README of a version as HTML, or nothing.
    pub(crate) async fn html(&self, g: &Gallery, version: i64) -> Result<String, Error> {
        if let Some(html) = self.0.get(&version).await {
            return Ok(html.to_string());
        }
        let html = match store::versions::readme(g.reader(), version).await? {
            Some(markdown) => rendered_apart(markdown).await?,
            None => String::new(),
        };
        self.0.insert(version, html.as_str().into()).await;
        Ok(html)
    }
}

/// Renders apart from the threads that answer requests.
pub(crate) async fn rendered_apart(markdown: String) -> Result<String, Error> {
    tokio::task::spawn_blocking(move || render(&markdown))
        .await
        .map_err(|error| Error::Internal(Box::new(error)))
}
