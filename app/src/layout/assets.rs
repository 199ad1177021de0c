//! The names of the static files, which carry a hash of their content.

use leptos::prelude::use_context;
use std::collections::BTreeMap;
use std::sync::Arc;

/// From a file's own name to its address: `icons.svg` to `/icons.0123456789abcdef.svg`.
///
/// The server reads it from the site's manifest and provides it as a context to [`crate::shell`].
#[derive(Clone, Debug, Default)]
pub struct SiteAssets(Arc<BTreeMap<String, String>>);

impl SiteAssets {
    /// Takes the manifest: from names to paths below the site's root, without their first slash.
    #[must_use]
    pub fn new(manifest: BTreeMap<String, String>) -> Self {
        Self(Arc::new(manifest))
    }

    /// The address of a file; one that the manifest does not name has no hash.
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        format!("/{}", self.0.get(name).map_or(name, String::as_str))
    }

    /// The addresses of the files that make up a chunk of the WASM. Each file is named by the chunks that it is part of:
    /// `account.wasm`, `account-help.wasm`.
    #[cfg(feature = "ssr")]
    pub(crate) fn chunk(&self, name: &str) -> impl Iterator<Item = String> {
        let is_part = move |file: &str| {
            file.strip_suffix(".wasm")
                .is_some_and(|chunks| chunks.split('-').any(|chunk| chunk == name))
        };
        let parts = self.0.iter().filter(move |(file, _)| is_part(file));
        parts.map(|(_, path)| format!("/{path}"))
    }

    /// The files of this site; outside of a request, all without a hash.
    pub(crate) fn of_context() -> Self {
        use_context().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::SiteAssets;

    #[test]
    fn a_name_leads_to_the_file_with_the_hash() {
        let assets = SiteAssets::new([("icons.svg".to_owned(), "icons.abc.svg".to_owned())].into());
        assert_eq!(assets.address("icons.svg"), "/icons.abc.svg");
        assert_eq!(assets.address("favicon.svg"), "/favicon.svg");
    }
}
