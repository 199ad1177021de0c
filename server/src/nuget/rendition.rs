//! A document of the feed as it is kept and sent: rendered and compressed once, answered many times.

use crate::web::negotiation::{Encoding, accepted_encoding, is_known};
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use std::sync::OnceLock;

/// Documents up to this size are kept as they are too.
const KEPT_PLAIN: usize = 64 * 1024;

/// Whether a document is sent as the client asks, or compressed in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    /// As `Accept-Encoding` says.
    Negotiated,
    /// With gzip, which the address promises.
    Gzip,
}

/// How long others may keep a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caching {
    /// They ask each time whether it is still the same.
    Revalidate,
    /// Five minutes.
    Minutes,
}

impl Caching {
    const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Revalidate => "public, no-cache",
            Self::Minutes => "public, max-age=300",
        })
    }
}

/// A JSON document, rendered.
#[derive(Debug)]
pub(super) struct Rendition {
    etag: HeaderValue,
    plain: Option<Bytes>,
    gzip: Bytes,
    /// Made when the first client asks for it.
    brotli: OnceLock<Bytes>,
}

impl Rendition {
    /// Renders a document.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub(super) fn of<T: Serialize>(document: &T) -> io::Result<Self> {
        let plain = serde_json::to_vec(document)?;
        let digest = Sha256::digest(&plain);
        let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..12).unwrap_or_default()));
        let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), flate2::Compression::default());
        encoder.write_all(&plain)?;
        Ok(Self {
            etag: HeaderValue::from_str(&tag).map_err(io::Error::other)?,
            gzip: encoder.finish()?.into(),
            plain: (plain.len() <= KEPT_PLAIN).then(|| plain.into()),
            brotli: OnceLock::new(),
        })
    }

    /// About how many bytes of memory it takes.
    pub(super) fn weight(&self) -> u32 {
        let plain = self.plain.as_ref().map_or(0, Bytes::len);
        // Brotli is a little smaller than gzip.
        u32::try_from(plain + 2 * self.gzip.len() + 256).unwrap_or(u32::MAX)
    }

    /// The answer to a request with these headers.
    pub(super) fn answer(&self, request: &HeaderMap, compression: Compression, caching: Caching) -> Response {
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, caching.header());
        if compression == Compression::Negotiated {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if is_known(request, &self.etag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let encoding = match compression {
            Compression::Gzip => Encoding::Gzip,
            Compression::Negotiated => accepted_encoding(request),
        };
        let body = match encoding {
            Encoding::Identity => self.plain(),
            Encoding::Gzip => Ok(self.gzip.clone()),
            Encoding::Brotli => self.brotli(),
        };
        let body = match body {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(%error, "a kept document cannot be unpacked");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        match encoding {
            Encoding::Identity => None,
            Encoding::Gzip => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
            Encoding::Brotli => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br")),
        };
        (headers, Body::from(body)).into_response()
    }

    fn plain(&self) -> io::Result<Bytes> {
        if let Some(plain) = &self.plain {
            return Ok(plain.clone());
        }
        let mut plain = Vec::with_capacity(self.gzip.len() * 6);
        GzDecoder::new(self.gzip.as_ref()).read_to_end(&mut plain)?;
        Ok(plain.into())
    }

    fn brotli(&self) -> io::Result<Bytes> {
        if let Some(kept) = self.brotli.get() {
            return Ok(kept.clone());
        }
        let mut packed = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut packed, 16 * 1024, 5, 20);
        writer.write_all(&self.plain()?)?;
        writer.flush()?;
        drop(writer);
        Ok(self.brotli.get_or_init(|| packed.into()).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{Caching, Compression, Rendition};
    use axum::body::to_bytes;
    use http::{HeaderMap, StatusCode};
    use rstest::rstest;
    use std::io::Read;

    fn asking(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())])
    }

    #[rstest]
    #[case::small(10)]
    #[case::large(100_000)]
    #[tokio::test]
    async fn every_encoding_holds_the_same_document(#[case] numbers: u32) {
        let document: Vec<u32> = (0..numbers).collect();
        let rendition = Rendition::of(&document).unwrap();
        for encoding in ["identity", "gzip", "br"] {
            let request = asking("accept-encoding", encoding);
            let answer = rendition.answer(&request, Compression::Negotiated, Caching::Revalidate);
            let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            let mut plain = Vec::new();
            match encoding {
                "gzip" => flate2::read::GzDecoder::new(&body[..]).read_to_end(&mut plain).unwrap(),
                "br" => brotli::Decompressor::new(&body[..], 4096)
                    .read_to_end(&mut plain)
                    .unwrap(),
                _ => body.as_ref().read_to_end(&mut plain).unwrap(),
            };
            assert_eq!(serde_json::from_slice::<Vec<u32>>(&plain).unwrap(), document);
        }
    }

    #[test]
    fn who_has_it_is_not_sent_it_again() {
        let rendition = Rendition::of(&"text").unwrap();
        let etag = rendition.etag.to_str().unwrap();
        for header in [etag, "*", &format!("\"x\", {etag}"), etag.trim_start_matches("W/")] {
            let request = asking("if-none-match", header);
            let answer = rendition.answer(&request, Compression::Gzip, Caching::Minutes);
            assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
            assert_eq!(answer.headers()["etag"], etag);
        }
        let other = asking("if-none-match", "\"x\"");
        assert_eq!(
            rendition.answer(&other, Compression::Gzip, Caching::Minutes).status(),
            StatusCode::OK
        );
    }
}
