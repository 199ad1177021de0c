//! Addresses that a package gives of its project, its icon and its licence.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An absolute http or https address, safe to be the target of a link.
///
/// ```
/// use domain::package::WebUrl;
/// assert!(WebUrl::parse("https://contoso.example/json").is_some());
/// assert!(WebUrl::parse("javascript:alert(1)").is_none());
/// assert!(WebUrl::parse("//contoso.example").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebUrl(String);

impl WebUrl {
    /// Reads an address that begins with `http://` or `https://` and a host, and holds neither white space nor control
    /// characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = without_scheme(text, "https").or_else(|| without_scheme(text, "http"))?;
        let host = rest.split(['/', '?', '#', '\\']).next()?;
        let host = host.rsplit('@').next()?;
        let named = host.starts_with(|character: char| character.is_alphanumeric() || character == '[');
        let clean = text
            .chars()
            .all(|character| !character.is_whitespace() && !character.is_control());
        (named && clean).then(|| Self(text.to_owned()))
    }

    /// The address as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        without_scheme(&self.0, "https").is_some()
    }
}

impl fmt::Display for WebUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for WebUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not an absolute http or https address")
    }
}

impl From<WebUrl> for String {
    fn from(url: WebUrl) -> Self {
        url.0
    }
}

fn without_scheme<'text>(text: &'text str, scheme: &str) -> Option<&'text str> {
    let (start, rest) = text.split_once("://")?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("http://a")]
    #[case("HTTPS://contoso.example:8080/a?b=c#d")]
    #[case("https://user@contoso.example/")]
    #[case("http://[::1]/")]
    #[case("https://müller.example/straße")]
    fn an_address(#[case] text: &str) {
        assert_eq!(WebUrl::parse(text).unwrap().as_str(), text);
    }

    #[rstest]
    #[case("")]
    #[case("contoso.example")]
    #[case("ftp://contoso.example")]
    #[case("javascript://%0aalert(1)")]
    #[case("https:contoso.example")]
    #[case("https://")]
    #[case("https:///path")]
    #[case("https://?q")]
    #[case("https://contoso.example/a b")]
    #[case("https://contoso.example/\n")]
    #[case(" https://contoso.example")]
    fn no_address(#[case] text: &str) {
        assert_eq!(WebUrl::parse(text), None);
    }
}
