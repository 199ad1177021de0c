//! Addresses inside the site.

use serde::{Deserialize, Serialize};

/// A path with query on this site and nowhere else: what `return=` may hold, and where a form may lead.
///
/// ```
/// use domain::links::LocalPath;
/// assert!(LocalPath::parse("/organization/contoso?page=2").is_some());
/// assert!(LocalPath::parse("//evil.example").is_none());
/// assert!(LocalPath::parse("https://evil.example").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalPath(String);

impl LocalPath {
    /// Reads a path that begins with exactly one `/` and holds printable ASCII without backslashes; anything else could
    /// lead a browser elsewhere, or break a header.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let local = bytes.first() == Some(&b'/') && !matches!(bytes.get(1), Some(b'/' | b'\\'));
        let clean = bytes.len() <= 2_048 && bytes.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'\\');
        (local && clean).then(|| Self(text.to_owned()))
    }

    /// The front page.
    #[must_use]
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// The path with its query.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }

    fn built(path: String) -> Self {
        debug_assert!(Self::parse(&path).is_some(), "a path built from parsed values is local");
        Self(path)
    }
}

impl TryFrom<String> for LocalPath {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a path on this site")
    }
}

impl From<LocalPath> for String {
    fn from(path: LocalPath) -> Self {
        path.0
    }
}

impl std::fmt::Display for LocalPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// `/sign-in` that comes back to the front page.
#[must_use]
pub fn choose_sign_in() -> LocalPath {
    LocalPath::built("/sign-in".to_owned())
}

/// `/sign-in` that comes back to a path and query afterwards.
#[must_use]
pub fn sign_in(back_to: &str) -> LocalPath {
    // What is too long for an address is not come back to.
    LocalPath::parse(&format!("/sign-in?return={}", percent_encode(back_to))).unwrap_or_else(choose_sign_in)
}

/// The overview page of an organization.
#[must_use]
pub fn organization(name: &str) -> LocalPath {
    LocalPath::built(format!("/organization/{}", percent_encode(name)))
}

/// The members page of an organization.
#[must_use]
pub fn members(name: &str) -> LocalPath {
    LocalPath::built(format!("/organization/{}/members", percent_encode(name)))
}

/// The members page of an organization, with the off-boarding summary of the account of a number.
#[must_use]
pub fn members_without(name: &str, left: i64) -> LocalPath {
    LocalPath::built(format!("/organization/{}/members?left={left}", percent_encode(name)))
}

/// The page "Create your account".
#[must_use]
pub fn register() -> LocalPath {
    LocalPath::built("/register".to_owned())
}

/// The page with one's organizations and invitations.
#[must_use]
pub fn manage_organizations() -> LocalPath {
    LocalPath::built("/account/organizations".to_owned())
}

/// The page that confirms a person's address.
#[must_use]
pub fn confirm_account(token: &str) -> LocalPath {
    LocalPath::built(format!("/account/confirm?token={}", percent_encode(token)))
}

/// The page that confirms an organization's address.
#[must_use]
pub fn confirm_organization(name: &str, token: &str) -> LocalPath {
    LocalPath::built(format!(
        "/organization/{}/confirm?token={}",
        percent_encode(name),
        percent_encode(token)
    ))
}

/// The packages page of an organization.
#[must_use]
pub fn organization_packages(name: &str) -> LocalPath {
    LocalPath::built(format!("/organization/{}/packages", percent_encode(name)))
}

/// The audit trail of an organization.
#[must_use]
pub fn audit_trail(name: &str) -> LocalPath {
    LocalPath::built(format!("/organization/{}/audit", percent_encode(name)))
}

/// The audit trail of an organization as a file for spreadsheets, with a filter that is encoded already.
#[must_use]
pub fn audit_csv(name: &str, filter: &str) -> LocalPath {
    audit_file(name, "csv", filter)
}

/// The audit trail of an organization as JSON, likewise.
#[must_use]
pub fn audit_json(name: &str, filter: &str) -> LocalPath {
    audit_file(name, "json", filter)
}

fn audit_file(name: &str, kind: &str, filter: &str) -> LocalPath {
    let path = format!("/organization/{}/audit.{kind}", percent_encode(name));
    // What is too long for an address is no filter that anything could fit.
    LocalPath::parse(&format!("{path}?{filter}"))
        .filter(|_| !filter.is_empty())
        .unwrap_or_else(|| LocalPath::built(path))
}

/// The page of those who administer the site.
#[must_use]
pub fn site_administration() -> LocalPath {
    LocalPath::built("/admin".to_owned())
}

/// The API keys of an organization, and its members' keys for it.
#[must_use]
pub fn organization_api_keys(name: &str) -> LocalPath {
    LocalPath::built(format!("/organization/{}/apikeys", percent_encode(name)))
}

/// The publishing policies of an organization.
#[must_use]
pub fn organization_trusted_publishing(name: &str) -> LocalPath {
    LocalPath::built(format!("/organization/{}/trusted-publishing", percent_encode(name)))
}

/// One's own publishing policies.
#[must_use]
pub fn trusted_publishing() -> LocalPath {
    LocalPath::built("/account/trusted-publishing".to_owned())
}

/// The settings of an organization.
#[must_use]
pub fn organization_settings(name: &str) -> LocalPath {
    LocalPath::built(format!("/organization/{}/settings", percent_encode(name)))
}

/// The settings of one's own account.
#[must_use]
pub fn account_settings() -> LocalPath {
    LocalPath::built("/account".to_owned())
}

/// The page that transforms one's account into an organization.
#[must_use]
pub fn transform() -> LocalPath {
    LocalPath::built("/account/transform".to_owned())
}

/// The packages of oneself and one's organizations, and the requests to own more.
#[must_use]
pub fn manage_packages() -> LocalPath {
    LocalPath::built("/account/packages".to_owned())
}

/// The public page of an account.
#[must_use]
pub fn profile(name: &str) -> LocalPath {
    LocalPath::built(format!("/profiles/{}", percent_encode(name)))
}

/// The picture of an account. A version that changes with the picture gets past what browsers keep of an older one.
#[must_use]
pub fn logo(name: &str, version: &str) -> LocalPath {
    let version: String = version.chars().take(8).collect();
    let query = if version.is_empty() { "" } else { "?v=" };
    LocalPath::built(format!("/profiles/{}/logo{query}{version}", percent_encode(name)))
}

/// The page with one's API keys.
#[must_use]
pub fn api_keys() -> LocalPath {
    LocalPath::built("/account/apikeys".to_owned())
}

/// The page of a package, of its latest version.
#[must_use]
pub fn package(id: &str) -> LocalPath {
    LocalPath::built(format!("/packages/{}", percent_encode(id)))
}

/// The page where a package's owners manage it.
#[must_use]
pub fn manage_package(id: &str) -> LocalPath {
    LocalPath::built(format!("/packages/{}/manage", percent_encode(id)))
}

/// The page of one version of a package.
#[must_use]
pub fn package_version(id: &str, version: &str) -> LocalPath {
    LocalPath::built(format!("/packages/{}/{}", percent_encode(id), percent_encode(version)))
}

/// Percent-encodes everything but letters, digits, `-`, `.`, `_` and `~`, so that the text is one segment or one value.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                encoded.push(char::from(HEX.get(usize::from(nibble)).copied().unwrap_or(b'0')));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{LocalPath, sign_in};
    use rstest::rstest;

    #[rstest]
    #[case("/", true)]
    #[case("/packages?q=a%20b", true)]
    #[case("", false)]
    #[case("packages", false)]
    #[case("//evil.example", false)]
    #[case("/\\evil.example", false)]
    #[case("/a\\b", false)]
    #[case("https://evil.example/", false)]
    #[case("/a\r\nSet-Cookie: x", false)]
    #[case("/\tx", false)]
    #[case("/ü", false)]
    fn only_paths_on_this_site_are_local(#[case] text: &str, #[case] local: bool) {
        assert_eq!(LocalPath::parse(text).is_some(), local);
    }

    #[test]
    fn the_way_back_is_one_encoded_value() {
        assert_eq!(sign_in("/a?b=c&d").as_str(), "/sign-in?return=%2Fa%3Fb%3Dc%26d");
    }
}
