//! The front end's files, from memory: as they are and precompressed, under names with a hash of their content.

use super::negotiation::{Encoding, accepted_encoding, is_known};
use crate::state::AppState;
use app::SiteAssets;
use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The files that are part of the binary: name and content.
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The file that leads from a file's own name to the one with the hash.
const MANIFEST: &str = "manifest.json";

/// The front end. Cheap to clone.
#[derive(Clone, Default)]
pub struct Site {
    files: Arc<BTreeMap<String, Arc<File>>>,
    assets: SiteAssets,
}

/// One file in all its forms.
struct File {
    content_type: HeaderValue,
    caching: HeaderValue,
    plain: Form,
    gzip: Option<Form>,
    brotli: Option<Form>,
}

struct Form {
    bytes: Bytes,
    etag: HeaderValue,
}

impl Site {
    /// The front end inside the binary; empty if it was built without.
    ///
    /// # Errors
    /// When its manifest is damaged.
    pub fn embedded() -> io::Result<Self> {
        Self::of(
            EMBEDDED
                .iter()
                .map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes)))
                .collect(),
        )
    }

    /// The front end in a folder, read whole.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut contents = BTreeMap::new();
        let mut waiting = vec![String::new()];
        while let Some(inside) = waiting.pop() {
            for entry in std::fs::read_dir(folder.join(&inside))? {
                let entry = entry?;
                let name = entry
                    .file_name()
                    .into_string()
                    .map_err(|_| io::Error::other("a file's name is no text"))?;
                let path = if inside.is_empty() {
                    name
                } else {
                    format!("{inside}/{name}")
                };
                if entry.file_type()?.is_dir() {
                    waiting.push(path);
                } else {
                    contents.insert(path, std::fs::read(entry.path())?.into());
                }
            }
        }
        Self::of(contents)
    }

    fn of(mut contents: BTreeMap<String, Bytes>) -> io::Result<Self> {
        let manifest: BTreeMap<String, String> = match contents.remove(MANIFEST) {
            Some(text) => serde_json::from_slice(&text)?,
            None => BTreeMap::new(),
        };
        let hashed: HashSet<&str> = manifest.values().map(String::as_str).collect();
        let mut files = BTreeMap::new();
        for (name, bytes) in &contents {
            let packed = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".br"));
            if packed.is_some_and(|plain| contents.contains_key(plain)) {
                continue;
            }
            let form = |suffix: &str| {
                contents
                    .get(&format!("{name}{suffix}"))
                    .map(|bytes| Form::of(bytes, suffix))
            };
            let file = File {
                content_type: HeaderValue::from_static(content_type(name)),
                caching: HeaderValue::from_static(if hashed.contains(name.as_str()) {
                    "public, max-age=31536000, immutable"
                } else {
                    "public, max-age=3600"
                }),
                plain: Form::of(bytes, ""),
                gzip: form(".gz"),
                brotli: form(".br"),
            };
            files.insert(name.clone(), Arc::new(file));
        }
        Ok(Self {
            files: Arc::new(files),
            assets: SiteAssets::new(manifest),
        })
    }

    /// Whether there is no front end.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The addresses of the files, for pages to name them.
    #[must_use]
    pub fn assets(&self) -> &SiteAssets {
        &self.assets
    }

    /// A route a file.
    pub fn routes(&self) -> Router<AppState> {
        self.files.iter().fold(Router::new(), |router, (name, file)| {
            let file = Arc::clone(file);
            router.route(
                &format!("/{name}"),
                get(async move |headers: HeaderMap| file.answer(&headers)),
            )
        })
    }
}

impl File {
    fn answer(&self, request: &HeaderMap) -> Response {
        let (form, encoding) = match (accepted_encoding(request), &self.brotli, &self.gzip) {
            (Encoding::Brotli, Some(brotli), _) => (brotli, Some("br")),
            (Encoding::Brotli | Encoding::Gzip, _, Some(gzip)) => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        };
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(header::ETAG, form.etag.clone());
        headers.insert(header::CACHE_CONTROL, self.caching.clone());
        if self.brotli.is_some() || self.gzip.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if is_known(request, &form.etag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (headers, Body::from(form.bytes.clone())).into_response()
    }
}

impl Form {
    fn of(bytes: &Bytes, suffix: &str) -> Self {
        let digest = Sha256::digest(bytes);
        let tag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("\"{tag}{suffix}\"")).expect("hexadecimal digits are visible ASCII");
        Self {
            bytes: bytes.clone(),
            etag,
        }
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::Site;
    use axum::body::to_bytes;
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};
    use rstest::rstest;

    fn site() -> Site {
        let file = |name: &str, text: &'static str| (name.to_owned(), Bytes::from_static(text.as_bytes()));
        let contents = [
            file("manifest.json", r#"{"guildhall.js": "pkg/guildhall.abc.js"}"#),
            file("pkg/guildhall.abc.js", "plain"),
            file("pkg/guildhall.abc.js.br", "brotli"),
            file("pkg/guildhall.abc.js.gz", "gzip"),
            file("favicon.ico", "icon"),
        ];
        Site::of(contents.into()).unwrap()
    }

    fn asking(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())])
    }

    #[rstest]
    #[case("gzip, br", "brotli", Some("br"))]
    #[case("gzip", "gzip", Some("gzip"))]
    #[case("", "plain", None)]
    #[tokio::test]
    async fn a_file_is_sent_in_the_best_form(#[case] accept: &str, #[case] body: &str, #[case] encoding: Option<&str>) {
        let answer = site().files["pkg/guildhall.abc.js"].answer(&asking("accept-encoding", accept));
        assert_eq!(
            answer
                .headers()
                .get("content-encoding")
                .map(|value| value.to_str().unwrap()),
            encoding
        );
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(answer.headers()["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(to_bytes(answer.into_body(), 100).await.unwrap(), body);
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let file = &site().files["favicon.ico"];
        let etag = file.answer(&HeaderMap::new()).headers()["etag"]
            .to_str()
            .unwrap()
            .to_owned();
        assert_eq!(
            file.answer(&asking("if-none-match", &etag)).status(),
            StatusCode::NOT_MODIFIED
        );
    }

    #[test]
    fn what_lies_beside_a_file_has_no_address_of_its_own() {
        assert_eq!(
            site().files.keys().collect::<Vec<_>>(),
            ["favicon.ico", "pkg/guildhall.abc.js"]
        );
        assert_eq!(site().assets().address("guildhall.js"), "/pkg/guildhall.abc.js");
    }
}
