//! What is asked for.

use domain::profile::SortBy;

/// The most words of a query that are looked at.
const WORDS: usize = 20;

/// The characters of a word that are looked at: databases refuse patterns of any length, and control characters.
const LONGEST_WORD: usize = 200;

/// A search, as a client or a person asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// What was typed: words, and words after `id:`, `packageid:`, `title:`, `tags:`, `author:`, `description:`,
    /// `summary:` or `owner:`. All must fit.
    pub text: String,
    /// Whether prereleases count.
    pub prerelease: bool,
    /// Whether versions count that only SemVer 2 clients understand.
    pub semver2: bool,
    /// Only packages of this type; empty: of any.
    pub package_type: String,
    /// The order.
    pub sort: SortBy,
    /// How many to leave out at the start; more than [`SearchQuery::MOST_SKIPPED`] counts as that.
    pub skip: u64,
    /// How many to give; more than [`SearchQuery::MOST_TAKEN`] counts as that.
    pub take: u64,
}

impl SearchQuery {
    /// Reading ends there.
    pub const MOST_SKIPPED: u64 = 3_000;

    /// The most packages of one answer.
    pub const MOST_TAKEN: u64 = 1_000;
}

/// Where a word has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Anywhere.
    Any,
    /// In the id.
    Id,
    /// The whole id.
    PackageId,
    /// In the title.
    Title,
    /// A whole tag.
    Tag,
    /// In the authors.
    Author,
    /// In the description.
    Description,
    /// The name of an owner.
    Owner,
}

/// The words of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms(pub(crate) Vec<(Field, String)>);

impl Terms {
    /// Reads a query. Text in quotation marks is one word; a field that is none is a word like any other.
    pub(crate) fn read(text: &str) -> Self {
        let mut terms = Vec::new();
        for word in words(text) {
            let (field, word) = match word.split_once(':') {
                Some((name, value)) => match field(name) {
                    Some(field) => (field, value.trim_matches('"').to_owned()),
                    None => (Field::Any, word),
                },
                None => (Field::Any, word),
            };
            if field == Field::Tag {
                terms.extend(word.split([',', ';']).map(|tag| (field, tag.trim().to_owned())));
            } else {
                terms.push((field, word));
            }
        }
        for (_, word) in &mut terms {
            *word = word.chars().filter(|c| !c.is_control()).take(LONGEST_WORD).collect();
        }
        terms.retain(|(_, word)| !word.is_empty());
        terms.truncate(WORDS);
        Self(terms)
    }

    /// The words without a field, in lower case.
    pub(crate) fn plain(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .iter()
            .filter(|(field, _)| *field == Field::Any)
            .map(|(_, word)| word.to_lowercase())
    }
}

fn field(name: &str) -> Option<Field> {
    Some(match name.to_ascii_lowercase().as_str() {
        "id" => Field::Id,
        "packageid" => Field::PackageId,
        "title" => Field::Title,
        "tag" | "tags" => Field::Tag,
        "author" | "authors" => Field::Author,
        "description" | "summary" => Field::Description,
        "owner" | "owners" => Field::Owner,
        _ => return None,
    })
}

/// Words at white space, but for what stands in quotation marks.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for character in text.chars().chain([' ']) {
        match character {
            '"' => quoted = !quoted,
            _ if character.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => word.push(character),
        }
    }
    // A quotation mark that is never closed closes at the end.
    let rest = word.trim();
    if !rest.is_empty() {
        words.push(rest.to_owned());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Field, Terms};

    #[test]
    fn words_and_fields_are_read() {
        let terms = Terms::read("json  owner:Contoso tags:\"a,b\" \"two words\" http://x id: unknown:y \"open end");
        let expected = [
            (Field::Any, "json"),
            (Field::Owner, "Contoso"),
            (Field::Tag, "a"),
            (Field::Tag, "b"),
            (Field::Any, "two words"),
            (Field::Any, "http://x"),
            (Field::Any, "unknown:y"),
            (Field::Any, "open end"),
        ];
        let expected: Vec<(Field, String)> = expected.map(|(field, word)| (field, word.to_owned())).into();
        assert_eq!(terms.0, expected);
    }
}
