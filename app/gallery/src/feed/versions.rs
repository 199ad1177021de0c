//! The versions of an id.

use crate::error::Error;
use crate::{Gallery, store};

/// All versions of an id, listed or not, oldest first: normalized, in lower case, without metadata.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn versions(g: &Gallery, id: &str) -> Result<Vec<String>, Error> {
    let versions = store::versions::keys_of(g.reader(), &id.to_lowercase()).await?;
    if versions.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(versions)
}
