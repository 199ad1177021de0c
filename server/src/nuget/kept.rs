//! Documents that are kept, answered before anything else looks at the request: restores ask for them thousands of times,
//! and what stands around pages (routing, the request's number, a line in the log) would take longer than the answer.
//!
//! What is not kept, or needs a second look, such as an address with escapes, takes the way of every other request. Where
//! several nodes share a database, it is asked for the present generation first, so these requests take that way too.

use super::addresses::Hive;
use super::feed::{Document, Key};
use crate::state::AppState;
use axum::response::Response;
use gallery::feed::{Generation, own_generation};
use http::{Method, Request};

/// The answer to a request for a document that is kept and still true.
pub(crate) fn kept<B>(state: &AppState, request: &Request<B>) -> Option<Response> {
    if *request.method() != Method::GET {
        return None;
    }
    let document = Document::at(request.uri().path())?;
    let generation: Option<Generation> = match document.id() {
        Some(id) => Some(own_generation(&state.gallery, id)?),
        None => None,
    };
    let (compression, caching) = (document.compression(), document.caching());
    let rendition = state.feed.kept(&Key { document, generation })?;
    let mut answer = rendition.answer(request.headers(), compression, caching);
    state.protection.of_document(answer.headers_mut());
    tracing::debug!(path = request.uri().path(), "answered from memory");
    Some(answer)
}

impl Document {
    /// The document at an address that is written without escapes; searches are told by their parameters, not here.
    fn at(path: &str) -> Option<Self> {
        let path = path.strip_prefix("/v3/")?;
        if path == "index.json" {
            return Some(Self::ServiceIndex);
        }
        if !path.bytes().all(is_plain) {
            return None;
        }
        let path = path.to_ascii_lowercase();
        let mut parts = path.split('/');
        let (folder, id, rest) = (parts.next()?, parts.next()?, parts.next()?);
        if id.is_empty() {
            return None;
        }
        let id = id.to_owned();
        let name = |part: &str| Some(part.strip_suffix(".json")?.to_owned());
        let document = if folder == "package" {
            (rest == "index.json").then_some(Self::Versions { id })?
        } else {
            let hive = Hive::in_folder(folder)?;
            match rest {
                "index.json" => Self::RegistrationIndex { hive, id },
                "page" => Self::RegistrationPage {
                    hive,
                    id,
                    lower: parts.next()?.to_owned(),
                    upper: name(parts.next()?)?,
                },
                version => Self::RegistrationLeaf {
                    hive,
                    id,
                    version: name(version)?,
                },
            }
        };
        parts.next().is_none().then_some(document)
    }
}

/// Whether a byte means itself in an address and is no letter of another alphabet.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'/')
}

#[cfg(test)]
mod tests {
    use super::super::addresses::Hive;
    use super::super::feed::Document;
    use rstest::rstest;

    #[rstest]
    #[case("/v3/index.json", Some(Document::ServiceIndex))]
    #[case("/v3/package/Contoso.Json/index.json", Some(Document::Versions { id: "contoso.json".into() }))]
    #[case("/v3/package/contoso/1.0.0/contoso.1.0.0.nupkg", None)]
    #[case("/v3/package//index.json", None)]
    #[case("/v3/package/contoso%2Ejson/index.json", None)]
    #[case("/v3/query", None)]
    #[case("/packages/contoso", None)]
    #[case("/v3/registration-gz/a/index.json", Some(Document::RegistrationIndex { hive: Hive::Gzip, id: "a".into() }))]
    #[case("/v3/registration-gz/a/index.json/b", None)]
    #[case("/v3/registrations/a/index.json", None)]
    #[case(
        "/v3/registration/a/page/1.0.0/2.0.0-RC.json",
        Some(Document::RegistrationPage { hive: Hive::Plain, id: "a".into(), lower: "1.0.0".into(), upper: "2.0.0-rc".into() })
    )]
    #[case(
        "/v3/registration-gz-semver2/a/1.0.0+b.json",
        Some(Document::RegistrationLeaf { hive: Hive::GzipSemver2, id: "a".into(), version: "1.0.0+b".into() })
    )]
    fn an_address_without_escapes_names_its_document(#[case] path: &str, #[case] document: Option<Document>) {
        assert_eq!(Document::at(path), document);
    }
}
