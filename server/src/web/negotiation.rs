//! What a client takes, and what it has already.

use http::{HeaderMap, HeaderValue, header};

/// How bytes are packed on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Not at all.
    Identity,
    /// By gzip.
    Gzip,
    /// By Brotli.
    Brotli,
}

/// The best encoding that the client takes (`Accept-Encoding`).
pub(crate) fn accepted_encoding(request: &HeaderMap) -> Encoding {
    let mut best = (0.0, Encoding::Identity);
    for part in values(request, header::ACCEPT_ENCODING) {
        let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
        let quality: f32 = match parameters.trim().strip_prefix("q=") {
            Some(number) => number.trim().parse().unwrap_or(0.0),
            None => 1.0,
        };
        let encoding = match name.trim().to_ascii_lowercase().as_str() {
            "br" => Encoding::Brotli,
            "gzip" | "x-gzip" | "*" => Encoding::Gzip,
            _ => continue,
        };
        if quality > best.0 || (quality > 0.0 && quality >= best.0 && encoding == Encoding::Brotli) {
            best = (quality, encoding);
        }
    }
    best.1
}

/// Whether the client has this already (`If-None-Match`, compared weakly).
pub(crate) fn is_known(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    let etag = etag.trim_start_matches("W/");
    values(request, header::IF_NONE_MATCH).any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == etag)
}

/// What kind of answer the client reads (`Accept`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A browser that shows the answer as a page.
    Page,
    /// A script.
    Json,
    /// Anything else.
    Text,
}

impl Reader {
    /// The kind of a request's sender.
    pub(crate) fn of(request: &HeaderMap) -> Self {
        let accepts = |kind: &str| values(request, header::ACCEPT).any(|part| part.trim().starts_with(kind));
        if accepts("text/html") {
            Self::Page
        } else if accepts("application/json") {
            Self::Json
        } else {
            Self::Text
        }
    }
}

fn values(request: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    let lines = request.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(','))
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Reader, accepted_encoding, is_known};
    use http::{HeaderMap, HeaderValue};
    use rstest::rstest;

    fn asking(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())])
    }

    #[rstest]
    #[case("", Encoding::Identity)]
    #[case("gzip, deflate", Encoding::Gzip)]
    #[case("gzip, deflate, br", Encoding::Brotli)]
    #[case("br;q=0.5, gzip;q=0.8", Encoding::Gzip)]
    #[case("gzip;q=0, br;q=0", Encoding::Identity)]
    #[case("*", Encoding::Gzip)]
    #[case("identity;q=1, nonsense;q=x", Encoding::Identity)]
    fn the_client_chooses_the_encoding(#[case] header: &str, #[case] encoding: Encoding) {
        assert_eq!(accepted_encoding(&asking("accept-encoding", header)), encoding);
    }

    #[rstest]
    #[case("\"a\"", true)]
    #[case("W/\"a\"", true)]
    #[case("\"b\", \"a\"", true)]
    #[case("*", true)]
    #[case("\"b\"", false)]
    #[case("", false)]
    fn who_has_it_says_so(#[case] header: &str, #[case] known: bool) {
        assert_eq!(
            is_known(&asking("if-none-match", header), &HeaderValue::from_static("\"a\"")),
            known
        );
    }

    #[rstest]
    #[case("text/html,application/xhtml+xml,*/*;q=0.8", Reader::Page)]
    #[case("application/json", Reader::Json)]
    #[case("*/*", Reader::Text)]
    #[case("", Reader::Text)]
    fn a_reader_says_what_it_reads(#[case] header: &str, #[case] reader: Reader) {
        assert_eq!(Reader::of(&asking("accept", header)), reader);
    }
}
