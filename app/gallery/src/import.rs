//! Publishes package files that are on this machine, as the operator.

use crate::Gallery;
use crate::actor::Actor;
use crate::authorization::{Hold, account_by_name};
use crate::blobs::BlobProblem;
use crate::error::Error;
use crate::packages::{self, Bytes, Inspection, Listing, Publish, Published, PushRefused, Tell};
use bytes::Bytes as Chunk;
use domain::account::{AccountKey, AccountName};
use futures::stream::{self, BoxStream, StreamExt};
use std::path::{Path, PathBuf};
use tokio::io::AsyncReadExt;

/// Bytes read at once.
const CHUNK: usize = 256 * 1024;

/// The account that is to own what is imported.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that name.
pub async fn find_owner(g: &Gallery, name: &AccountName) -> Result<AccountKey, Error> {
    let account = account_by_name(g.reader(), name, Hold::No).await?;
    Ok(AccountKey(account.ok_or(Error::NotFound)?.id))
}

/// The package files under a path, in the order of their names: the file itself, or every `.nupkg` in a folder and the
/// folders inside.
///
/// # Errors
/// When a folder cannot be read, with its path.
pub fn packages_under(path: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let about =
        |path: &Path, error: std::io::Error| std::io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let kind = std::fs::metadata(path).map_err(|error| about(path, error))?;
    if !kind.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut packages = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| about(&folder, error))? {
            let entry = entry.map_err(|error| about(&folder, error))?;
            let kind = entry.file_type().map_err(|error| about(&entry.path(), error))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if has_package_extension(&entry.path()) {
                packages.push(entry.path());
            }
        }
    }
    packages.sort();
    Ok(packages)
}

fn has_package_extension(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("nupkg"))
}

/// Publishes one file for an owner, through the same checks as a push. Nobody gets a mail: many files come at once.
///
/// # Errors
/// The first reason against it, as for a push.
pub async fn import_file(g: &Gallery, path: &Path, owner: AccountKey) -> Result<Published, PushRefused> {
    let file = tokio::fs::File::open(path)
        .await
        .map_err(|error| PushRefused::Unavailable(format!("{}: {error}", path.display())))?;
    let received = match g.blobs().receive(chunks(file), g.settings().limits.package_bytes).await {
        Ok(received) => received,
        Err(BlobProblem::TooLarge { limit }) => return Err(PushRefused::TooLarge { limit }),
        Err(BlobProblem::BrokenOff) => {
            return Err(PushRefused::Unavailable(format!("{} cannot be read", path.display())));
        }
        Err(problem @ BlobProblem::Store(_)) => return Err(Error::from(problem).into()),
    };
    let inspected = match packages::inspect(g, &received).await? {
        Inspection::Good(inspected) => *inspected,
        Inspection::Bad(refused) => return Err(refused),
    };
    let wanted = Publish {
        owner: Some(owner),
        bytes: Bytes::Received(received),
        inspected,
        listing: Listing::Listed,
        tell: Tell::Nobody,
        draft: None,
    };
    packages::publish(g, &Actor::operator(), wanted).await
}

/// A file in pieces.
fn chunks(file: tokio::fs::File) -> BoxStream<'static, Result<Chunk, std::io::Error>> {
    stream::try_unfold(file, |mut file| async move {
        let mut buffer = Vec::with_capacity(CHUNK);
        let read = file.read_buf(&mut buffer).await?;
        Ok((read > 0).then(|| (Chunk::from(buffer), file)))
    })
    .boxed()
}
