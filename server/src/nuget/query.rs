//! The parameters of search and autocomplete, as clients write them.

use super::read_problem::ReadProblem;
use axum::extract::FromRequestParts;
use domain::package::PackageVersion;
use gallery::search::SearchQuery;
use http::request::Parts;
use std::convert::Infallible;

/// How many hits somebody gets who does not say.
const DEFAULT_HITS: u64 = 20;

/// The parameters of a request, by name whatever its case; the first of each counts.
#[derive(Debug)]
pub(super) struct Parameters(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

impl Parameters {
    fn parse(query: &str) -> Self {
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// A text; nothing if it is missing or empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether prereleases are wanted.
    pub(super) fn prerelease(&self) -> bool {
        self.text("prerelease")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Whether the client understands SemVer 2.
    pub(super) fn semver2(&self) -> bool {
        let level = self
            .text("semVerLevel")
            .and_then(|level| PackageVersion::parse(level).ok());
        level.is_some_and(|level| level >= PackageVersion::from_numbers([2, 0, 0, 0]))
    }

    /// How many hits to leave out.
    pub(super) fn skip(&self) -> Result<u64, ReadProblem> {
        self.number("skip", 0)
    }

    /// How many hits to give; who asks for more than the most gets that (product contract, section 9).
    pub(super) fn take(&self) -> Result<u64, ReadProblem> {
        self.number("take", DEFAULT_HITS)
            .map(|take| take.min(SearchQuery::MOST_TAKEN))
    }

    fn number(&self, name: &str, default: u64) -> Result<u64, ReadProblem> {
        let Some(text) = self.text(name) else {
            return Ok(default);
        };
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // Digits that are no u64 are more than anybody has.
            return Ok(text.parse().unwrap_or(u64::MAX));
        }
        Err(ReadProblem::Parameter(format!(
            "The parameter \"{name}\" must be a whole number, 0 or more."
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::Parameters;
    use rstest::rstest;

    #[test]
    fn names_have_no_case_and_the_first_counts() {
        let parameters = Parameters::parse("Q=a%20b&q=c&PreRelease=True&semverlevel=2.0.0&packageType=");
        assert_eq!(parameters.text("q"), Some("a b"));
        assert!(parameters.prerelease() && parameters.semver2());
        assert_eq!(parameters.text("packageType"), None);
    }

    #[rstest]
    #[case("", false)]
    #[case("semVerLevel=1.0.0", false)]
    #[case("semVerLevel=2.0.0", true)]
    #[case("semVerLevel=2", true)]
    #[case("semVerLevel=nonsense", false)]
    fn a_client_says_whether_it_understands_semver2(#[case] query: &str, #[case] semver2: bool) {
        assert_eq!(Parameters::parse(query).semver2(), semver2);
    }

    #[rstest]
    #[case("", Some((0, 20)))]
    #[case("skip=5&take=7", Some((5, 7)))]
    #[case("take=0", Some((0, 0)))]
    #[case("take=1001", Some((0, 1_000)))]
    #[case("skip=99999999999999999999", Some((u64::MAX, 20)))]
    #[case("skip=-1", None)]
    #[case("take=ten", None)]
    fn take_is_capped(#[case] query: &str, #[case] expected: Option<(u64, u64)>) {
        let parameters = Parameters::parse(query);
        assert_eq!(parameters.skip().ok().zip(parameters.take().ok()), expected);
    }
}
