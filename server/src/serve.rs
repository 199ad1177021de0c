//! Serving: open, bind, announce, answer, and stop when told to.

mod announcement;
mod connections;
mod signals;

use crate::config::Config;
use crate::router::Site;
use crate::state::AppState;
use connections::Connections;
use gallery::{Error, Gallery, jobs};
use signals::Signals;
use std::time::Duration;

/// How long requests may take after the server was told to stop (product contract, section 2).
const DRAIN: Duration = Duration::from_secs(10);

/// How long the background tasks may take after that. What they do not finish, the next start does.
const LAST_JOBS: Duration = Duration::from_secs(3);

/// Serves until told to stop.
///
/// # Errors
/// When the gallery cannot be opened or the address cannot be had.
pub async fn serve(config: Config) -> Result<(), Error> {
    let mut signals = Signals::listen()?;
    let gallery = Gallery::open(config.gallery()).await?;
    gallery.migrate().await?;
    let connections = Connections::bind(config.listen).await?;
    let state = AppState::new(gallery.clone(), config.bound_to(connections.address()?))?;
    let background = jobs::start_background(&gallery);
    announcement::print(&state)?;
    let sign_in = state.sign_in.clone();
    tokio::spawn(async move { sign_in.warm_up().await });
    let stopping = state.stopping.clone();
    connections.serve(Site::new(state), &stopping, &mut signals).await;
    if tokio::time::timeout(LAST_JOBS, background.stop()).await.is_err() {
        tracing::warn!("background tasks did not end in time; the next start goes on with them");
    }
    gallery.close().await;
    tracing::info!("stopped");
    Ok(())
}
