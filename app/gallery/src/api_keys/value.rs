//! The value of a key: recognizable, unguessable, and checked before the database is asked.

use crate::ids::{Ids, NoRandomness};
use sha2::{Digest, Sha256};

/// How every key begins, so that a leaked one is recognized.
const PREFIX: &str = "ghk_";

/// RFC 4648's letters, in lower case.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// 256 random bits, in letters of five.
const RANDOM: usize = 52;

/// 30 bits of checksum, in letters of five.
const CHECKSUM: usize = 6;

/// A key's value, such as `ghk_` followed by 58 letters and digits: 256 random bits and a checksum over all before it.
///
/// The checksum keeps nobody out. It tells a mistyped or foreign value from an unknown one without a look at the
/// database, and lets scanners of leaked secrets be sure.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyValue(String);

impl KeyValue {
    /// A new value.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn random(ids: &dyn Ids) -> Result<Self, NoRandomness> {
        let mut bytes = [0; 32];
        ids.fill(&mut bytes)?;
        let mut text = PREFIX.to_owned();
        push_letters(&mut text, &bytes, RANDOM);
        let checksum = checksum(&text);
        text.push_str(&checksum);
        Ok(Self(text))
    }

    /// Reads what a client sent; white space around it is ignored. Nothing: no gallery of this kind made it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let random = text.strip_prefix(PREFIX)?;
        if random.len() != RANDOM + CHECKSUM || !random.bytes().all(|byte| LETTERS.contains(&byte)) {
            return None;
        }
        let (before, given) = text.split_at_checked(PREFIX.len() + RANDOM)?;
        (checksum(before) == given).then(|| Self(text.to_owned()))
    }

    /// The text, to be shown once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept: SHA-256. The value has 256 random bits, so no salt and no slow hash are needed.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for KeyValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyValue(…)")
    }
}

fn checksum(text: &str) -> String {
    let mut letters = String::with_capacity(CHECKSUM);
    push_letters(&mut letters, &Sha256::digest(text.as_bytes()), CHECKSUM);
    letters
}

/// Appends that many letters of five bits each; zeros follow the last byte.
fn push_letters(text: &mut String, bytes: &[u8], letters: usize) {
    let bit = |at: usize| {
        let byte = bytes.get(at / 8).copied().unwrap_or(0);
        usize::from(byte >> (7 - at % 8) & 1)
    };
    for letter in 0..letters {
        let value = (0..5).fold(0, |value, offset| value << 1 | bit(letter * 5 + offset));
        text.push(char::from(LETTERS.get(value).copied().unwrap_or(b'a')));
    }
}

#[cfg(test)]
mod tests {
    use super::KeyValue;
    use crate::ids::SystemIds;

    #[test]
    fn a_value_is_read_back_and_no_two_are_equal() {
        let one = KeyValue::random(&SystemIds).unwrap();
        let two = KeyValue::random(&SystemIds).unwrap();
        assert_ne!(one.expose(), two.expose());
        assert_eq!(one.expose().len(), 62);
        assert_eq!(KeyValue::parse(&format!(" {}\n", one.expose())), Some(one));
    }

    #[test]
    fn a_mistyped_value_is_none() {
        let value = KeyValue::random(&SystemIds).unwrap().expose().to_owned();
        for at in 0..value.len() {
            let mut wrong: Vec<char> = value.chars().collect();
            wrong[at] = if wrong[at] == 'x' { 'y' } else { 'x' };
            let wrong: String = wrong.into_iter().collect();
            assert_eq!(KeyValue::parse(&wrong), None, "{at}");
        }
        assert_eq!(KeyValue::parse(""), None);
        assert_eq!(KeyValue::parse("ghk_ä"), None);
        assert_eq!(KeyValue::parse(&value.to_uppercase()), None);
    }

    #[test]
    fn a_value_does_not_print_itself() {
        assert_eq!(format!("{:?}", KeyValue::random(&SystemIds).unwrap()), "KeyValue(…)");
    }
}
