//! Removes bytes that no row points to, an hour after they were written: a push that lost, or one that was cut off.

use crate::Gallery;
use crate::error::Error;
use futures::{StreamExt, TryStreamExt};
use schema::entity::{draft, version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// Bytes are spared that long, in seconds: a push may be between its bytes and its row.
pub(super) const SPARED: i64 = 3_600;

/// Keys that the database is asked about at once.
const BATCH: usize = 500;

pub(crate) async fn sweep(gallery: &Gallery) -> Result<(), Error> {
    let before = gallery.now().seconds() - SPARED;
    gallery.blobs().remove_unfinished(before).await?;
    let mut old = gallery
        .blobs()
        .list()
        .try_filter(|(_, written)| std::future::ready(*written < before))
        .map_ok(|(key, _)| key)
        .try_chunks(BATCH);
    while let Some(keys) = old.next().await {
        let keys = keys.map_err(|failed| failed.1)?;
        for key in unused(gallery, keys).await? {
            if gallery.blobs().remove_older(&key, before).await? {
                tracing::info!(key, "removed bytes without a row");
            }
        }
    }
    Ok(())
}

/// Removes the bytes of a deleted version at once, unless another row has the same. Doing it twice is doing it once, and
/// what a kill leaves undone is swept like any bytes without a row.
pub(crate) async fn remove_unused(gallery: &Gallery, key: String) -> Result<(), Error> {
    for key in unused(gallery, vec![key]).await? {
        gallery.blobs().remove_older(&key, i64::MAX).await?;
    }
    Ok(())
}

/// Those of the keys that no row has.
///
/// Publishing turns a draft's row into a version's in one transaction. So drafts are looked at first: in the other order,
/// a draft that is published between both looks would seem to be neither.
async fn unused(gallery: &Gallery, keys: Vec<String>) -> Result<Vec<String>, Error> {
    let drafts: Vec<String> = draft::Entity::find()
        .select_only()
        .column(draft::Column::BlobKey)
        .filter(draft::Column::BlobKey.is_in(keys.iter().map(String::as_str)))
        .into_tuple()
        .all(gallery.reader())
        .await?;
    let versions: Vec<String> = version::Entity::find()
        .select_only()
        .column(version::Column::BlobKey)
        .filter(version::Column::BlobKey.is_in(keys.iter().map(String::as_str)))
        .into_tuple()
        .all(gallery.reader())
        .await?;
    let used: HashSet<String> = drafts.into_iter().chain(versions).collect();
    Ok(keys.into_iter().filter(|key| !used.contains(key)).collect())
}
