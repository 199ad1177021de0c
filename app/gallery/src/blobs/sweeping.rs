//! Removes bytes that no row points to, an hour after they were written: a push that lost, or one that was cut off.

use crate::Gallery;
use crate::error::Error;
use futures::StreamExt;
use schema::entity::{draft, version};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Bytes are spared that long, in seconds: a push may be between its bytes and its row.
pub(super) const SPARED: i64 = 3_600;

pub(crate) async fn sweep(gallery: &Gallery) -> Result<(), Error> {
    let before = gallery.now().seconds() - SPARED;
    let mut keys = gallery.blobs().list();
    while let Some(entry) = keys.next().await {
        let (key, written) = entry?;
        if written < before && !is_used(gallery, &key).await? {
            gallery.blobs().remove(&key).await?;
            tracing::info!(key, "removed bytes without a row");
        }
    }
    Ok(())
}

async fn is_used(gallery: &Gallery, key: &str) -> Result<bool, Error> {
    let versions = version::Entity::find()
        .filter(version::Column::BlobKey.eq(key))
        .count(gallery.reader())
        .await?;
    let drafts = draft::Entity::find()
        .filter(draft::Column::BlobKey.eq(key))
        .count(gallery.reader())
        .await?;
    Ok(versions + drafts > 0)
}
