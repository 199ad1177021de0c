//! Looks for what other processes wrote.

use super::hub::{Change, REMEMBERED};
use crate::{Gallery, store};
use domain::account::AccountKey;
use domain::audit::AuditAction;
use std::time::Duration;
use tokio::sync::watch::Receiver;

/// How often it looks while somebody listens.
const EVERY: Duration = Duration::from_secs(1);

/// Numbers of events become visible out of order, so it looks a little behind the latest one it saw.
const BEHIND: i64 = 200;

/// So many rows are read at once.
const AT_ONCE: u64 = REMEMBERED as u64 / 2;

/// Follows the trails of all accounts while somebody listens.
pub(crate) async fn watch(gallery: Gallery, mut stopped: Receiver<bool>) {
    let mut seen = None;
    loop {
        if !gallery.hub().is_listened_to() {
            // What happens meanwhile is read by whoever begins to listen.
            seen = None;
            tokio::select! {
                () = gallery.hub().until_listened_to() => {}
                _ = stopped.changed() => return,
            }
        }
        match look(&gallery, seen).await {
            Ok(latest) => seen = Some(latest),
            Err(error) => tracing::warn!(%error, "open pages cannot follow the trail now"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Tells what was written after `seen`; returns the latest event there is. The first look tells nothing: what is there
/// already is read by the pages themselves.
async fn look(gallery: &Gallery, seen: Option<i64>) -> Result<i64, crate::Error> {
    let latest = store::audit::latest(gallery.reader()).await?;
    // Quiet times cost this one look.
    if seen.is_some_and(|seen| latest <= seen) {
        return Ok(latest);
    }
    let from = seen.unwrap_or(latest) - BEHIND;
    let rows = store::audit::trails_after(gallery.reader(), from, AT_ONCE).await?;
    // After a burst it goes on from the last one read.
    let whole = (rows.len() as u64) < AT_ONCE;
    let read = rows.last().map_or(latest, |(_, event, _)| *event);
    let changes = rows.into_iter().filter_map(|(trail, event, action)| {
        Some(Change {
            trail: AccountKey(trail),
            event,
            action: AuditAction::parse(&action)?.value(),
        })
    });
    match seen {
        Some(_) => gallery.hub().tell(changes),
        None => gallery.hub().know(changes),
    }
    Ok(if whole { latest } else { read })
}
