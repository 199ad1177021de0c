//! `guildhall import PATH…`

use super::account::name;
use super::failure::Failure;
use super::opened::Opened;
use super::progress::bar;
use super::say;
use crate::config::Config;
use clap::Args;
use domain::account::AccountKey;
use gallery::packages::PushRefused;
use gallery::{Gallery, import};
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};

/// What to publish, and for whom.
#[derive(Args)]
pub(super) struct Import {
    /// Package files, and folders with package files at any depth
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The account that owns what is new
    #[arg(long, value_name = "NAME")]
    owner: String,
    /// Skip versions that exist, instead of counting them as failed
    #[arg(long)]
    skip_duplicates: bool,
}

#[derive(Default)]
struct Count {
    published: u64,
    skipped: u64,
    failed: u64,
}

pub(super) async fn run(wanted: Import, config: Config) -> Result<(), Failure> {
    let owner_name = name(&wanted.owner)?;
    let opened = Opened::open(&config).await?;
    let owner = import::find_owner(&opened.gallery, &owner_name)
        .await
        .map_err(|error| Failure::about(&format!("account {owner_name}"), error))?;
    let mut count = Count::default();
    let mut files = Vec::new();
    let bar = bar(0);
    for path in &wanted.paths {
        match import::packages_under(path) {
            Ok(found) => files.extend(found),
            Err(error) => count.fail(&bar, &error.to_string()),
        }
    }
    bar.set_length(files.len() as u64);
    for file in &files {
        count
            .publish(&opened.gallery, owner, file, wanted.skip_duplicates, &bar)
            .await;
        bar.inc(1);
    }
    bar.finish_and_clear();
    opened.close().await?;
    say(&format!(
        "published {}, skipped {}, failed {}",
        count.published, count.skipped, count.failed
    ))?;
    match count.failed {
        0 => Ok(()),
        failed => Err(Failure::new(format!(
            "{failed} could not be published; the reasons stand above."
        ))),
    }
}

impl Count {
    async fn publish(&mut self, gallery: &Gallery, owner: AccountKey, file: &Path, skip: bool, bar: &ProgressBar) {
        match import::import_file(gallery, file, owner).await {
            Ok(_) => self.published += 1,
            Err(PushRefused::VersionExists { .. } | PushRefused::VersionDeleted { .. }) if skip => self.skipped += 1,
            Err(refused) => self.fail(bar, &format!("{}: {refused}", file.display())),
        }
    }

    fn fail(&mut self, bar: &ProgressBar, reason: &str) {
        self.failed += 1;
        bar.suspend(|| {
            use std::io::Write;
            // Nobody is left to be told when standard error is closed.
            let _ = writeln!(std::io::stderr(), "{reason}");
        });
    }
}
