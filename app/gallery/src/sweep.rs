//! Removes what has ended by its time: sign-ins on their way, sessions, outcomes, drafts, used tokens, the keys of
//! workloads, bytes without a row.

use crate::Gallery;
use crate::error::Error;
use crate::tx::Bookkeeping;
use schema::entity::{outcome, registration, sign_in_attempt};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Sweeps once.
///
/// # Errors
/// When the database or the store fails; what was swept before stays so.
pub async fn sweep(gallery: &Gallery) -> Result<(), Error> {
    sweep_rows(gallery).await?;
    crate::blobs::sweep(gallery).await
}

/// Sweeps what has ended in the database alone: the store is listed as a whole, which is too much for every minute.
pub(crate) async fn sweep_rows(gallery: &Gallery) -> Result<(), Error> {
    let tx = gallery.begin().await?;
    let now = tx.now().micros();
    let connection = tx.connection();
    outcome::Entity::delete_many()
        .filter(outcome::Column::ExpiresAt.lt(now))
        .exec(connection)
        .await?;
    sign_in_attempt::Entity::delete_many()
        .filter(sign_in_attempt::Column::ExpiresAt.lt(now))
        .exec(connection)
        .await?;
    registration::Entity::delete_many()
        .filter(registration::Column::ExpiresAt.lt(now))
        .exec(connection)
        .await?;
    crate::store::sessions::sweep(&tx, crate::sessions::forgotten_at(tx.now())).await?;
    crate::store::drafts::sweep(&tx).await?;
    crate::store::used_tokens::sweep(&tx).await?;
    crate::store::short_lived_keys::sweep(&tx, crate::trusted_publishing::forgotten_at(tx.now())).await?;
    crate::store::identities::sweep_dormant(&tx, crate::transformations::too_late_to_undo(tx.now())).await?;
    tx.commit_bookkeeping(Bookkeeping::Sweep).await?;
    crate::members::note_expired(gallery).await?;
    crate::transformations::note_expired(gallery).await?;
    crate::api_keys::note_expiring(gallery).await
}
