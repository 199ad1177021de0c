//! Package ids: the id a package publishes under, and the ids it depends on.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The id of a package in this gallery, in the case its author chose.
///
/// The rule is NuGet.org's for new ids: parts of ASCII letters, digits and `_`, joined by single dots or hyphens, 100
/// characters at most. Names that Windows keeps for devices are refused too, because clients make a folder of the id.
/// Two ids that differ in case only are the same id.
///
/// ```
/// use domain::package::PackageId;
/// let id = PackageId::parse("Contoso.Json").unwrap();
/// assert_eq!(id.as_str(), "Contoso.Json");
/// assert_eq!(id.key(), "contoso.json");
/// assert_eq!(id, PackageId::parse("contoso.JSON").unwrap());
/// assert!(PackageId::parse("Contoso..Json").is_err());
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PackageId(String);

impl PackageId {
    /// The longest id, in characters.
    pub const MAX_LENGTH: usize = 100;

    /// Reads an id.
    ///
    /// # Errors
    /// What keeps the text from being the id of a new package.
    pub fn parse(text: &str) -> Result<Self, PackageIdProblem> {
        if text == "$id$" {
            return Err(PackageIdProblem::Placeholder);
        }
        check_shape(text, Self::MAX_LENGTH, |character| {
            character.is_ascii_alphanumeric() || character == '_'
        })?;
        let first = text.split('.').next().unwrap_or(text);
        if is_device_name(first) {
            return Err(PackageIdProblem::DeviceName(first.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The id as its author wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id in lower case: what addresses, file names and unique columns hold.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    fn lower_bytes(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl PartialEq for PackageId {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for PackageId {}

impl Hash for PackageId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.lower_bytes().for_each(|byte| state.write_u8(byte));
        state.write_u8(0xff);
    }
}

impl Ord for PackageId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.lower_bytes().cmp(other.lower_bytes())
    }
}

impl PartialOrd for PackageId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for PackageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for PackageId {
    type Error = PackageIdProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PackageId> for String {
    fn from(id: PackageId) -> Self {
        id.0
    }
}

/// The id of a package that another one depends on.
///
/// It may live in another gallery, whose rules are older and wider: letters and digits of any script, 128 characters.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DependencyId(String);

impl DependencyId {
    /// The longest id of a dependency, in characters.
    pub const MAX_LENGTH: usize = 128;

    /// Reads the id of a dependency, or the name of a package type, which follows the same rule.
    ///
    /// # Errors
    /// What keeps the text from being an id in any gallery.
    pub fn parse(text: &str) -> Result<Self, PackageIdProblem> {
        check_shape(text, Self::MAX_LENGTH, |character| {
            character.is_alphanumeric() || character == '_'
        })?;
        Ok(Self(text.to_owned()))
    }

    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id in lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl PartialEq for DependencyId {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for DependencyId {}

impl fmt::Display for DependencyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<PackageId> for DependencyId {
    fn from(id: PackageId) -> Self {
        Self(id.0)
    }
}

impl TryFrom<String> for DependencyId {
    type Error = PackageIdProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<DependencyId> for String {
    fn from(id: DependencyId) -> Self {
        id.0
    }
}

/// Why a text is no package id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageIdProblem {
    /// There is nothing.
    Empty,
    /// It is the placeholder of a nuspec template.
    Placeholder,
    /// It has more characters than allowed.
    TooLong {
        /// The characters it has.
        length: usize,
        /// The characters it may have.
        limit: usize,
    },
    /// It holds a character that ids do not have.
    Character(char),
    /// It begins or ends with a dot or hyphen, or has two of them in a row.
    Separator,
    /// Windows keeps this name for a device.
    DeviceName(String),
}

impl fmt::Display for PackageIdProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("The id is empty. Give the package an id."),
            Self::Placeholder => {
                formatter.write_str("The id is still the placeholder \"$id$\". Replace it by the package's id.")
            }
            Self::TooLong { length, limit } => {
                write!(formatter, "The id has {length} characters. Shorten it to {limit} or less.")
            }
            Self::Character(character) => write!(
                formatter,
                "The id holds the character \"{}\". Use letters, digits, \"_\", and single dots or hyphens between them.",
                character.escape_debug()
            ),
            Self::Separator => formatter.write_str(
                "The id has a dot or hyphen at its beginning or end, or two in a row. Put each between letters, digits or \"_\".",
            ),
            Self::DeviceName(name) => write!(
                formatter,
                "The id begins with \"{name}\", which Windows keeps for a device. Choose another first part."
            ),
        }
    }
}

impl std::error::Error for PackageIdProblem {}

/// Words of allowed characters, joined by single dots or hyphens.
fn check_shape(text: &str, limit: usize, allowed: impl Fn(char) -> bool) -> Result<(), PackageIdProblem> {
    if text.is_empty() {
        return Err(PackageIdProblem::Empty);
    }
    let length = text.chars().count();
    if length > limit {
        return Err(PackageIdProblem::TooLong { length, limit });
    }
    let separator = |character: char| character == '.' || character == '-';
    if let Some(character) = text
        .chars()
        .find(|character| !allowed(*character) && !separator(*character))
    {
        return Err(PackageIdProblem::Character(character));
    }
    if text.split(separator).any(str::is_empty) {
        return Err(PackageIdProblem::Separator);
    }
    Ok(())
}

/// Names that mean a device on Windows, with whatever extension follows.
fn is_device_name(name: &str) -> bool {
    let numbered = |prefix: &str| {
        name.len() == 4
            && name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && name.bytes().last().is_some_and(|digit| digit.is_ascii_digit())
    };
    ["con", "prn", "aux", "nul"]
        .iter()
        .any(|device| name.eq_ignore_ascii_case(device))
        || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("A")]
    #[case("_")]
    #[case("Newtonsoft.Json")]
    #[case("Contoso.Json-Extras_2")]
    #[case("7Zip")]
    #[case("a.b-c.d")]
    #[case("Console")]
    #[case("Com10.Port")]
    fn an_id_of_the_gallery(#[case] text: &str) {
        let id = PackageId::parse(text).unwrap();
        assert_eq!(id.as_str(), text);
        assert_eq!(id.key(), text.to_lowercase());
    }

    #[rstest]
    #[case("", PackageIdProblem::Empty)]
    #[case("$id$", PackageIdProblem::Placeholder)]
    #[case("a b", PackageIdProblem::Character(' '))]
    #[case("a/b", PackageIdProblem::Character('/'))]
    #[case("..\\a", PackageIdProblem::Character('\\'))]
    #[case("Ünder", PackageIdProblem::Character('Ü'))]
    #[case("K\u{212a}", PackageIdProblem::Character('\u{212a}'))]
    #[case(".a", PackageIdProblem::Separator)]
    #[case("a.", PackageIdProblem::Separator)]
    #[case("a..b", PackageIdProblem::Separator)]
    #[case("a.-b", PackageIdProblem::Separator)]
    #[case("-", PackageIdProblem::Separator)]
    #[case("con", PackageIdProblem::DeviceName("con".into()))]
    #[case("Aux.Tools", PackageIdProblem::DeviceName("Aux".into()))]
    #[case("LPT1", PackageIdProblem::DeviceName("LPT1".into()))]
    fn no_id_of_the_gallery(#[case] text: &str, #[case] problem: PackageIdProblem) {
        assert_eq!(PackageId::parse(text), Err(problem));
    }

    #[test]
    fn an_id_has_at_most_100_characters() {
        assert!(PackageId::parse(&"a".repeat(100)).is_ok());
        assert_eq!(
            PackageId::parse(&"a".repeat(101)),
            Err(PackageIdProblem::TooLong {
                length: 101,
                limit: 100
            })
        );
    }

    #[test]
    fn ids_that_differ_in_case_are_one() {
        let ids: std::collections::HashSet<_> = ["Contoso.Json", "contoso.json", "CONTOSO.JSON"]
            .map(|text| PackageId::parse(text).unwrap())
            .into();
        assert_eq!(ids.len(), 1);
    }

    #[test]
    fn a_dependency_may_have_an_id_of_another_gallery() {
        assert!(DependencyId::parse("Żółw.Json").is_ok());
        assert!(DependencyId::parse(&"a".repeat(128)).is_ok());
        assert!(DependencyId::parse(&"a".repeat(129)).is_err());
        assert!(DependencyId::parse("a b").is_err());
        assert_eq!(
            DependencyId::parse("ŻÓŁW").unwrap(),
            DependencyId::parse("żółw").unwrap()
        );
    }

    #[test]
    fn json_goes_through_the_same_door() {
        assert_eq!(serde_json::from_str::<PackageId>("\"A.b\"").unwrap().as_str(), "A.b");
        assert!(serde_json::from_str::<PackageId>("\"../a\"").is_err());
        assert_eq!(
            serde_json::to_string(&PackageId::parse("A.b").unwrap()).unwrap(),
            "\"A.b\""
        );
    }

    #[test]
    fn every_problem_says_what_to_do() {
        let problems = [
            PackageIdProblem::Empty,
            PackageIdProblem::Placeholder,
            PackageIdProblem::TooLong {
                length: 101,
                limit: 100,
            },
            PackageIdProblem::Character('\n'),
            PackageIdProblem::Separator,
            PackageIdProblem::DeviceName("nul".into()),
        ];
        insta::assert_snapshot!(problems.map(|problem| problem.to_string()).join("\n"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,140}") {
            let _ = DependencyId::parse(&text);
            if let Ok(id) = PackageId::parse(&text) {
                prop_assert!(id.key().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte)));
                prop_assert!(!id.as_str().contains(".."));
            }
        }
    }
}
