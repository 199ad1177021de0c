//! `make bench`: what users wait for, as ratios against a bare peer or against the same page with less data, in one run.
//!
//! Absolute times differ from machine to machine and from minute to minute, so the two sides of a ratio take turns, and
//! the median of the turns counts.

#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

mod bare;
mod gallery;
mod growth;
mod load;
mod measure;
mod weight;

use measure::{Report, Result};

#[tokio::main]
async fn main() -> Result<()> {
    // The first argument is the release binary; `bare` makes this program the peer.
    if std::env::args().nth(1).as_deref() == Some("bare") {
        return bare::serve().await;
    }
    // As in the binary itself; whoever signs in asks by a client that could use TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut report = Report::default();
    weight::first_load(&mut report)?;
    measure::start_and_rest(&mut report).await?;
    measure::feed_against_bare(&mut report).await?;
    measure::durable_push(&mut report).await?;
    growth::pages(&mut report).await?;
    report.verdict()
}
