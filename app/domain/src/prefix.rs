//! Reserved prefixes: ids, and beginnings of ids, that only their owners may publish new packages under.

use crate::account::AccountName;
use crate::form::{Field, FieldErrors};
use serde::{Deserialize, Serialize};

/// The longest prefix, in characters.
const LONGEST: usize = 128;

/// The most owners of a prefix.
const MOST_OWNERS: usize = 50;

/// Whether a reservation is about one id or about all that begin so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrefixReach {
    /// Every id that begins so.
    Beginning,
    /// This id alone.
    Exact,
}

impl PrefixReach {
    /// Both, as the combobox offers them.
    pub const ALL: [Self; 2] = [Self::Beginning, Self::Exact];

    /// The value in forms.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::Beginning => "beginning",
            Self::Exact => "exact",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Beginning => "Every id that begins so",
            Self::Exact => "This id alone",
        }
    }
}

/// Whether everybody may publish under a prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrefixAccess {
    /// Its owners alone.
    Owners,
    /// Everybody; its owners' packages still get the mark.
    Shared,
}

impl PrefixAccess {
    /// What a checkbox says: ticked means shared.
    #[must_use]
    pub const fn of_checkbox(ticked: bool) -> Self {
        if ticked { Self::Shared } else { Self::Owners }
    }

    /// Whether everybody may publish under it.
    #[must_use]
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::Shared)
    }
}

/// A prefix as typed: letters, digits and `_`, joined by single dots or hyphens; it may end in one.
///
/// ```
/// use domain::prefix::PrefixValue;
/// let prefix = PrefixValue::parse("Contoso.").unwrap();
/// assert_eq!(prefix.key(), "contoso.");
/// assert!(PrefixValue::parse(".Contoso").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixValue(String);

impl PrefixValue {
    /// Reads a prefix; a star at its end, as people write prefixes, is left out.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub fn parse(text: &str) -> Result<Self, PrefixProblem> {
        let text = text.trim().trim_end_matches('*');
        if text.is_empty() {
            return Err(PrefixProblem::Missing);
        }
        if text.chars().count() > LONGEST {
            return Err(PrefixProblem::TooLong);
        }
        let mut after_joint = true;
        for character in text.chars() {
            let joint = matches!(character, '.' | '-');
            let letter = character.is_ascii_alphanumeric() || character == '_';
            if !(letter || joint && !after_joint) {
                return Err(PrefixProblem::Pattern);
            }
            after_joint = joint;
        }
        Ok(Self(text.to_owned()))
    }

    /// The prefix as typed, without the star.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which prefixes are compared: lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// Every text that an id in lower case begins with, itself included: the prefixes that it can be under.
#[must_use]
pub fn beginnings(id_key: &str) -> Vec<String> {
    id_key
        .char_indices()
        .map(|(at, character)| at + character.len_utf8())
        .filter_map(|end| id_key.get(..end).map(str::to_owned))
        .take(LONGEST)
        .collect()
}

/// A prefix that an id is under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchingPrefix {
    /// Who may publish under it.
    pub access: PrefixAccess,
    /// Whether the account in question is one of its owners.
    pub owned: bool,
    /// Whether it has owners at all.
    pub has_owners: bool,
}

/// What reserved prefixes say to a new id of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reservation {
    /// Nothing is in the way.
    Free,
    /// It is reserved for others.
    Reserved,
    /// It is reserved, and nobody holds it.
    Ownerless,
}

/// Decides about a new id: one of the prefixes it is under suffices, if the account owns it or everybody may use it.
#[must_use]
pub fn reservation(matching: &[MatchingPrefix]) -> Reservation {
    let suffices = |prefix: &MatchingPrefix| prefix.owned || prefix.access.is_shared();
    if matching.is_empty() || matching.iter().any(suffices) {
        Reservation::Free
    } else if matching.iter().any(|prefix| prefix.has_owners) {
        Reservation::Reserved
    } else {
        Reservation::Ownerless
    }
}

/// A reserved prefix in the list of site administrators.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PrefixRow {
    /// The handle for changing and releasing it.
    pub key: i64,
    /// The prefix as typed.
    pub value: String,
    /// What it is about.
    pub reach: PrefixReach,
    /// Who may publish under it.
    pub access: PrefixAccess,
    /// Its owners by name.
    pub owners: Vec<String>,
}

impl PrefixRow {
    /// The prefix as people write it, with a star where ids go on: `Contoso.*`.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.value, self.reach)
    }
}

/// A prefix as people write it.
#[must_use]
pub fn shown(value: &str, reach: PrefixReach) -> String {
    match reach {
        PrefixReach::Beginning => format!("{value}*"),
        PrefixReach::Exact => value.to_owned(),
    }
}

/// A prefix of one's own, on the page "Manage packages".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnPrefix {
    /// As people write it: `Contoso.*`.
    pub prefix: String,
    /// Which of the person's accounts hold it.
    pub owners: Vec<String>,
    /// Whether everybody may publish under it.
    pub access: PrefixAccess,
}

/// The forms "Reserve prefix" and "Save prefix".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrefixForm {
    /// "Prefix".
    pub value: String,
    /// "What is reserved": the value of a [`PrefixReach`].
    pub reach: String,
    /// "Everybody may publish under it": `"on"` or empty.
    pub shared: String,
    /// "Owners": names by space or comma.
    pub owners: String,
}

/// A prefix to be reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPrefix {
    /// The prefix.
    pub value: PrefixValue,
    /// What it is about.
    pub reach: PrefixReach,
    /// Who may publish under it.
    pub access: PrefixAccess,
    /// Its owners; none is allowed, and then nobody may publish under it.
    pub owners: Vec<AccountName>,
}

/// The fields of [`PrefixForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrefixField {
    /// "Prefix".
    Value,
    /// "What is reserved".
    Reach,
    /// "Owners".
    Owners,
}

impl Field for PrefixField {
    fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Reach => "reach",
            Self::Owners => "owners",
        }
    }
}

impl PrefixForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<NewPrefix, FieldErrors<PrefixField>> {
        let mut errors = FieldErrors::default();
        let value = errors.take(PrefixField::Value, PrefixValue::parse(&self.value));
        let reach = PrefixReach::ALL.into_iter().find(|reach| reach.value() == self.reach);
        let reach = errors.take(PrefixField::Reach, reach.ok_or(PrefixProblem::UnknownReach));
        let owners = errors.take(PrefixField::Owners, parse_owners(&self.owners));
        match (value, reach, owners) {
            (Some(value), Some(reach), Some(owners)) => Ok(NewPrefix {
                value,
                reach,
                access: PrefixAccess::of_checkbox(!self.shared.is_empty()),
                owners,
            }),
            _ => Err(errors),
        }
    }
}

/// Reads names that are set apart by spaces or commas; each counts once.
///
/// # Errors
/// The first that is no name, or that there are too many.
pub fn parse_owners(text: &str) -> Result<Vec<AccountName>, PrefixProblem> {
    let mut owners: Vec<AccountName> = Vec::new();
    for word in text.split([' ', ',', '\n', '\t', '\r']).filter(|word| !word.is_empty()) {
        let name = AccountName::parse(word)
            .map_err(|_| PrefixProblem::UnknownOwner(word.chars().take(crate::account::NAME_LENGTH).collect()))?;
        if !owners.contains(&name) {
            owners.push(name);
        }
    }
    if owners.len() > MOST_OWNERS {
        return Err(PrefixProblem::TooManyOwners);
    }
    Ok(owners)
}

/// Why something about prefixes cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrefixProblem {
    /// Nothing was typed.
    Missing,
    /// It is too long.
    TooLong,
    /// It is not the pattern.
    Pattern,
    /// Neither of the two.
    UnknownReach,
    /// No account of this name.
    UnknownOwner(String),
    /// Too many names.
    TooManyOwners,
    /// It is reserved already, or one that begins with it; which.
    Taken(String),
    /// It was released.
    Gone,
}

impl std::fmt::Display for PrefixProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "Enter the beginning of ids, such as Contoso.",
            Self::TooLong => return write!(f, "Use at most {LONGEST} characters."),
            Self::Pattern => "Use letters, digits and '_', joined by single dots or hyphens.",
            Self::UnknownReach => "Choose what is reserved.",
            Self::UnknownOwner(name) => return write!(f, "There is no user or organization '{name}'."),
            Self::TooManyOwners => return write!(f, "A prefix can have at most {MOST_OWNERS} owners."),
            Self::Taken(prefix) => {
                return write!(
                    f,
                    "{prefix} is reserved already, and this one would reach as far or further."
                );
            }
            Self::Gone => "This prefix is not reserved any more.",
        })
    }
}

impl std::error::Error for PrefixProblem {}

#[cfg(test)]
mod tests {
    use super::{
        MatchingPrefix, PrefixAccess, PrefixProblem, PrefixValue, Reservation, beginnings, parse_owners, reservation,
    };
    use rstest::rstest;

    #[rstest]
    #[case("Contoso", None)]
    #[case("Contoso.", None)]
    #[case("Contoso.*", None)]
    #[case("Contoso-", None)]
    #[case("A_1.b-c", None)]
    #[case("", Some(PrefixProblem::Missing))]
    #[case("*", Some(PrefixProblem::Missing))]
    #[case(".Contoso", Some(PrefixProblem::Pattern))]
    #[case("Contoso..", Some(PrefixProblem::Pattern))]
    #[case("Con toso", Some(PrefixProblem::Pattern))]
    #[case("Contosö", Some(PrefixProblem::Pattern))]
    #[case(&"a".repeat(128), None)]
    #[case(&"a".repeat(129), Some(PrefixProblem::TooLong))]
    fn a_prefix_follows_the_pattern(#[case] text: &str, #[case] problem: Option<PrefixProblem>) {
        assert_eq!(PrefixValue::parse(text).err(), problem);
    }

    #[test]
    fn an_id_is_under_each_of_its_beginnings() {
        assert_eq!(beginnings("a.b"), ["a", "a.", "a.b"]);
        assert!(beginnings("").is_empty());
    }

    #[test]
    fn owners_are_names() {
        assert_eq!(parse_owners(" anna,contoso  Anna ").unwrap().len(), 2);
        assert_eq!(parse_owners("").unwrap().len(), 0);
        assert_eq!(
            parse_owners("a").err(),
            Some(PrefixProblem::UnknownOwner("a".to_owned()))
        );
    }

    #[rstest]
    #[case(&[], Reservation::Free)]
    #[case(&[(PrefixAccess::Owners, true, true)], Reservation::Free)]
    #[case(&[(PrefixAccess::Owners, false, true)], Reservation::Reserved)]
    #[case(&[(PrefixAccess::Owners, false, false)], Reservation::Ownerless)]
    #[case(&[(PrefixAccess::Shared, false, false)], Reservation::Free)]
    // One of them suffices.
    #[case(&[(PrefixAccess::Owners, false, true), (PrefixAccess::Owners, true, true)], Reservation::Free)]
    #[case(&[(PrefixAccess::Owners, false, true), (PrefixAccess::Owners, false, false)], Reservation::Reserved)]
    fn a_new_id_needs_one_of_its_prefixes(
        #[case] matching: &[(PrefixAccess, bool, bool)],
        #[case] expected: Reservation,
    ) {
        let matching: Vec<MatchingPrefix> = matching
            .iter()
            .map(|(access, owned, has_owners)| MatchingPrefix {
                access: *access,
                owned: *owned,
                has_owners: *has_owners,
            })
            .collect();
        assert_eq!(reservation(&matching), expected);
    }
}
