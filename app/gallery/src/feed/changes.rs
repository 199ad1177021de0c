//! Follows the catalog, so that this process knows what others changed: another node, or a command beside it.

use crate::error::Error;
use crate::{Gallery, store};
use std::time::Duration;
use tokio::sync::watch;

/// How often to look.
const PAUSE: Duration = Duration::from_millis(500);

/// Entries read at once.
const BATCH: u64 = 1_000;

/// Follows until told to stop.
pub(crate) async fn follow(g: Gallery, mut stopped: watch::Receiver<bool>) {
    let mut seen = None;
    loop {
        match catch_up(&g, &mut seen).await {
            Ok(()) => {}
            Err(error) => tracing::warn!(%error, "the catalog cannot be followed now"),
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stopped.changed() => return,
        }
    }
}

async fn catch_up(g: &Gallery, seen: &mut Option<i64>) -> Result<(), Error> {
    let Some(mut last) = *seen else {
        *seen = Some(store::catalog::head(g.reader()).await?);
        return Ok(());
    };
    loop {
        let changes = store::catalog::after(g.reader(), last, BATCH).await?;
        for (sequence, id_key) in &changes {
            g.feed().changed(id_key);
            last = *sequence;
        }
        *seen = Some(last);
        if (changes.len() as u64) < BATCH {
            return Ok(());
        }
    }
}
