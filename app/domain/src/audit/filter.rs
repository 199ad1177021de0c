//! The filter of an audit trail: as its form and its address have it, and as it is asked for.

use super::AuditAction;
use crate::form::{Field, FieldErrors};
use crate::links::percent_encode;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The longest text that is searched for, in characters.
const LONGEST: usize = 200;

/// The filter as it was typed, and as it stands in the address of the page and of its downloads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilterForm {
    /// "Member": an account's name, `operator` or `system`.
    pub member: String,
    /// "Action": an action's name.
    pub action: String,
    /// "Package": a whole id, in any case.
    pub package: String,
    /// "Search".
    pub q: String,
    /// "From": a day, as `2026-11-22`.
    pub from: String,
    /// "To": the last day.
    pub to: String,
}

/// The fields of [`AuditFilterForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFilterField {
    /// "Member".
    Member,
    /// "Action".
    Action,
    /// "Package".
    Package,
    /// "Search".
    Text,
    /// "From".
    From,
    /// "To".
    To,
}

impl AuditFilterField {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 6] = [
        Self::Member,
        Self::Action,
        Self::Package,
        Self::Text,
        Self::From,
        Self::To,
    ];
}

impl Field for AuditFilterField {
    fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Action => "action",
            Self::Package => "package",
            Self::Text => "q",
            Self::From => "from",
            Self::To => "to",
        }
    }
}

/// What is asked for. An event fits when it fits everything that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Who did it, by present name.
    pub member: Option<String>,
    /// What was done.
    pub action: Option<AuditAction>,
    /// The id it is about, in lower case.
    pub package: Option<String>,
    /// A text that stands somewhere in the row, in lower case.
    pub text: Option<String>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

impl AuditFilterForm {
    /// Reads the values of an address, decoded; names that are none of the filter's are left out.
    pub fn of_query<N: AsRef<str>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let field = AuditFilterField::ALL
                .into_iter()
                .find(|field| field.name() == name.as_ref());
            if let Some(field) = field {
                *form.value_mut(field) = value.into();
            }
        }
        form
    }

    /// What stands in a field.
    #[must_use]
    pub fn value(&self, field: AuditFilterField) -> &str {
        match field {
            AuditFilterField::Member => &self.member,
            AuditFilterField::Action => &self.action,
            AuditFilterField::Package => &self.package,
            AuditFilterField::Text => &self.q,
            AuditFilterField::From => &self.from,
            AuditFilterField::To => &self.to,
        }
    }

    const fn value_mut(&mut self, field: AuditFilterField) -> &mut String {
        match field {
            AuditFilterField::Member => &mut self.member,
            AuditFilterField::Action => &mut self.action,
            AuditFilterField::Package => &mut self.package,
            AuditFilterField::Text => &mut self.q,
            AuditFilterField::From => &mut self.from,
            AuditFilterField::To => &mut self.to,
        }
    }

    /// The query that an address has for it: `member=anna&from=2026-11-22`, or nothing.
    #[must_use]
    pub fn encoded(&self) -> String {
        let mut query = String::new();
        for field in AuditFilterField::ALL {
            let value = self.value(field);
            if !value.is_empty() {
                if !query.is_empty() {
                    query.push('&');
                }
                query.push_str(field.name());
                query.push('=');
                query.push_str(&percent_encode(value));
            }
        }
        query
    }

    /// Reads the filter. What cannot be read is told at its field: a filter that was not understood must not look like
    /// an answer.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<AuditFilter, FieldErrors<AuditFilterField>> {
        let mut errors = FieldErrors::default();
        let action = optional(&self.action, |text| AuditAction::parse(text).ok_or(UNKNOWN_ACTION));
        let action = errors.take(AuditFilterField::Action, action).flatten();
        let text = errors.take(AuditFilterField::Text, optional(&self.q, short)).flatten();
        let from = errors.take(AuditFilterField::From, optional(&self.from, day)).flatten();
        let to = errors.take(AuditFilterField::To, optional(&self.to, day)).flatten();
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            errors.add(
                AuditFilterField::To,
                "This day comes before the first one. Choose a later one.",
            );
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let filled = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(AuditFilter {
            member: filled(&self.member),
            action,
            package: filled(&self.package).map(|id| id.to_lowercase()),
            text: text.map(|text| text.to_lowercase()),
            from,
            until: to.map(|day| day.plus_days(1)),
        })
    }
}

/// What is said of an action that is none, or that the asker does not get to see.
pub const UNKNOWN_ACTION: &str = "There is no such action here. Choose one of the list.";

/// Reads a field that may be left empty.
fn optional<T>(text: &str, read: impl FnOnce(&str) -> Result<T, &'static str>) -> Result<Option<T>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some),
    }
}

fn short(text: &str) -> Result<String, &'static str> {
    if text.chars().count() > LONGEST {
        Err("Search for at most 200 characters.")
    } else {
        Ok(text.to_owned())
    }
}

fn day(text: &str) -> Result<Timestamp, &'static str> {
    Timestamp::parse_day(text).ok_or("Write the day as 2026-11-22.")
}

#[cfg(test)]
mod tests {
    use super::{AuditFilter, AuditFilterForm};
    use crate::audit::AuditAction;
    use crate::time::Timestamp;

    fn form(pairs: &[(&str, &str)]) -> AuditFilterForm {
        AuditFilterForm::of_query(pairs.iter().copied())
    }

    #[test]
    fn a_filter_is_read_from_an_address_and_written_back() {
        let form = form(&[
            ("member", "anna"),
            ("action", "member.added"),
            ("package", " Contoso.A "),
            ("q", "Ä&b"),
            ("from", "2026-11-22"),
            ("to", "2026-11-22"),
            ("after", "7"),
        ]);
        assert_eq!(
            form.encoded(),
            "member=anna&action=member.added&package=%20Contoso.A%20&q=%C3%84%26b&from=2026-11-22&to=2026-11-22"
        );
        let filter = form.parse().unwrap();
        assert_eq!(filter.action, Some(AuditAction::MemberAdded));
        assert_eq!(filter.package.as_deref(), Some("contoso.a"));
        assert_eq!(filter.text.as_deref(), Some("ä&b"));
        assert_eq!(filter.until, filter.from.map(|from| from.plus_days(1)));
        assert_eq!(filter.from, Timestamp::parse_day("2026-11-22"));
    }

    #[test]
    fn an_empty_filter_asks_for_everything() {
        assert_eq!(form(&[("q", " "), ("from", "")]).parse(), Ok(AuditFilter::default()));
        assert_eq!(AuditFilterForm::default().encoded(), "");
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_field() {
        let long = "x".repeat(201);
        let errors = form(&[
            ("action", "member"),
            ("q", &long),
            ("from", "22.11.2026"),
            ("to", "tomorrow"),
        ])
        .parse()
        .unwrap_err();
        let told: Vec<_> = errors
            .as_slice()
            .iter()
            .map(|(field, text)| format!("{field:?}: {text}"))
            .collect();
        assert_eq!(
            told,
            [
                "Action: There is no such action here. Choose one of the list.",
                "Text: Search for at most 200 characters.",
                "From: Write the day as 2026-11-22.",
                "To: Write the day as 2026-11-22.",
            ]
        );
        let backwards = form(&[("from", "2026-11-22"), ("to", "2026-11-21")])
            .parse()
            .unwrap_err();
        assert_eq!(backwards.as_slice().len(), 1);
    }
}
