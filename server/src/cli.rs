//! The command line (product contract, section 2): one file a command.
//!
//! Every command works on the configured gallery itself, next to a running server or without one.

mod account;
mod api_key;
mod check;
mod failure;
mod import;
mod member;
mod migrate;
mod opened;
mod package;
mod progress;
mod seed;
mod serve;

use crate::config::Config;
use clap::{Parser, Subcommand};
use failure::Failure;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// A self-hosted NuGet gallery in which packages belong to organizations.
#[derive(Parser)]
#[command(
    name = "guildhall",
    version,
    max_term_width = 100,
    after_help = "Settings: Leptos.toml in the working folder, and over it the environment (GUILDHALL_<SECTION>__<KEY>). \
                  Every command works next to a running server, and what it changes is in the audit trail as done by \
                  the operator.\n\nExit status: 0 on success, 2 for wrong usage or configuration, 1 for a failure."
)]
struct Arguments {
    /// Read this configuration instead of Leptos.toml in the working folder
    #[arg(long, global = true, value_name = "PATH")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Migrate the database if needed, then serve until told to stop (SIGTERM, Ctrl+C)
    Serve,
    /// Migrate the database, and no more
    Migrate,
    /// Create, promote, demote, lock and unlock accounts
    #[command(subcommand)]
    Account(account::Command),
    /// Repair the membership of an organization whose administrators are gone
    #[command(subcommand)]
    Member(member::Command),
    /// Create and revoke API keys
    #[command(subcommand)]
    ApiKey(api_key::Command),
    /// Lock and unlock packages, delete versions
    #[command(subcommand)]
    Package(package::Command),
    /// Publish every .nupkg under the paths, through the same checks as a push
    Import(import::Import),
    /// Make synthetic accounts, organizations and restorable packages, for trying out and for benchmarks
    ///
    /// The same numbers give the same data. What is there already is left as it is, so running it again adds nothing. Nobody
    /// gets a mail. An account belongs to whoever signs in first with a provider that vouches for its address.
    Seed(seed::Seed),
    /// Hold database, package files and audit trail against one another
    Check,
}

/// Reads the command line and does what it says.
///
/// Wrong usage and a wrong configuration are exit status 2, failures 1.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    let environment = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())));
    let config = match Config::load(arguments.config.as_deref(), environment) {
        Ok(config) => config,
        Err(problem) => return complain(&problem, 2),
    };
    crate::logging::start(&config.log);
    // TLS towards S3, mail servers and sign-in providers. One provider a process; it is there already in tests.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error, 1),
    };
    match runtime.block_on(arguments.command.run(config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => complain(&failure, 1),
    }
}

impl Command {
    async fn run(self, config: Config) -> Result<(), Failure> {
        match self {
            Self::Serve => serve::run(config).await,
            Self::Migrate => migrate::run(config).await,
            Self::Account(command) => account::run(command, config).await,
            Self::Member(command) => member::run(command, config).await,
            Self::ApiKey(command) => api_key::run(command, config).await,
            Self::Package(command) => package::run(command, config).await,
            Self::Import(import) => import::run(import, config).await,
            Self::Seed(seed) => seed::run(seed, config).await,
            Self::Check => check::run(config).await,
        }
    }
}

/// Says on standard error what failed; it is the last line there.
fn complain(failure: &dyn std::fmt::Display, status: u8) -> ExitCode {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(std::io::stderr(), "guildhall: {failure}");
    ExitCode::from(status)
}

/// Writes a line to standard output.
fn say(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}").map_err(|error| Failure::new(format!("Standard output: {error}.")))
}
