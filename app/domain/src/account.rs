//! Accounts: users and organizations share one name space, one shape of address and one set of rules.

use serde::{Deserialize, Serialize};

/// The row of an account, stable through renames. Never shown to people and never in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountKey(pub i64);

/// Whether an account is a person or a group of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Signs in; never has members.
    User,
    /// Has members; never signs in.
    Organization,
}

impl AccountKind {
    /// The kind as the database has it.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Organization => "organization",
        }
    }
}

/// The name of an account as it was typed: 3 to 64 characters, a letter or digit at both ends, `_`, `.` and `-` between.
///
/// Two names that differ only in case are equal.
///
/// ```
/// use domain::account::AccountName;
/// let name = AccountName::parse("Contoso-Ltd").unwrap();
/// assert_eq!(name, AccountName::parse("contoso-ltd").unwrap());
/// assert_eq!(name.folded(), "contosoltd");
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

/// Names that are pages, parts of the feed, or would look official (product contract, 5.6).
const DENIED: [&str; 20] = [
    "add",
    "admin",
    "administrator",
    "api",
    "account",
    "guildhall",
    "health",
    "help",
    "metrics",
    "nuget",
    "organization",
    "packages",
    "profiles",
    "register",
    "security",
    "sign-in",
    "support",
    "system",
    "v2",
    "v3",
];

/// The greatest length of a name, in characters.
pub const NAME_LENGTH: usize = 64;

/// The greatest length of an address, in bytes.
pub const EMAIL_LENGTH: usize = 255;

impl AccountName {
    /// Reads a name that exists or may be wanted.
    ///
    /// # Errors
    /// When the text is empty, too long or does not follow the pattern. Whether a new account may have the name is
    /// [`AccountName::parse_new`]'s question.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        if text.is_empty() {
            return Err(NameProblem::Missing);
        }
        if text.chars().count() > NAME_LENGTH {
            return Err(NameProblem::TooLong);
        }
        let bytes = text.as_bytes();
        let ends = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let inside = bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
        if bytes.len() < 3 || !ends(bytes.first()) || !ends(bytes.last()) || !inside {
            return Err(NameProblem::Pattern);
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads the name of an account that is to be made or renamed: the pattern, and the deny list.
    ///
    /// # Errors
    /// As [`AccountName::parse`], and when the name is on the deny list, whatever its case and punctuation.
    pub fn parse_new(text: &str) -> Result<Self, NameProblem> {
        let name = Self::parse(text)?;
        let folded = name.folded();
        if DENIED.iter().any(|denied| fold(denied) == folded) {
            return Err(NameProblem::Taken);
        }
        Ok(name)
    }

    /// The name as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which accounts are looked up: lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The form in which look-alikes are equal: lower case without `-`, `_` and `.` (product contract, 5.6).
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '-' | '_' | '.'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

impl PartialEq for AccountName {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for AccountName {}

impl std::hash::Hash for AccountName {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl std::fmt::Display for AccountName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for AccountName {
    type Error = NameProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> Self {
        name.0
    }
}

/// Why a name cannot be an account's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Nothing was typed.
    Missing,
    /// More than [`NAME_LENGTH`] characters.
    TooLong,
    /// Not the pattern.
    Pattern,
    /// In use, once used, a look-alike of one of these, or on the deny list. The four are told alike.
    Taken,
}

impl std::fmt::Display for NameProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "Enter a name.",
            Self::TooLong => "Use at most 64 characters.",
            Self::Pattern => {
                "Use at least 3 letters, digits, '.', '-' or '_', and begin and end with a letter or digit."
            }
            Self::Taken => "This name is not available. Choose another one.",
        })
    }
}

impl std::error::Error for NameProblem {}

/// An e-mail address, as typed; addresses are compared without regard to case.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address: letters, digits and ``-!#$%&'*+/=?^_`{|}~.``, then `@`, then a domain with a dot whose last
    /// label ends in a letter (NuGet.org's rule).
    ///
    /// # Errors
    /// When the text is empty, too long or not of that form.
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailProblem::Missing);
        }
        if text.len() > EMAIL_LENGTH {
            return Err(EmailProblem::TooLong);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailProblem::Pattern)?;
        let local_ok = !local.is_empty()
            && local
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-!#$%&'*+/=?^_`{|}~.".contains(&byte));
        let labels_ok = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            });
        if local_ok && labels_ok && domain.ends_with(|c: char| c.is_ascii_alphabetic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(EmailProblem::Pattern)
        }
    }

    /// The address as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared: lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The form in which an address stands in the audit trail: `a…@example.com`.
    #[must_use]
    pub fn masked(&self) -> String {
        match self.0.split_once('@') {
            Some((local, domain)) => format!("{}…@{domain}", local.chars().next().unwrap_or('…')),
            None => "…".to_owned(),
        }
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for EmailAddress {}

impl std::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// Why a text cannot be an account's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// Nothing was typed.
    Missing,
    /// More than [`EMAIL_LENGTH`] bytes.
    TooLong,
    /// Not the form of an address.
    Pattern,
    /// Another account has confirmed it.
    Taken,
}

impl std::fmt::Display for EmailProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "Enter an email address.",
            Self::TooLong => "Use at most 255 characters.",
            Self::Pattern => "This does not look like an email address. Use the form name@example.com.",
            Self::Taken => "This address is in use by another account. Use another one.",
        })
    }
}

impl std::error::Error for EmailProblem {}

#[cfg(test)]
mod tests {
    use super::{AccountName, EmailAddress, EmailProblem, NameProblem};
    use rstest::rstest;

    #[rstest]
    #[case("abc", None)]
    #[case("A.b-c_9", None)]
    #[case("a..b", None)]
    #[case("", Some(NameProblem::Missing))]
    #[case("ab", Some(NameProblem::Pattern))]
    #[case("-ab", Some(NameProblem::Pattern))]
    #[case("ab.", Some(NameProblem::Pattern))]
    #[case("a b", Some(NameProblem::Pattern))]
    #[case("änne", Some(NameProblem::Pattern))]
    #[case("a/../b", Some(NameProblem::Pattern))]
    #[case(&"a".repeat(64), None)]
    #[case(&"a".repeat(65), Some(NameProblem::TooLong))]
    fn a_name_follows_the_pattern(#[case] text: &str, #[case] problem: Option<NameProblem>) {
        assert_eq!(AccountName::parse(text).err(), problem);
    }

    #[rstest]
    #[case("admin")]
    #[case("Sign-In")]
    #[case("sign_in")]
    #[case("signin")]
    #[case("A.d.d")]
    fn a_denied_name_is_not_available_in_any_writing(#[case] text: &str) {
        assert_eq!(AccountName::parse_new(text).err(), Some(NameProblem::Taken));
    }

    #[rstest]
    #[case("a@b.cd", None)]
    #[case(" a@b.cd ", None)]
    #[case("o'neil+x@sub.example.com", None)]
    #[case("", Some(EmailProblem::Missing))]
    #[case("a@b", Some(EmailProblem::Pattern))]
    #[case("a@b.c1", Some(EmailProblem::Pattern))]
    #[case("a@@b.cd", Some(EmailProblem::Pattern))]
    #[case("a b@c.de", Some(EmailProblem::Pattern))]
    #[case("a@-b.cd", Some(EmailProblem::Pattern))]
    #[case("a\r\nBcc: x@b.cd", Some(EmailProblem::Pattern))]
    fn an_address_follows_the_form(#[case] text: &str, #[case] problem: Option<EmailProblem>) {
        assert_eq!(EmailAddress::parse(text).err(), problem);
    }

    #[test]
    fn an_address_is_masked_for_the_trail() {
        assert_eq!(
            EmailAddress::parse("anna@example.com").unwrap().masked(),
            "a…@example.com"
        );
    }
}
