//! Packages: built, checked and hashed by several workers outside every transaction, their bytes kept by the hundred,
//! their rows written by the hundred.

use super::sample::{self, Contents};
use super::{BATCH, Count, Progress, Wanted, organization, user};
use crate::actor::Actor;
use crate::authorization::{Hold, account_by_name};
use crate::error::Error;
use crate::packages::{Sample, write_many};
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};
use domain::package::{PackageId, PackageVersion};
use futures::StreamExt;
use std::collections::HashMap;
use std::ops::Range;

/// Batches that are built at once.
const WORKERS: usize = 4;

/// Some versions of one package: `1.{minor}.0` each.
struct Piece {
    id: PackageId,
    number: u32,
    owner: AccountName,
    depends_on: Option<PackageId>,
    minors: Range<u32>,
}

/// A piece whose bytes are in the store.
struct Prepared {
    id: PackageId,
    owner: AccountName,
    samples: Vec<Sample>,
    /// How many versions the piece has, with those that were there before.
    versions: usize,
}

/// Publishes every version that is not there.
pub(super) async fn packages(g: &Gallery, a: &Actor, wanted: &Wanted, progress: Progress<'_>) -> Result<Count, Error> {
    let mut counted = Count::default();
    let mut owners = HashMap::new();
    let work = batches(pieces(wanted)?).into_iter().map(|batch| {
        let g = g.clone();
        // A task of its own, so that it goes on while rows are written here.
        async move { tokio::spawn(async move { prepare(&g, batch).await }).await }
    });
    let mut prepared = futures::stream::iter(work).buffered(WORKERS);
    while let Some(batch) = prepared.next().await {
        let batch = batch.map_err(|error| Error::Internal(Box::new(error)))??;
        let versions: usize = batch.iter().map(|package| package.versions).sum();
        let made = write(g, a, &batch, &mut owners).await?;
        counted.add(made, versions);
        progress(versions as u64);
    }
    Ok(counted)
}

fn pieces(wanted: &Wanted) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    for number in 1..=wanted.packages {
        let depends_on = (number > 1).then(|| id(&format!("Seed.Package.{:05}", number / 2)));
        pieces.extend(cut(Piece {
            id: id(&format!("Seed.Package.{number:05}"))?,
            number,
            owner: organization(owner_of(number, wanted.organizations))?,
            depends_on: depends_on.transpose()?,
            minors: 0..wanted.versions,
        }));
    }
    pieces.extend(cut(Piece {
        id: id("Seed.Many")?,
        number: 0,
        owner: organization(1)?,
        depends_on: None,
        minors: 0..wanted.many,
    }));
    for number in 1..=wanted.packages_of_first {
        pieces.push(Piece {
            id: id(&format!("Seed.First.{number:05}"))?,
            number,
            owner: user(1)?,
            depends_on: None,
            minors: 0..1,
        });
    }
    Ok(pieces)
}

/// A package in pieces that fit into a batch; none, if it has no versions.
fn cut(whole: Piece) -> impl Iterator<Item = Piece> {
    let starts = whole.minors.clone().step_by(BATCH);
    starts.map(move |start| Piece {
        id: whole.id.clone(),
        number: whole.number,
        owner: whole.owner.clone(),
        depends_on: whole.depends_on.clone(),
        minors: start
            ..whole
                .minors
                .end
                .min(start.saturating_add(u32::try_from(BATCH).unwrap_or(u32::MAX))),
    })
}

/// The organization that owns a package: the first has most, and few have many.
fn owner_of(package: u32, organizations: u32) -> u32 {
    const SCALE: u64 = 1 << 32;
    // Zipf's law in whole numbers, so that every machine comes to the same.
    let share = |organization: u32| SCALE / u64::from(organization);
    let whole: u64 = (1..=organizations).map(share).sum();
    // Steps of the golden ratio come by everywhere evenly.
    let turned = u64::from(package.wrapping_mul(0x9E37_79B9));
    let mut place = (u128::from(turned) * u128::from(whole)) >> 32;
    for organization in 1..organizations {
        match place.checked_sub(u128::from(share(organization))) {
            Some(rest) => place = rest,
            None => return organization,
        }
    }
    organizations.max(1)
}

/// Pieces together, as many as have a batch's number of versions.
fn batches(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut batches = Vec::new();
    let (mut batch, mut size) = (Vec::new(), 0);
    for piece in pieces {
        if size + piece.minors.len() > BATCH && !batch.is_empty() {
            batches.push(std::mem::take(&mut batch));
            size = 0;
        }
        size += piece.minors.len();
        batch.push(piece);
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    batches
}

/// Builds what is missing, and keeps its bytes.
async fn prepare(g: &Gallery, pieces: Vec<Piece>) -> Result<Vec<Prepared>, Error> {
    let ids = pieces.iter().map(|piece| piece.id.key()).collect();
    let first = pieces.iter().map(|piece| piece.minors.start).min().unwrap_or_default();
    let last = pieces.iter().map(|piece| piece.minors.end).max().unwrap_or_default();
    let keys = (first..last).map(|minor| format!("1.{minor}.0")).collect();
    let there = store::versions::there_among(g.reader(), ids, keys).await?;
    let (limits, now) = (g.settings().limits.of_packages(), g.now().seconds());
    let build = move || {
        let (mut prepared, mut files) = (Vec::new(), Vec::new());
        for piece in pieces {
            let id_key = piece.id.key();
            let mut samples = Vec::new();
            for minor in piece.minors.clone() {
                let version = version(minor)?;
                if there.contains(&(id_key.clone(), version.key())) {
                    continue;
                }
                let contents = Contents {
                    id: &piece.id,
                    version: &version,
                    number: piece.number,
                    owner: piece.owner.as_str(),
                    depends_on: piece.depends_on.as_ref(),
                };
                let (sample, bytes) = sample::build(&contents, &limits, now)?;
                files.push((sample.blob.clone(), bytes));
                samples.push(sample);
            }
            prepared.push(Prepared {
                id: piece.id,
                owner: piece.owner,
                samples,
                versions: piece.minors.len(),
            });
        }
        Ok::<_, Error>((prepared, files))
    };
    let (prepared, files) = tokio::task::spawn_blocking(build)
        .await
        .map_err(|error| Error::Internal(Box::new(error)))??;
    if !files.is_empty() {
        g.blobs().keep_all(files).await?;
    }
    Ok(prepared)
}

/// Writes the rows of a batch; returns how many versions there are more.
async fn write(
    g: &Gallery,
    a: &Actor,
    batch: &[Prepared],
    owners: &mut HashMap<AccountName, AccountKey>,
) -> Result<usize, Error> {
    let missing: Vec<&Prepared> = batch.iter().filter(|package| !package.samples.is_empty()).collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let tx = g.begin().await?;
    let mut events = Vec::new();
    for package in &missing {
        let owner = match owners.get(&package.owner) {
            Some(owner) => *owner,
            None => {
                let account = account_by_name(tx.connection(), &package.owner, Hold::No).await?;
                let owner = AccountKey(account.ok_or(Error::NotFound)?.id);
                owners.insert(package.owner.clone(), owner);
                owner
            }
        };
        events.extend(write_many(&tx, a, owner, &package.id, &package.samples).await?);
    }
    let made = events.len();
    tx.commit_all(events).await?;
    for package in missing {
        g.feed().changed(&package.id.key());
    }
    Ok(made)
}

fn id(text: &str) -> Result<PackageId, Error> {
    PackageId::parse(text).map_err(|problem| Error::internal(format!("{text}: {problem}")))
}

fn version(minor: u32) -> Result<PackageVersion, Error> {
    PackageVersion::parse(&format!("1.{minor}.0")).map_err(|problem| Error::internal(problem.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{BATCH, Wanted, batches, owner_of, pieces};
    use std::collections::HashMap;

    #[test]
    fn every_version_is_in_one_batch() {
        let wanted = Wanted {
            organizations: 3,
            packages: 40,
            versions: 70,
            many: 1_234,
            packages_of_first: 3,
            ..Wanted::default()
        };
        let batches = batches(pieces(&wanted).unwrap());
        let mut versions: HashMap<String, Vec<u32>> = HashMap::new();
        for batch in &batches {
            assert!(batch.iter().map(|piece| piece.minors.len()).sum::<usize>() <= BATCH);
            for piece in batch {
                versions
                    .entry(piece.id.to_string())
                    .or_default()
                    .extend(piece.minors.clone());
            }
        }
        assert_eq!(versions.len(), 40 + 1 + 3);
        assert_eq!(versions["Seed.Package.00040"], (0..70).collect::<Vec<_>>());
        assert_eq!(versions["Seed.Many"], (0..1_234).collect::<Vec<_>>());
    }

    #[test]
    fn few_organizations_have_many_packages() {
        let mut packages = [0_u32; 50];
        for package in 1..=10_000 {
            packages[owner_of(package, 50) as usize - 1] += 1;
        }
        assert!(packages.iter().all(|count| *count > 0), "{packages:?}");
        assert!(packages[0] > 1_500, "{packages:?}");
        assert!(packages[49] < 100, "{packages:?}");
        assert_eq!(owner_of(7, 1), 1);
    }
}
