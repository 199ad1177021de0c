//! Paths of entries: what clients unpack to.

use super::Entry;
use crate::bad_package::BadPackage;
use crate::percent;
use std::fmt;

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// It is empty.
    Empty,
    /// It begins with a slash or a drive letter.
    Absolute,
    /// A part of it is dots: `..`, `.` or what Windows takes for them.
    Dots,
    /// It has two slashes in a row.
    DoubleSlash,
    /// It has a backslash.
    Backslash,
    /// It has a NUL or another control character.
    ControlCharacter,
}

impl fmt::Display for PathProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "has an empty path",
            Self::Absolute => "has an absolute path",
            Self::Dots => "has a path with a part made of dots or spaces",
            Self::DoubleSlash => "has a path with two slashes in a row",
            Self::Backslash => "has a path with a backslash",
            Self::ControlCharacter => "has a path with a control character",
        })
    }
}

/// What a client makes of a name: percent-encoding undone once. Nothing if that changes nothing.
///
/// Bytes that are not UTF-8 then become U+FFFD: clients leave those as they were, but decode what stands around them,
/// and it is that which could lead astray.
pub(super) fn decode(name: &str) -> Option<String> {
    if !name.contains('%') {
        return None;
    }
    let decoded = percent::decode(name);
    (decoded != name).then_some(decoded)
}

/// A path must stay inside the folder it is unpacked to, and mean the same file on every system.
pub(super) fn check(path: &str) -> Result<(), BadPackage> {
    let problem = if path.is_empty() {
        PathProblem::Empty
    } else if path.chars().any(char::is_control) {
        PathProblem::ControlCharacter
    } else if path.contains('\\') {
        PathProblem::Backslash
    } else if path.starts_with('/') || has_drive(path) {
        PathProblem::Absolute
    } else if path.contains("//") {
        PathProblem::DoubleSlash
    } else if path.trim_end_matches('/').split('/').any(is_dots) {
        PathProblem::Dots
    } else {
        return Ok(());
    };
    Err(BadPackage::UnsafePath {
        path: path.to_owned(),
        problem,
    })
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// Windows drops dots and spaces at the end of a name, so more than `.` and `..` leads elsewhere.
fn is_dots(part: &str) -> bool {
    part.trim_end_matches(['.', ' ']).is_empty()
}

/// No two entries are one file, and no file is another one's folder, where case does not count.
pub(super) fn check_distinct(entries: &[Entry]) -> Result<(), BadPackage> {
    // NUL sorts below everything and stands in no path, so what is inside a folder comes right after it.
    let key = |entry: &Entry| entry.path().trim_end_matches('/').to_lowercase().replace('/', "\0");
    let mut sorted: Vec<(String, &Entry)> = entries.iter().map(|entry| (key(entry), entry)).collect();
    sorted.sort_by(|(left, _), (right, _)| left.cmp(right));
    for ((key, entry), (next_key, _)) in sorted.iter().zip(sorted.iter().skip(1)) {
        let path = || entry.path().to_owned();
        if key == next_key {
            return Err(BadPackage::DuplicateEntry { path: path() });
        }
        let holds_next = next_key
            .strip_prefix(key.as_str())
            .is_some_and(|rest| rest.starts_with('\0'));
        if holds_next && !entry.is_folder() {
            return Err(BadPackage::FileAndFolder { path: path() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("lib/net8.0/a.dll")]
    #[case("a")]
    #[case("lib/")]
    #[case("content/..a/b..c/.d")]
    #[case("lib/portable-net45+win8/a.dll")]
    #[case("content/ä/日本.txt")]
    #[case("content/a:b")]
    fn a_plain_relative_path(#[case] path: &str) {
        assert_eq!(check(path), Ok(()));
    }

    #[rstest]
    #[case("", PathProblem::Empty)]
    #[case("/etc/passwd", PathProblem::Absolute)]
    #[case("c:/windows", PathProblem::Absolute)]
    #[case("Z:a", PathProblem::Absolute)]
    #[case("..", PathProblem::Dots)]
    #[case("../a", PathProblem::Dots)]
    #[case("a/../../b", PathProblem::Dots)]
    #[case("a/./b", PathProblem::Dots)]
    #[case("a/.. /b", PathProblem::Dots)]
    #[case("a/.../b", PathProblem::Dots)]
    #[case("a/ /b", PathProblem::Dots)]
    #[case("a/..", PathProblem::Dots)]
    #[case("a/../", PathProblem::Dots)]
    #[case("a//b", PathProblem::DoubleSlash)]
    #[case("a//", PathProblem::DoubleSlash)]
    #[case("a\\b", PathProblem::Backslash)]
    #[case("..\\a", PathProblem::Backslash)]
    #[case("a\0b", PathProblem::ControlCharacter)]
    #[case("a\nb", PathProblem::ControlCharacter)]
    fn a_path_that_could_lead_astray(#[case] path: &str, #[case] problem: PathProblem) {
        assert_eq!(
            check(path),
            Err(BadPackage::UnsafePath {
                path: path.into(),
                problem
            })
        );
    }

    proptest! {
        #[test]
        fn any_name_is_decoded_without_panic(name in ".{0,40}") {
            let path = decode(&name).unwrap_or(name);
            if check(&path).is_ok() {
                prop_assert!(!path.starts_with('/') && !path.contains('\\') && !path.split('/').any(|part| part == ".."));
            }
        }
    }
}
