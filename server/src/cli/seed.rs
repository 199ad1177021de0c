//! `guildhall seed`

use super::failure::Failure;
use super::opened::Opened;
use super::progress::bar;
use super::say;
use crate::config::Config;
use clap::Args;
use gallery::seed::{self, Count, Wanted};

/// How much synthetic data there shall be.
#[derive(Args)]
pub(super) struct Seed {
    /// Users, user-00001 and so on, with the addresses user-00001@seed.invalid and so on
    #[arg(long, value_name = "N")]
    accounts: u32,
    /// Organizations, org-0001 and so on
    #[arg(long, value_name = "N")]
    organizations: u32,
    /// Members of org-0001; user-00001 and every tenth are administrators
    #[arg(long, value_name = "N")]
    members: u32,
    /// Packages of the organizations, Seed.Package.00001 and so on; few organizations have many
    #[arg(long, value_name = "N")]
    packages: u32,
    /// Versions of each of these packages, 1.0.0, 1.1.0 and so on
    #[arg(long, value_name = "N")]
    versions: u32,
    /// Versions of one more package, Seed.Many of org-0001
    #[arg(long, value_name = "N", default_value_t = 0)]
    many: u32,
    /// Packages of user-00001, Seed.First.00001 and so on
    #[arg(long, value_name = "N", default_value_t = 0)]
    packages_of_first: u32,
    /// Events in the audit trail of org-0001, together with those of what is made
    #[arg(long, value_name = "N", default_value_t = 0)]
    events: u32,
}

/// Makes what is not there yet, and says how much that was.
pub(super) async fn run(seed: Seed, config: Config) -> Result<(), Failure> {
    let wanted = Wanted {
        accounts: seed.accounts,
        organizations: seed.organizations,
        members: seed.members,
        packages: seed.packages,
        versions: seed.versions,
        many: seed.many,
        packages_of_first: seed.packages_of_first,
        events: seed.events,
    };
    let opened = Opened::open(&config).await?;
    let bar = bar(wanted.steps());
    let seeded = seed::seed(&opened.gallery, &opened.operator, wanted, &|steps| bar.inc(steps)).await;
    bar.finish_and_clear();
    let report = seeded?;
    opened.close().await?;
    for (what, Count { made, there }) in [
        ("accounts", report.accounts),
        ("organizations", report.organizations),
        ("members", report.members),
        ("versions", report.versions),
        ("events", report.events),
    ] {
        say(&format!("{what}: {made} made, {there} there already"))?;
    }
    Ok(())
}
