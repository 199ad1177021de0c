//! Ranges of versions, in NuGet's interval notation.

use super::version::{PackageVersion, PackageVersionProblem};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// The versions that a dependency can be satisfied with.
///
/// Floating ranges (`1.*`) belong into project files; no package may hold one.
///
/// ```
/// use domain::package::{PackageVersion, VersionRange};
/// let range = VersionRange::parse("1.0").unwrap();
/// assert_eq!(range.to_string(), "[1.0.0, )");
/// assert_eq!(range.human(), ">= 1.0.0");
/// assert!(range.contains(&PackageVersion::parse("2.0").unwrap()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VersionRange {
    lower: Option<Bound>,
    upper: Option<Bound>,
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Bound {
    version: PackageVersion,
    inclusive: bool,
}

impl VersionRange {
    /// The range of all versions.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// The range from this version on, itself included.
    #[must_use]
    pub fn at_least(version: PackageVersion) -> Self {
        Self {
            lower: Some(Bound {
                version,
                inclusive: true,
            }),
            upper: None,
        }
    }

    /// Reads a range: nothing (any version), a version (that one and all above it), or an interval such as `[1.0, 2.0)`,
    /// `(, 1.0]` or `[1.0]`.
    ///
    /// # Errors
    /// What keeps the text from being a range.
    pub fn parse(text: &str) -> Result<Self, VersionRangeProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::any());
        }
        if text.contains('*') {
            return Err(VersionRangeProblem::Floating);
        }
        let lower_inclusive = match text.chars().next() {
            Some('[') => true,
            Some('(') => false,
            _ => return Ok(Self::at_least(parse_version(text)?)),
        };
        let inner = text.get(1..).unwrap_or_default();
        let (inner, upper_inclusive) = if let Some(inner) = inner.strip_suffix(']') {
            (inner, true)
        } else if let Some(inner) = inner.strip_suffix(')') {
            (inner, false)
        } else {
            return Err(VersionRangeProblem::Brackets);
        };
        let range = match inner.split_once(',') {
            Some((_, upper)) if upper.contains(',') => return Err(VersionRangeProblem::Commas),
            Some((lower, upper)) => Self {
                lower: parse_bound(lower, lower_inclusive)?,
                upper: parse_bound(upper, upper_inclusive)?,
            },
            None if lower_inclusive && upper_inclusive => {
                let version = parse_version(inner)?;
                let bound = Some(Bound {
                    version,
                    inclusive: true,
                });
                Self {
                    lower: bound.clone(),
                    upper: bound,
                }
            }
            None => return Err(VersionRangeProblem::Brackets),
        };
        if range.is_empty() {
            return Err(VersionRangeProblem::NothingInside);
        }
        Ok(range)
    }

    /// Whether the version lies inside. Prereleases count like any other version.
    #[must_use]
    pub fn contains(&self, version: &PackageVersion) -> bool {
        let above = self
            .lower
            .as_ref()
            .is_none_or(|bound| match version.cmp(&bound.version) {
                Ordering::Greater => true,
                Ordering::Equal => bound.inclusive,
                Ordering::Less => false,
            });
        let below = self
            .upper
            .as_ref()
            .is_none_or(|bound| match version.cmp(&bound.version) {
                Ordering::Less => true,
                Ordering::Equal => bound.inclusive,
                Ordering::Greater => false,
            });
        above && below
    }

    /// Whether every version lies inside.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.lower.is_none() && self.upper.is_none()
    }

    /// Whether a bound can be read by clients since NuGet 4.3 only.
    #[must_use]
    pub fn is_semver2(&self) -> bool {
        self.bounds().any(PackageVersion::is_semver2)
    }

    /// The versions at the ends, the lower first.
    pub fn bounds(&self) -> impl Iterator<Item = &PackageVersion> {
        [&self.lower, &self.upper]
            .into_iter()
            .flatten()
            .map(|bound| &bound.version)
    }

    /// The range in the words of a dependency list, such as `>= 1.0.0 && < 2.0.0`; `any version` for all.
    #[must_use]
    pub fn human(&self) -> String {
        if let Some(version) = self.only_version() {
            return format!("= {version}");
        }
        let lower = self.lower.as_ref().map(|bound| {
            let sign = if bound.inclusive { ">=" } else { ">" };
            format!("{sign} {}", bound.version)
        });
        let upper = self.upper.as_ref().map(|bound| {
            let sign = if bound.inclusive { "<=" } else { "<" };
            format!("{sign} {}", bound.version)
        });
        match (lower, upper) {
            (Some(lower), Some(upper)) => format!("{lower} && {upper}"),
            (Some(end), None) | (None, Some(end)) => end,
            (None, None) => "any version".to_owned(),
        }
    }

    fn only_version(&self) -> Option<&PackageVersion> {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) if lower.version == upper.version => Some(&lower.version),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) => match lower.version.cmp(&upper.version) {
                Ordering::Less => false,
                Ordering::Equal => !(lower.inclusive && upper.inclusive),
                Ordering::Greater => true,
            },
            _ => false,
        }
    }
}

/// NuGet's normalized interval: `[1.0.0, )`, `(, 2.0.0)`, `[1.0.0, 1.0.0]`, and `(, )` for any version.
impl fmt::Display for VersionRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lower {
            Some(bound) => write!(
                formatter,
                "{}{}, ",
                if bound.inclusive { '[' } else { '(' },
                bound.version
            )?,
            None => formatter.write_str("(, ")?,
        }
        match &self.upper {
            Some(bound) => write!(
                formatter,
                "{}{}",
                bound.version,
                if bound.inclusive { ']' } else { ')' }
            ),
            None => formatter.write_str(")"),
        }
    }
}

impl TryFrom<String> for VersionRange {
    type Error = VersionRangeProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<VersionRange> for String {
    fn from(range: VersionRange) -> Self {
        range.to_string()
    }
}

/// Why a text is no range of versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionRangeProblem {
    /// It holds a `*`.
    Floating,
    /// A bracket is missing, or a single version stands in other brackets than `[` and `]`.
    Brackets,
    /// It has more than one comma.
    Commas,
    /// No version can lie inside.
    NothingInside,
    /// An end is no version.
    Version(PackageVersionProblem),
}

impl fmt::Display for VersionRangeProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Floating => formatter.write_str(
                "The range floats (\"*\"), which only a project file may. Write a range such as [1.0, 2.0).",
            ),
            Self::Brackets => {
                formatter.write_str("The range's brackets do not fit. Write a range such as 1.0, [1.0] or [1.0, 2.0).")
            }
            Self::Commas => formatter.write_str("The range has more than one comma. Write a range such as [1.0, 2.0)."),
            Self::NothingInside => {
                formatter.write_str("No version lies in the range. Let its lower end be below its upper end.")
            }
            Self::Version(problem) => problem.fmt(formatter),
        }
    }
}

impl std::error::Error for VersionRangeProblem {}

fn parse_version(text: &str) -> Result<PackageVersion, VersionRangeProblem> {
    PackageVersion::parse(text).map_err(VersionRangeProblem::Version)
}

fn parse_bound(text: &str, inclusive: bool) -> Result<Option<Bound>, VersionRangeProblem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(Bound {
        version: parse_version(text)?,
        inclusive,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("", "(, )", "any version")]
    #[case("(, )", "(, )", "any version")]
    #[case("1.0", "[1.0.0, )", ">= 1.0.0")]
    #[case(" [1.0,) ", "[1.0.0, )", ">= 1.0.0")]
    #[case("(1.0,)", "(1.0.0, )", "> 1.0.0")]
    #[case("[1.0]", "[1.0.0, 1.0.0]", "= 1.0.0")]
    #[case("[1.0, 1.0.0]", "[1.0.0, 1.0.0]", "= 1.0.0")]
    #[case("(,1.0]", "(, 1.0.0]", "<= 1.0.0")]
    #[case("[ ,1.0)", "(, 1.0.0)", "< 1.0.0")]
    #[case("[1.0,2.0)", "[1.0.0, 2.0.0)", ">= 1.0.0 && < 2.0.0")]
    #[case("( 1.0-Beta.1+x , 2 ]", "(1.0.0-Beta.1, 2.0.0]", "> 1.0.0-Beta.1 && <= 2.0.0")]
    fn read_and_shown_as_nuget_does(#[case] text: &str, #[case] interval: &str, #[case] human: &str) {
        let range = VersionRange::parse(text).unwrap();
        assert_eq!((range.to_string().as_str(), range.human().as_str()), (interval, human));
    }

    #[rstest]
    #[case("*", VersionRangeProblem::Floating)]
    #[case("1.*", VersionRangeProblem::Floating)]
    #[case("[1.0-*, 2.0)", VersionRangeProblem::Floating)]
    #[case("[1.0", VersionRangeProblem::Brackets)]
    #[case("[", VersionRangeProblem::Brackets)]
    #[case("(1.0)", VersionRangeProblem::Brackets)]
    #[case("[1.0)", VersionRangeProblem::Brackets)]
    #[case("[1,2,3]", VersionRangeProblem::Commas)]
    #[case("[2.0, 1.0]", VersionRangeProblem::NothingInside)]
    #[case("[1.0, 1.0)", VersionRangeProblem::NothingInside)]
    #[case("(1.0, 1.0.0)", VersionRangeProblem::NothingInside)]
    #[case("[]", VersionRangeProblem::Version(PackageVersionProblem::Empty))]
    #[case("1.0]", VersionRangeProblem::Version(PackageVersionProblem::Number("0]".into())))]
    #[case("(é, 1.0]", VersionRangeProblem::Version(PackageVersionProblem::Number("é".into())))]
    fn no_range(#[case] text: &str, #[case] problem: VersionRangeProblem) {
        assert_eq!(VersionRange::parse(text), Err(problem));
    }

    #[rstest]
    #[case("1.0", &["1.0", "1.0.0.1", "2.0-beta"], &["1.0-beta", "0.9"])]
    #[case("(1.0, 2.0)", &["1.0.1", "2.0-beta"], &["1.0", "2.0"])]
    #[case("[1.0, 2.0]", &["1.0", "2.0"], &["2.0.0.1"])]
    #[case("", &["0.0.0-a", "9.0"], &[])]
    fn what_lies_inside(#[case] range: &str, #[case] inside: &[&str], #[case] outside: &[&str]) {
        let range = VersionRange::parse(range).unwrap();
        let version = |text: &&str| PackageVersion::parse(text).unwrap();
        assert!(inside.iter().map(version).all(|version| range.contains(&version)));
        assert!(!outside.iter().map(version).any(|version| range.contains(&version)));
    }

    #[test]
    fn every_problem_says_what_to_do() {
        let problems = [
            VersionRangeProblem::Floating,
            VersionRangeProblem::Brackets,
            VersionRangeProblem::Commas,
            VersionRangeProblem::NothingInside,
        ];
        insta::assert_snapshot!(problems.map(|problem| problem.to_string()).join("\n"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[\\[(]?.{0,40}[\\])]?") {
            let _ = VersionRange::parse(&text);
        }

        #[test]
        fn the_interval_reads_back_as_the_same_range(
            lower in prop::option::of("[0-2](\\.[0-9])?(-[a-b])?"),
            upper in prop::option::of("[2-4](\\.[0-9])?"),
            open in "[\\[(]",
            close in "[\\])]",
        ) {
            let text = format!("{open}{}, {}{close}", lower.unwrap_or_default(), upper.unwrap_or_default());
            if let Ok(range) = VersionRange::parse(&text) {
                prop_assert_eq!(&VersionRange::parse(&range.to_string()).unwrap(), &range);
                prop_assert_eq!(range.bounds().count() == 0, range.is_any());
            }
        }
    }
}
