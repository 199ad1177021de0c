//! Deprecating versions: why, what the owner says, and what to use instead.

use super::id::PackageId;
use super::version::PackageVersion;
use crate::form::{Field, FieldErrors, UiError, UiErrorKind};
use crate::ownership::check_selection;
use serde::{Deserialize, Serialize};

/// The longest message, in characters.
pub const MESSAGE_LENGTH: usize = 1_000;

/// Why a version should not be used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeprecationReason {
    /// It is out of date.
    Legacy,
    /// It has critical bugs.
    CriticalBugs,
    /// Something else, which the message tells.
    Other,
}

impl DeprecationReason {
    /// What it is called in NuGet's protocol.
    #[must_use]
    pub const fn protocol(self) -> &'static str {
        match self {
            Self::Legacy => "Legacy",
            Self::CriticalBugs => "CriticalBugs",
            Self::Other => "Other",
        }
    }

    /// What it is called for people: the checkbox's label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Legacy => "Legacy",
            Self::CriticalBugs => "Critical bugs",
            Self::Other => "Other",
        }
    }
}

/// What is said of a deprecated version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deprecation {
    /// At least one.
    pub reasons: Vec<DeprecationReason>,
    /// What its owner says, or empty.
    pub message: String,
    /// What to use instead.
    pub alternate: Option<Alternate>,
}

impl Deprecation {
    /// The reasons as one text: `Legacy, Critical bugs`.
    #[must_use]
    pub fn reasons_in_words(&self) -> String {
        let labels: Vec<&str> = self.reasons.iter().map(|reason| reason.label()).collect();
        labels.join(", ")
    }
}

/// A package to use instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Alternate {
    /// Its id as it is written.
    pub id: String,
    /// Its version, normalized, from which on it is good; none: any.
    pub version: Option<String>,
}

/// The form around the versions of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionsForm {
    /// The package.
    pub id: String,
    /// The versions that are selected.
    pub versions: Vec<String>,
    /// The value of the button.
    pub change: String,
    /// "Legacy": `"on"` or empty.
    pub legacy: String,
    /// "Critical bugs", likewise.
    pub critical_bugs: String,
    /// "Other", likewise.
    pub other: String,
    /// "Message".
    pub message: String,
    /// "Alternate package".
    pub alternate_id: String,
    /// "Alternate version".
    pub alternate_version: String,
}

/// What is done to the selected versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionsChange {
    /// Lists do not show them any more.
    Unlist,
    /// Lists show them again.
    Relist,
    /// They are deprecated; whoever is deprecated already gets the new words. Whether the alternate exists is asked later.
    Deprecate(Deprecation),
    /// They are good again.
    Undeprecate,
}

/// The fields of [`VersionsForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionsField {
    /// "Reasons".
    Reasons,
    /// "Message".
    Message,
    /// "Alternate package".
    AlternateId,
    /// "Alternate version".
    AlternateVersion,
}

impl Field for VersionsField {
    fn name(self) -> &'static str {
        match self {
            Self::Reasons => "reasons",
            Self::Message => "message",
            Self::AlternateId => "alternate_id",
            Self::AlternateVersion => "alternate_version",
        }
    }
}

impl VersionsForm {
    /// The values of the buttons.
    pub const UNLIST: &'static str = "unlist";
    /// See [`VersionsForm::UNLIST`].
    pub const RELIST: &'static str = "relist";
    /// See [`VersionsForm::UNLIST`].
    pub const DEPRECATE: &'static str = "deprecate";
    /// See [`VersionsForm::UNLIST`].
    pub const UNDEPRECATE: &'static str = "undeprecate";

    /// Reads the form.
    ///
    /// # Errors
    /// That nothing or too much is selected, or every wrong field of a deprecation.
    pub fn parse(&self) -> Result<VersionsChange, UiError> {
        check_selection(self.versions.len())?;
        match self.change.as_str() {
            Self::UNLIST => Ok(VersionsChange::Unlist),
            Self::RELIST => Ok(VersionsChange::Relist),
            Self::UNDEPRECATE => Ok(VersionsChange::Undeprecate),
            Self::DEPRECATE => Ok(VersionsChange::Deprecate(self.deprecation()?)),
            _ => Err(UiError::new(
                UiErrorKind::Invalid,
                "Choose what to do with the selected versions.",
            )),
        }
    }

    fn deprecation(&self) -> Result<Deprecation, FieldErrors<VersionsField>> {
        let mut errors = FieldErrors::default();
        let reasons: Vec<DeprecationReason> = [
            (&self.legacy, DeprecationReason::Legacy),
            (&self.critical_bugs, DeprecationReason::CriticalBugs),
            (&self.other, DeprecationReason::Other),
        ]
        .into_iter()
        .filter(|(ticked, _)| !ticked.is_empty())
        .map(|(_, reason)| reason)
        .collect();
        if reasons.is_empty() {
            errors.add(VersionsField::Reasons, "Choose at least one reason.");
        }
        let message: String = self.message.trim().replace('\0', "");
        if message.chars().count() > MESSAGE_LENGTH {
            errors.add(
                VersionsField::Message,
                format_args!("Use at most {MESSAGE_LENGTH} characters."),
            );
        } else if message.is_empty() && reasons.contains(&DeprecationReason::Other) {
            errors.add(VersionsField::Message, "Say what the other reason is.");
        }
        let alternate = self.alternate(&mut errors);
        if errors.is_empty() {
            Ok(Deprecation {
                reasons,
                message,
                alternate,
            })
        } else {
            Err(errors)
        }
    }

    fn alternate(&self, errors: &mut FieldErrors<VersionsField>) -> Option<Alternate> {
        let (id, version) = (self.alternate_id.trim(), self.alternate_version.trim());
        if id.is_empty() {
            if !version.is_empty() {
                errors.add(VersionsField::AlternateId, "Enter the package that has this version.");
            }
            return None;
        }
        let id = errors.take(
            VersionsField::AlternateId,
            PackageId::parse(id).map_err(|_| NO_SUCH_PACKAGE),
        );
        let version = if version.is_empty() {
            Some(None)
        } else {
            let version = PackageVersion::parse(version).map_err(|_| NO_SUCH_VERSION);
            errors.take(VersionsField::AlternateVersion, version).map(Some)
        };
        Some(Alternate {
            id: id?.as_str().to_owned(),
            version: version?.map(|version| version.normalized()),
        })
    }
}

/// What is said of an alternate package that there is none of.
pub const NO_SUCH_PACKAGE: &str = "There is no package of this id here. Check the spelling.";

/// What is said of an alternate version that there is none of.
pub const NO_SUCH_VERSION: &str = "The package has no such version. Leave it empty for any.";

/// What is said of an alternate that is what is deprecated.
pub const ALTERNATE_IS_ITSELF: &str = "This is what you deprecate. Choose something else.";

#[cfg(test)]
mod tests {
    use super::{Alternate, Deprecation, DeprecationReason, VersionsChange, VersionsForm};
    use rstest::rstest;

    fn form() -> VersionsForm {
        VersionsForm {
            id: "Contoso.Json".to_owned(),
            versions: vec!["1.0.0".to_owned()],
            change: VersionsForm::DEPRECATE.to_owned(),
            legacy: "on".to_owned(),
            ..VersionsForm::default()
        }
    }

    #[test]
    fn a_deprecation_is_read() {
        let form = VersionsForm {
            other: "on".to_owned(),
            message: " Use the new one. ".to_owned(),
            alternate_id: "Contoso.New".to_owned(),
            alternate_version: "2.0".to_owned(),
            ..form()
        };
        let expected = Deprecation {
            reasons: vec![DeprecationReason::Legacy, DeprecationReason::Other],
            message: "Use the new one.".to_owned(),
            alternate: Some(Alternate {
                id: "Contoso.New".to_owned(),
                version: Some("2.0.0".to_owned()),
            }),
        };
        assert_eq!(form.parse(), Ok(VersionsChange::Deprecate(expected)));
    }

    #[rstest]
    #[case(VersionsForm { legacy: String::new(), ..form() }, &["reasons"])]
    #[case(VersionsForm { other: "on".to_owned(), ..form() }, &["message"])]
    #[case(VersionsForm { message: "x".repeat(1_001), ..form() }, &["message"])]
    #[case(VersionsForm { alternate_version: "1.0".to_owned(), ..form() }, &["alternate_id"])]
    #[case(VersionsForm { alternate_id: "a b".to_owned(), alternate_version: "x".to_owned(), ..form() }, &["alternate_id", "alternate_version"])]
    fn wrong_fields_are_told(#[case] form: VersionsForm, #[case] fields: &[&str]) {
        let error = form.parse().unwrap_err();
        let told: Vec<&str> = error.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(told, fields);
    }

    #[test]
    fn something_must_be_selected_and_chosen() {
        let nothing = VersionsForm {
            versions: Vec::new(),
            ..form()
        };
        assert_eq!(nothing.parse().unwrap_err().message, "Select at least one first.");
        let unknown = VersionsForm {
            change: "delete".to_owned(),
            ..form()
        };
        assert!(unknown.parse().is_err());
    }
}
