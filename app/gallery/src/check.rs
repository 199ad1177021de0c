//! Holds database, blobs and audit chain against one another.

use crate::audit::verify_chain;
use crate::error::Error;
use crate::store::check::{Checked, PackageRow, VersionRow};
use crate::store::packages::Latest;
use crate::{Gallery, store};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha512};

/// Packages looked at in one glance.
const BATCH: u64 = 200;

/// Files read at once.
const FILES: usize = 8;

/// Events that are named at most, when they are missing in a trail.
const FAULTS: u64 = 100;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many package files were checked: one for each version.
    pub packages: u64,
    /// What does not fit, each in a sentence.
    pub mismatches: Vec<String>,
}

/// Checks everything that is published. It may run beside a serving process: what is published meanwhile is whole before
/// it is seen.
///
/// # Errors
/// When the database or the store cannot be read at all.
pub async fn check(g: &Gallery) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut last = 0;
    loop {
        let batch = store::check::packages_after(g, last, BATCH).await?;
        let Some(end) = batch.last() else { break };
        last = end.package.id;
        for checked in &batch {
            report.mismatches.extend(check_rows(checked));
        }
        report.packages += batch.iter().map(|checked| checked.versions.len() as u64).sum::<u64>();
        let files: Vec<_> = batch
            .iter()
            .flat_map(|checked| checked.versions.iter().map(|version| (&checked.package, version)))
            .collect();
        let problems: Vec<Option<String>> = futures::stream::iter(files)
            .map(|(package, version)| check_file(g, package, version))
            .buffered(FILES)
            .try_collect()
            .await?;
        report.mismatches.extend(problems.into_iter().flatten());
    }
    report.mismatches.extend(check_drafts(g).await?);
    let faults = verify_chain(g).await?;
    report.mismatches.extend(faults.iter().map(ToString::to_string));
    for event in store::check::events_without_trail(g, FAULTS).await? {
        let problem = format!("audit trail: the event with the id {event} is missing in the trail of its account");
        report.mismatches.push(problem);
    }
    for event in store::check::events_with_another_trail(g, FAULTS).await? {
        let problem = format!("audit trail: a trail says something else of the event with the id {event} than itself");
        report.mismatches.push(problem);
    }
    Ok(report)
}

/// What a package's row says of its versions.
fn check_rows(checked: &Checked) -> Vec<String> {
    let Checked {
        package,
        versions,
        owners,
        deleted,
    } = checked;
    let mut problems = Vec::new();
    let id = &package.name;
    // A package whose versions were all deleted stays with its owners.
    if versions.is_empty() && deleted.is_empty() {
        problems.push(format!("{id}: there is no version of it"));
    }
    for version in versions.iter().filter(|version| deleted.contains(&version.version_key)) {
        problems.push(format!(
            "{id} {}: it was deleted and is there again",
            version.full_version
        ));
    }
    if owners.is_empty() {
        problems.push(format!("{id}: nobody owns it"));
    }
    let listed = package.latest.latest_id.is_some();
    if owners
        .iter()
        .any(|owner| owner.downloads != package.downloads || owner.listed != listed)
    {
        problems.push(format!(
            "{id}: an owner's profile has it with other downloads, or listed otherwise"
        ));
    }
    if i64::from(package.version_count) != i64::try_from(versions.len()).unwrap_or(i64::MAX) {
        problems.push(format!(
            "{id}: it counts {} versions and has {}",
            package.version_count,
            versions.len()
        ));
    }
    let newest = |prereleases: bool, semver2: bool| {
        versions
            .iter()
            .filter(|version| version.listed && (prereleases || !version.prerelease) && (semver2 || !version.semver2))
            .max_by(|a, b| a.sort_key.cmp(&b.sort_key))
            .map(|version| version.id)
    };
    let expected = Latest {
        latest_id: newest(true, true),
        latest_stable_id: newest(false, true),
        latest_plain_id: newest(true, false),
        latest_plain_stable_id: newest(false, false),
    };
    if package.latest != expected {
        problems.push(format!(
            "{id}: it points at versions that are not its newest listed ones"
        ));
    }
    problems
}

/// Whether a version's bytes are there, and are those that were published.
async fn check_file(g: &Gallery, package: &PackageRow, version: &VersionRow) -> Result<Option<String>, Error> {
    let problem = check_bytes(g, &version.blob_key, &version.blob_hash, version.size).await?;
    Ok(problem.map(|problem| format!("{} {}: {problem}", package.name, version.full_version)))
}

async fn check_bytes(g: &Gallery, key: &str, hash: &str, size: i64) -> Result<Option<String>, Error> {
    let mut stream = match g.blobs().read(key).await {
        Ok((_, stream)) => stream,
        Err(Error::NotFound) => return Ok(Some("its bytes are missing".to_owned())),
        Err(other) => return Err(other),
    };
    let mut hasher = Sha512::new();
    let mut read: i64 = 0;
    while let Some(chunk) = stream.next().await {
        let Ok(chunk) = chunk else {
            return Ok(Some("its bytes cannot be read".to_owned()));
        };
        read = read.saturating_add(i64::try_from(chunk.len()).unwrap_or(i64::MAX));
        hasher.update(&chunk);
    }
    let digest = hasher.finalize();
    if read != size {
        return Ok(Some(format!("it has {read} bytes instead of {size}")));
    }
    if STANDARD.encode(digest) != hash || hex::encode(digest) != key {
        return Ok(Some("its bytes are not those that were published".to_owned()));
    }
    Ok(None)
}

/// Drafts that can be published have their bytes.
async fn check_drafts(g: &Gallery) -> Result<Vec<String>, Error> {
    let mut problems = Vec::new();
    for draft in store::check::drafts(g).await? {
        if let Some(problem) = check_bytes(g, &draft.blob_key, &draft.blob_hash, draft.size).await? {
            problems.push(format!("the draft {}: {problem}", draft.file_name));
        }
    }
    Ok(problems)
}
