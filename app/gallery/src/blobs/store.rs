//! Streams bytes in while hashing them, keeps them under their hash, streams them out.

use crate::error::Error;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use domain::time::Timestamp;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha512};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;

/// Up to this many bytes are written at once.
const IN_MEMORY: u64 = 16 << 20;

/// Files that are on their way to the store at once.
const AT_ONCE: usize = 16;

/// The store of package files, and the folder in which uploads wait while they are checked.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// The same without a sync for each file: the folder is synced instead.
    unsynced: Arc<dyn ObjectStore>,
    /// Where the store is, if it is a folder.
    folder: Option<PathBuf>,
    uploads: PathBuf,
}

/// A file that was received whole and hashed, not yet kept: dropping it removes it.
#[derive(Debug)]
pub struct StoredBlob {
    file: tempfile_in::Temporary,
    /// Bytes.
    pub size: u64,
    /// SHA-512 in hexadecimal: the name under which the bytes are kept.
    pub key: String,
    /// SHA-512 in base64, as NuGet writes it.
    pub hash: String,
}

/// Bytes that are in the store, or on their way there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRef {
    /// SHA-512 in hexadecimal: the name under which the bytes are kept.
    pub key: String,
    /// SHA-512 in base64, as NuGet writes it.
    pub hash: String,
    /// Bytes.
    pub size: u64,
}

impl BlobRef {
    /// What a row keeps of bytes that are in memory.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let digest = Sha512::digest(bytes);
        Self {
            key: hex::encode(digest),
            hash: STANDARD.encode(digest),
            size: bytes.len() as u64,
        }
    }
}

/// Why bytes could not be received.
#[derive(Debug, thiserror::Error)]
pub enum BlobProblem {
    /// More than the limit; the rest was not read.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The sender went away.
    #[error("the upload broke off")]
    BrokenOff,
    /// The disk or the store refused.
    #[error("the store failed: {0}")]
    Store(String),
}

impl From<BlobProblem> for Error {
    fn from(problem: BlobProblem) -> Self {
        Self::Unavailable(problem.to_string())
    }
}

impl StoredBlob {
    /// The file's place on this machine, for reading it before it is kept.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// What a row keeps of the bytes.
    #[must_use]
    pub fn reference(&self) -> BlobRef {
        BlobRef {
            key: self.key.clone(),
            hash: self.hash.clone(),
            size: self.size,
        }
    }
}

impl Blobs {
    /// Opens `file://…` or `s3://bucket/prefix` (whose credentials object_store reads from the environment).
    ///
    /// # Errors
    /// When the folder cannot be made, or the address is not understood.
    pub fn open(url: &str, uploads: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(uploads)
            .map_err(|error| Error::Unavailable(format!("{}: {error}", uploads.display())))?;
        if let Some(path) = url.strip_prefix("file://") {
            std::fs::create_dir_all(path).map_err(|error| Error::Unavailable(format!("{path}: {error}")))?;
            let local = LocalFileSystem::new_with_prefix(path)
                .map_err(store_error)?
                .with_automatic_cleanup(false);
            return Ok(Self {
                store: Arc::new(local.clone().with_fsync(true)),
                unsynced: Arc::new(local),
                folder: Some(PathBuf::from(path)),
                uploads: uploads.to_owned(),
            });
        }
        let store: Arc<dyn ObjectStore> = {
            let parsed = url::Url::parse(url).map_err(|error| Error::internal(format!("{url}: {error}")))?;
            #[expect(
                clippy::disallowed_methods,
                reason = "the credentials of S3 are where every S3 client looks for them"
            )]
            let environment = std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
            let (store, prefix) = object_store::parse_url_opts(&parsed, environment).map_err(store_error)?;
            Arc::new(object_store::prefix::PrefixStore::new(store, prefix))
        };
        Ok(Self {
            unsynced: Arc::clone(&store),
            store,
            folder: None,
            uploads: uploads.to_owned(),
        })
    }

    /// Receives a stream into a file of its own while hashing it; stops at the limit.
    ///
    /// # Errors
    /// See [`BlobProblem`]; nothing is left behind.
    pub async fn receive<S, E>(&self, mut stream: S, limit: u64) -> Result<StoredBlob, BlobProblem>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let failed = |error: std::io::Error| BlobProblem::Store(error.to_string());
        let temporary = tempfile_in::Temporary::create(&self.uploads).map_err(failed)?;
        let mut file = tokio::fs::File::create(temporary.path()).await.map_err(failed)?;
        let mut hasher = Sha512::new();
        let mut size: u64 = 0;
        while let Some(chunk) = stream.next().await {
            let chunk = chunk.map_err(|_| BlobProblem::BrokenOff)?;
            size = size.saturating_add(chunk.len() as u64);
            if size > limit {
                return Err(BlobProblem::TooLarge { limit });
            }
            hasher.update(&chunk);
            file.write_all(&chunk).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
        let digest = hasher.finalize();
        Ok(StoredBlob {
            file: temporary,
            size,
            key: hex::encode(digest),
            hash: STANDARD.encode(digest),
        })
    }

    /// Keeps a received file under its hash, durably. Bytes that are there stay as they are; those that the sweeper may
    /// be about to remove are written anew, which changes nothing for their readers.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep(&self, blob: &StoredBlob, now: Timestamp) -> Result<(), Error> {
        let place = location(&blob.key);
        match self.store.head(&place).await {
            Ok(there) if there.size == blob.size && is_young(&there, now) => return Ok(()),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(store_error(error)),
        }
        if blob.size <= IN_MEMORY {
            let bytes = tokio::fs::read(blob.path()).await.map_err(io_error)?;
            return self.put(&place, bytes.into()).await;
        }
        // The name is the hash of the content, so writing it twice writes the same.
        let mut file = tokio::fs::File::open(blob.path()).await.map_err(io_error)?;
        let mut writer = object_store::buffered::BufWriter::new(Arc::clone(&self.store), place);
        tokio::io::copy(&mut file, &mut writer).await.map_err(io_error)?;
        writer.shutdown().await.map_err(io_error)
    }

    /// Keeps many small files under their hashes, durably once this returns: all are written first, then the file system
    /// is told once to write down what it holds back.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn keep_all(&self, files: Vec<(BlobRef, Bytes)>) -> Result<(), Error> {
        let writes = files.into_iter().map(|(blob, bytes)| {
            let store = Arc::clone(&self.unsynced);
            async move { store.put(&location(&blob.key), PutPayload::from(bytes)).await }
        });
        futures::stream::iter(writes)
            .buffer_unordered(AT_ONCE)
            .try_for_each(|_| async { Ok(()) })
            .await
            .map_err(store_error)?;
        let Some(folder) = self.folder.clone() else {
            return Ok(());
        };
        let synced = tokio::task::spawn_blocking(move || {
            let folder = std::fs::File::open(folder)?;
            rustix::fs::syncfs(&folder)?;
            Ok(())
        });
        synced
            .await
            .map_err(|error| Error::Internal(Box::new(error)))?
            .map_err(io_error)
    }

    async fn put(&self, place: &Location, bytes: Bytes) -> Result<(), Error> {
        self.store
            .put(place, PutPayload::from(bytes))
            .await
            .map(|_| ())
            .map_err(store_error)
    }

    /// The bytes of a key as a stream, with their number.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there are none, [`Error::Unavailable`] when the store fails.
    pub async fn read(&self, key: &str) -> Result<(u64, BoxStream<'static, Result<Bytes, std::io::Error>>), Error> {
        match self.store.get(&location(key)).await {
            Ok(found) => {
                let size = found.meta.size;
                Ok((
                    size,
                    found
                        .into_stream()
                        .map(|chunk| chunk.map_err(std::io::Error::other))
                        .boxed(),
                ))
            }
            Err(object_store::Error::NotFound { .. }) => Err(Error::NotFound),
            Err(error) => Err(store_error(error)),
        }
    }

    /// How many bytes a key has, or that there are none.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, Error> {
        match self.store.head(&location(key)).await {
            Ok(there) => Ok(Some(there.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(store_error(error)),
        }
    }

    /// Removes the bytes of a key, if they were written before a moment (seconds since 1970): [`Blobs::keep`] writes them
    /// anew when they are needed again. Returns whether there was something to remove.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn remove_older(&self, key: &str, before: i64) -> Result<bool, Error> {
        let place = location(key);
        match self.store.head(&place).await {
            Ok(there) if there.last_modified.timestamp() < before => {}
            Ok(_) | Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(store_error(error)),
        }
        match self.store.delete(&place).await {
            Ok(()) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(store_error(error)),
        }
    }

    /// Removes what a process that was killed left half written before a moment (seconds since 1970): files on their way
    /// in, and those that `object_store` writes under a name with `#` until they are whole, and never lists.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub(super) async fn remove_unfinished(&self, before: i64) -> Result<(), Error> {
        let (uploads, folder) = (self.uploads.clone(), self.folder.clone());
        tokio::task::spawn_blocking(move || {
            super::unfinished::remove(&uploads, |name| name.ends_with(".part"), before)?;
            for folder in super::unfinished::folders_in(folder.as_deref())? {
                super::unfinished::remove(&folder, |name| name.contains('#'), before)?;
            }
            Ok(())
        })
        .await
        .map_err(|error| Error::Internal(Box::new(error)))?
        .map_err(io_error)
    }

    /// Every key in the store with the moment it was written (seconds since 1970).
    pub fn list(&self) -> BoxStream<'static, Result<(String, i64), Error>> {
        self.store
            .list(None)
            .map(|entry| match entry {
                Ok(meta) => {
                    let key = meta
                        .location
                        .filename()
                        .unwrap_or_default()
                        .trim_end_matches(".nupkg")
                        .to_owned();
                    Ok((key, meta.last_modified.timestamp()))
                }
                Err(error) => Err(store_error(error)),
            })
            .boxed()
    }
}

/// Whether the sweeper is far from removing it.
fn is_young(meta: &object_store::ObjectMeta, now: Timestamp) -> bool {
    meta.last_modified.timestamp() > now.seconds() - super::sweeping::SPARED / 2
}

/// Two letters a folder, so that no folder grows without end.
fn location(key: &str) -> Location {
    let start: String = key.chars().take(2).collect();
    Location::from(format!("{start}/{key}.nupkg"))
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn store_error(error: object_store::Error) -> Error {
    Error::Unavailable(format!("the package store: {error}"))
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn io_error(error: std::io::Error) -> Error {
    Error::Unavailable(format!("the package store: {error}"))
}

/// A file that is removed when it is dropped, and by the sweeper when the process did not live to drop it.
mod tempfile_in {
    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicU64, Ordering};

    static COUNT: AtomicU64 = AtomicU64::new(0);

    #[derive(Debug)]
    pub(super) struct Temporary(PathBuf);

    impl Temporary {
        pub(super) fn create(folder: &Path) -> std::io::Result<Self> {
            loop {
                let number = COUNT.fetch_add(1, Ordering::Relaxed);
                let path = folder.join(format!("{}-{number}.part", std::process::id()));
                match std::fs::File::create_new(&path) {
                    Ok(_) => return Ok(Self(path)),
                    Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
            }
        }

        pub(super) fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Temporary {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }
}
