//! The licence of a package.

use super::web_url::WebUrl;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// How a package states its licence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum License {
    /// Not at all.
    #[default]
    None,
    /// An SPDX expression of OSI or FSF licences, such as `MIT OR Apache-2.0`.
    Expression(String),
    /// A text file inside the package, by its path.
    File(String),
    /// An address outside, the old way.
    Url(WebUrl),
}

impl License {
    /// What `licenseUrl` holds beside a licence file, to tell old clients to look elsewhere.
    pub const FILE_URL: &str = "https://aka.ms/deprecateLicenseUrl";

    /// What `licenseUrl` begins with beside an expression; the expression follows, percent-encoded.
    pub const EXPRESSION_URL: &str = "https://licenses.nuget.org/";

    /// The address that clients before NuGet 4.9 show, or nothing if the package states no licence.
    #[must_use]
    pub fn legacy_url(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Expression(expression) => {
                let mut url = Self::EXPRESSION_URL.to_owned();
                for byte in expression.bytes() {
                    match byte {
                        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'(' | b')' | b'+' => {
                            url.push(char::from(byte));
                        }
                        _ => {
                            let _ = write!(url, "%{byte:02X}");
                        }
                    }
                }
                Some(url)
            }
            Self::File(_) => Some(Self::FILE_URL.to_owned()),
            Self::Url(url) => Some(url.as_str().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_clients_are_given_an_address() {
        assert_eq!(License::None.legacy_url(), None);
        assert_eq!(
            License::Expression("(MIT OR Apache-2.0)".into()).legacy_url().unwrap(),
            "https://licenses.nuget.org/(MIT%20OR%20Apache-2.0)"
        );
        assert_eq!(
            License::File("LICENSE".into()).legacy_url().unwrap(),
            "https://aka.ms/deprecateLicenseUrl"
        );
        let url = WebUrl::parse("https://contoso.example/license").unwrap();
        assert_eq!(
            License::Url(url).legacy_url().unwrap(),
            "https://contoso.example/license"
        );
    }
}
