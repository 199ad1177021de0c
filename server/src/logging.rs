//! The log: lines for people on a terminal, JSON for everything else, always on standard error.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging what the filter lets through. Secrets have no printable form, and queries are not logged.
pub(crate) fn start(filter: &str) {
    let filter = EnvFilter::builder().parse_lossy(filter);
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Another logger is there already in tests; then it stays.
    let _ = if std::io::stderr().is_terminal() {
        log.with_target(false).try_init()
    } else {
        log.json().flatten_event(true).with_span_list(false).try_init()
    };
}
