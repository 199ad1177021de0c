//! PostgreSQL keeps every character in a text but NUL, and fails when it is asked for one.

/// The text with another character in place of NUL. What is looked for so is found nowhere, since nothing that is looked
/// for by name has that character.
pub(crate) fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
