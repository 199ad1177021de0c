//! The one text in which a search looks for words, and the patterns that find them there.
//!
//! Everything is in lower case, and parts are set apart by control characters, which no part has, so that a pattern can
//! say where to look: `id \u{1} tokens \u{2} title \u{3} tags \u{4} authors \u{5} description \u{6} types \u{7}`.
//! Tokens, tags and types stand between spaces.

use domain::package::PackageMetadata;
use std::fmt::Write as _;

/// What is searched of a package.
pub(crate) fn search_text(metadata: &PackageMetadata) -> String {
    let mut text = String::new();
    push(&mut text, &metadata.id.key());
    text.push('\u{1}');
    push_words(&mut text, tokens(metadata.id.as_str()));
    text.push('\u{2}');
    push(&mut text, metadata.title.as_deref().unwrap_or_default());
    text.push('\u{3}');
    push_words(&mut text, metadata.tags.iter().map(String::as_str));
    text.push('\u{4}');
    push(&mut text, &metadata.authors);
    text.push('\u{5}');
    push(&mut text, metadata.summary.as_deref().unwrap_or_default());
    text.push(' ');
    push(&mut text, &metadata.description);
    text.push('\u{6}');
    push_words(&mut text, metadata.package_type_names());
    text.push('\u{7}');
    text
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Everywhere but in the types.
    Anywhere,
    /// At the beginning of a token of the id.
    Token,
    /// In the title.
    Title,
    /// A whole tag.
    Tag,
    /// In the authors.
    Author,
    /// In the description.
    Description,
    /// A whole package type.
    Type,
}

/// The pattern for `LIKE … ESCAPE '\'` that finds a word there.
pub(crate) fn pattern(part: Part, word: &str) -> String {
    let word = escape(&word.to_lowercase());
    match part {
        Part::Anywhere => format!("%{word}%\u{6}%"),
        Part::Token => format!("%\u{1}% {word}%\u{2}%"),
        Part::Title => format!("%\u{2}%{word}%\u{3}%"),
        Part::Tag => format!("%\u{3}% {word} %\u{4}%"),
        Part::Author => format!("%\u{4}%{word}%\u{5}%"),
        Part::Description => format!("%\u{5}%{word}%\u{6}%"),
        Part::Type => format!("%\u{6}% {word} %\u{7}%"),
    }
}

/// A word for a pattern, its special characters escaped and control characters left out.
pub(crate) fn escape(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for character in word.chars().filter(|character| !character.is_control()) {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The parts of an id at dots, hyphens, underscores and where the case changes, and the rest of the id from each dotted
/// part on: `NewtonsoftJson.Bson` has `newtonsoftjson.bson`, `newtonsoft`, `json`, `bson`.
fn tokens(id: &str) -> Vec<String> {
    let mut tokens = vec![id.to_lowercase()];
    for part in id.split(['.', '-', '_']) {
        tokens.push(part.to_lowercase());
        let mut word = String::new();
        let mut before: Option<char> = None;
        for character in part.chars() {
            let begins = character.is_ascii_uppercase() && before.is_some_and(|before| !before.is_ascii_uppercase());
            if begins && !word.is_empty() {
                tokens.push(std::mem::take(&mut word));
            }
            word.extend(character.to_lowercase());
            before = Some(character);
        }
        tokens.push(word);
    }
    let mut seen = std::collections::HashSet::new();
    tokens.retain(|token| !token.is_empty() && seen.insert(token.clone()));
    tokens
}

fn push(text: &mut String, part: &str) {
    text.extend(
        part.chars()
            .map(|character| if character.is_control() { ' ' } else { character })
            .flat_map(char::to_lowercase),
    );
}

fn push_words<W: AsRef<str>>(text: &mut String, words: impl IntoIterator<Item = W>) {
    text.push(' ');
    for word in words {
        push(text, word.as_ref());
        let _ = text.write_char(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, pattern, search_text, tokens};
    use domain::package::{PackageId, PackageMetadata, PackageVersion};

    #[test]
    fn an_id_falls_into_tokens() {
        assert_eq!(
            tokens("NewtonsoftJson.Bson-2"),
            [
                "newtonsoftjson.bson-2",
                "newtonsoftjson",
                "newtonsoft",
                "json",
                "bson",
                "2"
            ]
        );
        assert_eq!(tokens("XMLReader"), ["xmlreader"]);
    }

    #[test]
    fn no_text_of_a_package_can_pretend_to_be_another_part() {
        let mut metadata = PackageMetadata::new(PackageId::parse("A").unwrap(), PackageVersion::parse("1").unwrap());
        metadata.description = "x\u{3} evil \u{4}\u{6}y\0".to_owned();
        let text = search_text(&metadata);
        for separator in ['\u{1}', '\u{2}', '\u{3}', '\u{4}', '\u{5}', '\u{6}', '\u{7}'] {
            assert_eq!(text.matches(separator).count(), 1, "{separator:?}");
        }
        assert!(!text.contains('\0'));
    }

    #[test]
    fn what_is_typed_is_no_pattern() {
        assert_eq!(pattern(Part::Anywhere, "100%_\\\u{6}"), "%100\\%\\_\\\\%\u{6}%");
    }
}
