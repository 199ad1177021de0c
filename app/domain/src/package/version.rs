//! Package versions, and their order.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};

/// A version as NuGet understands it: one to four numbers, a prerelease label, and build metadata.
///
/// Any form an author may write is read; what is shown, compared and stored is the normalized one. Identity and order
/// ignore the metadata and the case of the label.
///
/// ```
/// use domain::package::PackageVersion;
/// let version = PackageVersion::parse("1.0-Beta.1+sha").unwrap();
/// assert_eq!(version.authored(), "1.0-Beta.1+sha");
/// assert_eq!(version.normalized(), "1.0.0-Beta.1");
/// assert_eq!(version.full(), "1.0.0-Beta.1+sha");
/// assert_eq!(version.key(), "1.0.0-beta.1");
/// assert!(version < PackageVersion::parse("1.0.0").unwrap());
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PackageVersion {
    numbers: [u32; 4],
    release: String,
    metadata: String,
    authored: String,
}

impl PackageVersion {
    /// The longest version, in characters as authored.
    pub const MAX_LENGTH: usize = 64;

    /// Reads a version in any form NuGet reads. White space around it is ignored.
    ///
    /// # Errors
    /// What keeps the text from being a version.
    pub fn parse(text: &str) -> Result<Self, PackageVersionProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PackageVersionProblem::Empty);
        }
        let length = text.chars().count();
        if length > Self::MAX_LENGTH {
            return Err(PackageVersionProblem::TooLong { length });
        }
        let (rest, metadata) = match text.split_once('+') {
            Some((rest, metadata)) => (rest, Some(metadata)),
            None => (text, None),
        };
        let (numbers, release) = match rest.split_once('-') {
            Some((numbers, release)) => (numbers, Some(release)),
            None => (rest, None),
        };
        if let Some(release) = release {
            release.split('.').try_for_each(check_label)?;
        }
        if let Some(metadata) = metadata
            && !metadata.split('.').all(is_identifier)
        {
            return Err(PackageVersionProblem::Metadata(metadata.to_owned()));
        }
        Ok(Self {
            numbers: parse_numbers(numbers)?,
            release: release.unwrap_or_default().to_owned(),
            metadata: metadata.unwrap_or_default().to_owned(),
            authored: text.to_owned(),
        })
    }

    /// The stable version of these numbers: major, minor, patch, revision.
    #[must_use]
    pub fn from_numbers(numbers: [u32; 4]) -> Self {
        let mut version = Self {
            numbers,
            release: String::new(),
            metadata: String::new(),
            authored: String::new(),
        };
        version.authored = version.normalized();
        version
    }

    /// The version as its author wrote it.
    #[must_use]
    pub fn authored(&self) -> &str {
        &self.authored
    }

    /// The normalized version, for showing: three numbers, the fourth if it is not 0, the label in its case, and no
    /// metadata.
    #[must_use]
    pub fn normalized(&self) -> String {
        let [major, minor, patch, revision] = self.numbers;
        let mut text = format!("{major}.{minor}.{patch}");
        if revision > 0 {
            let _ = write!(text, ".{revision}");
        }
        if !self.release.is_empty() {
            text.push('-');
            text.push_str(&self.release);
        }
        text
    }

    /// The normalized version in lower case: what addresses, file names and unique columns hold.
    #[must_use]
    pub fn key(&self) -> String {
        self.normalized().to_ascii_lowercase()
    }

    /// The normalized version with its metadata.
    #[must_use]
    pub fn full(&self) -> String {
        if self.metadata.is_empty() {
            return self.normalized();
        }
        format!("{}+{}", self.normalized(), self.metadata)
    }

    /// Whether there is a prerelease label.
    #[must_use]
    pub fn is_prerelease(&self) -> bool {
        !self.release.is_empty()
    }

    /// Whether there is build metadata.
    #[must_use]
    pub fn has_metadata(&self) -> bool {
        !self.metadata.is_empty()
    }

    /// Whether clients before NuGet 4.3 cannot read it: a label of several parts, or metadata.
    #[must_use]
    pub fn is_semver2(&self) -> bool {
        self.release.contains('.') || self.has_metadata()
    }

    /// Whether old clients would choke on it although it looks like theirs: a label of one part that does not begin
    /// with a letter. NuGet.org accepts no such version.
    #[must_use]
    pub fn is_unsafe_for_old_clients(&self) -> bool {
        !self.is_semver2()
            && self
                .release
                .bytes()
                .next()
                .is_some_and(|first| !first.is_ascii_alphabetic())
    }

    /// Bytes whose order is the order of versions, for a column that a database compares byte by byte.
    ///
    /// Four big-endian numbers; then `ff` for a stable version, or for each part of the label: `01`, the count of its
    /// digits and the digits, if it is a number; `02`, the part in lower case and `00`, if it is not; and `00` at the end.
    #[must_use]
    pub fn sort_key(&self) -> Vec<u8> {
        let mut key: Vec<u8> = self.numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
        if self.release.is_empty() {
            key.push(0xff);
            return key;
        }
        for label in self.release.split('.') {
            if is_number(label) {
                key.push(0x01);
                key.push(u8::try_from(label.len()).unwrap_or(u8::MAX));
                key.extend_from_slice(label.as_bytes());
            } else {
                key.push(0x02);
                key.extend(label.bytes().map(|byte| byte.to_ascii_lowercase()));
                key.push(0x00);
            }
        }
        key.push(0x00);
        key
    }
}

impl Ord for PackageVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers
            .cmp(&other.numbers)
            .then_with(|| compare_releases(&self.release, &other.release))
    }
}

impl PartialOrd for PackageVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for PackageVersion {
    fn eq(&self, other: &Self) -> bool {
        self.numbers == other.numbers && self.release.eq_ignore_ascii_case(&other.release)
    }
}

impl Eq for PackageVersion {}

impl Hash for PackageVersion {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.numbers.hash(state);
        self.release
            .bytes()
            .for_each(|byte| state.write_u8(byte.to_ascii_lowercase()));
        state.write_u8(0xff);
    }
}

/// The normalized version.
impl fmt::Display for PackageVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.normalized())
    }
}

impl TryFrom<String> for PackageVersion {
    type Error = PackageVersionProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// The version as authored.
impl From<PackageVersion> for String {
    fn from(version: PackageVersion) -> Self {
        version.authored
    }
}

/// Why a text is no version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageVersionProblem {
    /// There is nothing.
    Empty,
    /// It has more than 64 characters.
    TooLong {
        /// The characters it has.
        length: usize,
    },
    /// It has more than four numbers.
    TooManyNumbers,
    /// A part before the label is no number up to 2147483647.
    Number(String),
    /// A part of the prerelease label is empty or holds something else than letters, digits and hyphens.
    Label(String),
    /// A part of the label is a number with a zero before it.
    LeadingZero(String),
    /// The metadata after `+` is empty, or holds something else than letters, digits, hyphens and dots.
    Metadata(String),
}

impl fmt::Display for PackageVersionProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("The version is empty. Give one such as 1.0.0."),
            Self::TooLong { length } => write!(
                formatter,
                "The version has {length} characters. Shorten it to {} or less.",
                PackageVersion::MAX_LENGTH
            ),
            Self::TooManyNumbers => {
                formatter.write_str("The version has more than four numbers. Use a form such as 1.2.3 or 1.2.3.4.")
            }
            Self::Number(part) => write!(
                formatter,
                "The version has \"{}\" where a number from 0 to 2147483647 belongs. Use a form such as 1.2.3 or 1.2.3-beta.1.",
                part.escape_debug()
            ),
            Self::Label(label) => write!(
                formatter,
                "The version has the prerelease label \"{}\". Use letters, digits and hyphens, in parts joined by dots.",
                label.escape_debug()
            ),
            Self::LeadingZero(label) => {
                write!(
                    formatter,
                    "The prerelease label \"{label}\" begins with a zero. Write the number without it."
                )
            }
            Self::Metadata(metadata) => write!(
                formatter,
                "The version has \"{}\" after the plus sign. Use letters, digits and hyphens, in parts joined by dots.",
                metadata.escape_debug()
            ),
        }
    }
}

impl std::error::Error for PackageVersionProblem {}

fn parse_numbers(text: &str) -> Result<[u32; 4], PackageVersionProblem> {
    let mut numbers = [0; 4];
    let mut places = numbers.iter_mut();
    for part in text.split('.') {
        let place = places.next().ok_or(PackageVersionProblem::TooManyNumbers)?;
        *place = parse_number(part).ok_or_else(|| PackageVersionProblem::Number(part.to_owned()))?;
    }
    Ok(numbers)
}

/// Digits alone (no sign), in what .NET calls an int.
fn parse_number(text: &str) -> Option<u32> {
    if !is_number(text) {
        return None;
    }
    text.parse::<i32>().ok()?.try_into().ok()
}

fn check_label(label: &str) -> Result<(), PackageVersionProblem> {
    if !is_identifier(label) {
        return Err(PackageVersionProblem::Label(label.to_owned()));
    }
    if is_number(label) && label.len() > 1 && label.starts_with('0') {
        return Err(PackageVersionProblem::LeadingZero(label.to_owned()));
    }
    Ok(())
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// SemVer 2's precedence: no label comes after any label, numbers before words, a prefix before what continues it.
fn compare_releases(left: &str, right: &str) -> Ordering {
    match (left.is_empty(), right.is_empty()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => {
            let mut others = right.split('.');
            for label in left.split('.') {
                let Some(other) = others.next() else {
                    return Ordering::Greater;
                };
                let order = compare_labels(label, other);
                if order != Ordering::Equal {
                    return order;
                }
            }
            if others.next().is_some() {
                Ordering::Less
            } else {
                Ordering::Equal
            }
        }
    }
}

fn compare_labels(left: &str, right: &str) -> Ordering {
    match (is_number(left), is_number(right)) {
        // Without leading zeros, the longer number is the larger one, however many digits there are.
        (true, true) => left.len().cmp(&right.len()).then_with(|| left.cmp(right)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => {
            let lower = |text: &str| text.to_ascii_lowercase();
            lower(left).cmp(&lower(right))
        }
    }
}

#[cfg(test)]
mod tests;
