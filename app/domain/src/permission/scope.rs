//! What an API key may do at all: scopes and glob patterns, intersected with the person's own rights.

use super::action::Action;
use serde::{Deserialize, Serialize};

/// How far a key may push.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushScope {
    /// Not at all.
    #[default]
    None,
    /// New versions of packages that exist.
    Versions,
    /// New packages and new versions.
    NewPackages,
}

/// The scopes of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scopes {
    /// How far it may push.
    pub push: PushScope,
    /// Whether it may unlist, relist and deprecate.
    pub unlist: bool,
}

impl Scopes {
    /// Whether the key may do the action with any package at all.
    #[must_use]
    pub const fn cover(self, action: Action) -> bool {
        match action {
            Action::PublishNewId => matches!(self.push, PushScope::NewPackages),
            Action::PublishVersion => matches!(self.push, PushScope::NewPackages | PushScope::Versions),
            Action::ChangeListing | Action::Deprecate => self.unlist,
            _ => false,
        }
    }

    /// Whether nothing was ticked.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        matches!(self.push, PushScope::None) && !self.unlist
    }

    /// The scopes as the key list shows them.
    #[must_use]
    pub fn labels(self) -> Vec<&'static str> {
        let push = match self.push {
            PushScope::None => None,
            PushScope::Versions => Some("Push only new package versions"),
            PushScope::NewPackages => Some("Push new packages and package versions"),
        };
        push.into_iter()
            .chain(self.unlist.then_some("Unlist or relist package versions"))
            .collect()
    }
}

/// A pattern over package ids: `*` stands for any run of characters, everything else for itself; case does not matter.
///
/// ```
/// use domain::permission::Glob;
/// let glob = Glob::parse("Contoso.*").unwrap();
/// assert!(glob.matches("contoso.Logging"));
/// assert!(!glob.matches("Contoso"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Glob(String);

impl Glob {
    /// Reads one pattern: letters, digits, `_`, `.`, `-` and `*`, at most 128 characters.
    ///
    /// # Errors
    /// When it is empty, too long, or has another character.
    pub fn parse(text: &str) -> Result<Self, GlobProblem> {
        if text.is_empty() {
            return Err(GlobProblem::Missing);
        }
        if text.len() > 128 {
            return Err(GlobProblem::TooLong);
        }
        if !text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'*'))
        {
            return Err(GlobProblem::Character);
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads several patterns, separated by spaces or commas; at least one.
    ///
    /// # Errors
    /// As [`Glob::parse`], and with more than 100 patterns.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, GlobProblem> {
        let globs: Vec<Self> = text
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|part| !part.is_empty())
            .map(Self::parse)
            .collect::<Result<_, _>>()?;
        match globs.len() {
            0 => Err(GlobProblem::Missing),
            1..=100 => Ok(globs),
            _ => Err(GlobProblem::TooMany),
        }
    }

    /// The pattern as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole id matches, in time linear in the lengths multiplied.
    #[must_use]
    pub fn matches(&self, id: &str) -> bool {
        let pattern = self.0.to_ascii_lowercase();
        let id = id.to_lowercase();
        let mut parts = pattern.split('*');
        let Some(mut rest) = id.strip_prefix(parts.next().unwrap_or_default()) else {
            return false;
        };
        let mut parts: Vec<&str> = parts.collect();
        let Some(last) = parts.pop() else {
            return rest.is_empty();
        };
        for part in parts {
            match rest.find(part) {
                Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
                None => return false,
            }
        }
        rest.ends_with(last)
    }
}

impl TryFrom<String> for Glob {
    type Error = GlobProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Glob> for String {
    fn from(glob: Glob) -> Self {
        glob.0
    }
}

/// Why a text is no glob pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobProblem {
    /// Nothing was typed.
    Missing,
    /// More than 128 characters in one pattern.
    TooLong,
    /// More than 100 patterns.
    TooMany,
    /// A character that no package id has.
    Character,
}

impl std::fmt::Display for GlobProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "Enter at least one glob pattern. '*' alone stands for every package.",
            Self::TooLong => "Use at most 128 characters a pattern.",
            Self::TooMany => "Use at most 100 patterns.",
            Self::Character => "Use letters, digits, '.', '-', '_' and '*' in a pattern.",
        })
    }
}

impl std::error::Error for GlobProblem {}

#[cfg(test)]
mod tests {
    use super::Glob;
    use rstest::rstest;

    #[rstest]
    #[case("*", "Anything", true)]
    #[case("Contoso.*", "contoso.a", true)]
    #[case("Contoso.*", "Contoso", false)]
    #[case("Contoso.*", "NotContoso.A", false)]
    #[case("Contoso", "CONTOSO", true)]
    #[case("Contoso", "Contoso.A", false)]
    #[case("*.Tests", "A.B.Tests", true)]
    #[case("*.Tests", "A.Tests.B", false)]
    #[case("A*B*C", "AxxByyC", true)]
    #[case("A*B*C", "AC", false)]
    #[case("a*a", "a", false)]
    #[case("a**a", "aa", true)]
    fn a_glob_matches_the_whole_id_without_case(#[case] glob: &str, #[case] id: &str, #[case] matches: bool) {
        assert_eq!(Glob::parse(glob).unwrap().matches(id), matches);
    }

    #[test]
    fn several_globs_are_separated_by_space_or_comma() {
        assert_eq!(Glob::parse_list(" a.* , b.*  c ").unwrap().len(), 3);
        assert!(Glob::parse_list(" , ").is_err());
        assert!(Glob::parse_list("a;b").is_err());
    }
}
