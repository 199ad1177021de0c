//! The flat container: versions of an id, and the files of each. A restore asks for nothing else.

use super::feed::{Document, Key};
use super::read_problem::ReadProblem;
use super::rendition::{Caching, Compression};
use crate::state::AppState;
use crate::web::negotiation::is_known;
use crate::web::segments::Segments;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::package::PackageVersion;
use gallery::feed::{self as packages, PackageFile};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde::Serialize;

#[derive(Serialize)]
struct Versions {
    versions: Vec<String>,
}

/// `GET /v3/package/{id}/index.json`: every version, listed or not, ascending.
pub(super) async fn versions(
    State(state): State<AppState>,
    Segments(id): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ReadProblem> {
    let generation = packages::generation(&state.gallery, &id).await?;
    let key = Key::new(Document::Versions { id: id.to_lowercase() }, generation);
    let rendition = state.feed.rendition(key, || async {
        let versions = packages::versions(&state.gallery, &id).await?;
        Ok(Versions { versions })
    });
    Ok(rendition
        .await?
        .answer(&headers, Compression::Negotiated, Caching::Revalidate))
}

/// `GET /v3/package/{id}/{version}/{file}`: the package file, its nuspec, README, icon or licence.
pub(super) async fn file(
    State(state): State<AppState>,
    Segments((id, version, name)): Segments<(String, String, String)>,
    method: Method,
    request: HeaderMap,
) -> Result<Response, ReadProblem> {
    let kind = FileKind::of(&name, &id, &version).ok_or(ReadProblem::NotFound)?;
    let gallery = &state.gallery;
    let file = packages::package_file(gallery, &id, &version).await?;
    let mut headers = kind.headers(&file);
    if is_known(&request, &kind.etag(&file)) {
        headers.remove(header::CONTENT_TYPE);
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let body = match kind {
        FileKind::Package => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
            if method == Method::HEAD {
                Body::empty()
            } else {
                let bytes = file.open(gallery).await?;
                packages::count_download(gallery, &file);
                Body::from_stream(bytes)
            }
        }
        FileKind::Nuspec => packages::nuspec(gallery, &id, &version).await?.into(),
        FileKind::Readme => packages::readme(gallery, &id, &version).await?.into(),
        FileKind::License => packages::license(gallery, &id, &version).await?.into(),
        FileKind::Icon => {
            let icon = packages::icon(gallery, &id, &version).await?;
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(icon.kind.media_type()));
            icon.bytes.into()
        }
    };
    Ok((headers, body).into_response())
}

/// What there is of a version.
#[derive(Clone, Copy)]
enum FileKind {
    Package,
    Nuspec,
    Readme,
    Icon,
    License,
}

impl FileKind {
    /// What a file name in the folder of a version means; it may write the version in another form than the folder.
    fn of(name: &str, id: &str, version: &str) -> Option<Self> {
        let name = name.to_lowercase();
        match name.as_str() {
            "readme" => return Some(Self::Readme),
            "icon" => return Some(Self::Icon),
            "license" => return Some(Self::License),
            _ => {}
        }
        let rest = name.strip_prefix(&id.to_lowercase())?.strip_prefix('.')?;
        if rest == "nuspec" {
            return Some(Self::Nuspec);
        }
        let own = PackageVersion::parse(rest.strip_suffix(".nupkg")?).ok()?;
        let same = PackageVersion::parse(version).is_ok_and(|folder| folder == own);
        same.then_some(Self::Package)
    }

    /// What does not depend on the bytes. They never change, so they may be kept for ever.
    fn headers(self, file: &PackageFile) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(6);
        let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
        headers.insert(header::CACHE_CONTROL, for_ever);
        headers.insert(header::ETAG, self.etag(file));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type()));
        let disposition = match self {
            Self::Package => format!("attachment; filename=\"{}\"", file.name),
            Self::Nuspec => "attachment".to_owned(),
            Self::Readme | Self::Icon | Self::License => "inline".to_owned(),
        };
        if let Ok(disposition) = HeaderValue::from_str(&disposition) {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
        headers
    }

    /// An icon says itself which of two it is.
    const fn media_type(self) -> &'static str {
        match self {
            Self::Package | Self::Icon => "application/octet-stream",
            Self::Nuspec => "application/xml",
            Self::Readme => "text/markdown; charset=utf-8",
            Self::License => "text/plain; charset=utf-8",
        }
    }

    /// The hash of the package names its bytes, and those of everything in it.
    fn etag(self, file: &PackageFile) -> HeaderValue {
        let part = match self {
            Self::Package => "",
            Self::Nuspec => "-nuspec",
            Self::Readme => "-readme",
            Self::Icon => "-icon",
            Self::License => "-license",
        };
        // A hash in base64 is printable; an empty tag is one that nobody was given.
        HeaderValue::from_str(&format!("\"{}{part}\"", file.hash)).unwrap_or(HeaderValue::from_static("\"\""))
    }
}

#[cfg(test)]
mod tests {
    use super::FileKind;
    use rstest::rstest;

    #[rstest]
    #[case("contoso.json.1.0.0.nupkg", Some("application/octet-stream"))]
    #[case("Contoso.Json.1.0.NUPKG", Some("application/octet-stream"))]
    #[case("contoso.json.1.0.1.nupkg", None)]
    #[case("contoso.1.0.0.nupkg", None)]
    #[case("CONTOSO.json.nuspec", Some("application/xml"))]
    #[case("other.nuspec", None)]
    #[case("README", Some("text/markdown; charset=utf-8"))]
    #[case("readme.md", None)]
    fn a_file_is_named_in_any_case_and_form(#[case] name: &str, #[case] media_type: Option<&str>) {
        let kind = FileKind::of(name, "Contoso.Json", "01.0");
        assert_eq!(kind.map(FileKind::media_type), media_type);
    }
}
