//! Files that a process was writing when it was killed.

use std::io::Result;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// Removes the files of a folder whose names look unfinished and that nobody has written to since a moment.
pub(super) fn remove(folder: &Path, looks_unfinished: impl Fn(&str) -> bool, before: i64) -> Result<()> {
    let before = UNIX_EPOCH + Duration::from_secs(u64::try_from(before).unwrap_or_default());
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(&looks_unfinished) {
            continue;
        }
        // Whoever was writing it may finish meanwhile: then it is gone, and that is as well.
        let old = entry
            .metadata()
            .is_ok_and(|kind| kind.is_file() && kind.modified().is_ok_and(|written| written < before));
        if old && std::fs::remove_file(entry.path()).is_ok() {
            tracing::info!(file = %entry.path().display(), "removed a half-written file");
        }
    }
    Ok(())
}

/// The folders in a folder, if there is one.
pub(super) fn folders_in(folder: Option<&Path>) -> Result<Vec<PathBuf>> {
    let Some(folder) = folder else {
        return Ok(Vec::new());
    };
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}
