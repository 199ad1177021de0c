//! The form of an organization's policies.

use super::SettingsProblem;
use crate::form::{Field, FieldErrors};
use crate::permission::NewPackages;
use serde::{Deserialize, Serialize};

/// The longest lifetime that a policy can set, in days: no key lives longer anyway.
pub const LONGEST_KEY_DAYS: u16 = 365;

/// An organization's policies (product contract, 5.15).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// "Longest API key lifetime (days)".
    pub key_days: Option<u16>,
    /// "Who may publish new packages".
    pub new_packages: NewPackages,
    /// "Only organization keys or trusted publishing".
    pub organization_keys: bool,
    /// "Members must use a second factor".
    pub second_factor: bool,
    /// "Members must sign in with": a provider's name, or empty.
    pub provider: String,
}

/// The form "Save policies".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoliciesForm {
    /// "Longest API key lifetime (days)".
    pub key_days: String,
    /// "Who may publish new packages".
    pub new_packages: String,
    /// "Only organization keys or trusted publishing", empty or not.
    pub organization_keys: String,
    /// "Members must use a second factor", empty or not.
    pub second_factor: String,
    /// "Members must sign in with".
    pub provider: String,
}

/// The fields of [`PoliciesForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoliciesField {
    /// "Longest API key lifetime (days)".
    KeyDays,
    /// "Who may publish new packages".
    NewPackages,
    /// "Only organization keys or trusted publishing".
    OrganizationKeys,
    /// "Members must use a second factor".
    SecondFactor,
    /// "Members must sign in with".
    Provider,
}

impl PoliciesField {
    /// What the field is called on the page and in the trail.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::KeyDays => "Longest API key lifetime (days)",
            Self::NewPackages => "Who may publish new packages",
            Self::OrganizationKeys => "Only organization keys or trusted publishing",
            Self::SecondFactor => "Members must use a second factor",
            Self::Provider => "Members must sign in with",
        }
    }
}

impl Field for PoliciesField {
    fn name(self) -> &'static str {
        match self {
            Self::KeyDays => "key_days",
            Self::NewPackages => "new_packages",
            Self::OrganizationKeys => "organization_keys",
            Self::SecondFactor => "second_factor",
            Self::Provider => "provider",
        }
    }
}

impl PoliciesForm {
    /// Reads the form. Whether the site has such a provider is not known here.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<Policies, FieldErrors<PoliciesField>> {
        let mut errors = FieldErrors::default();
        let key_days = errors.take(PoliciesField::KeyDays, key_days(self.key_days.trim()));
        let new_packages = NewPackages::parse(&self.new_packages).ok_or(SettingsProblem::NewPackages);
        let new_packages = errors.take(PoliciesField::NewPackages, new_packages);
        match (key_days, new_packages) {
            (Some(key_days), Some(new_packages)) => Ok(Policies {
                key_days,
                new_packages,
                organization_keys: !self.organization_keys.is_empty(),
                second_factor: !self.second_factor.is_empty(),
                provider: self.provider.clone(),
            }),
            _ => Err(errors),
        }
    }
}

fn key_days(text: &str) -> Result<Option<u16>, SettingsProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(days) if (1..=LONGEST_KEY_DAYS).contains(&days) => Ok(Some(days)),
        _ => Err(SettingsProblem::KeyDays),
    }
}

impl Policies {
    /// What a policy says, in the words of the trail.
    #[must_use]
    pub fn words(&self, policy: PoliciesField) -> String {
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        match policy {
            PoliciesField::KeyDays => self.key_days.map_or_else(
                || "no limit".to_owned(),
                |days| format!("{days} {}", if days == 1 { "day" } else { "days" }),
            ),
            PoliciesField::NewPackages => self.new_packages.label().to_owned(),
            PoliciesField::OrganizationKeys => switch(self.organization_keys),
            PoliciesField::SecondFactor => switch(self.second_factor),
            PoliciesField::Provider if self.provider.is_empty() => "Any provider".to_owned(),
            PoliciesField::Provider => self.provider.clone(),
        }
    }

    /// The policies in which this differs from another set, each with what it said before and says here.
    #[must_use]
    pub fn changes_from(&self, before: &Self) -> Vec<(PoliciesField, String, String)> {
        [
            PoliciesField::KeyDays,
            PoliciesField::NewPackages,
            PoliciesField::OrganizationKeys,
            PoliciesField::SecondFactor,
            PoliciesField::Provider,
        ]
        .into_iter()
        .map(|policy| (policy, before.words(policy), self.words(policy)))
        .filter(|(_, before, after)| before != after)
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Policies, PoliciesField, PoliciesForm};
    use crate::permission::NewPackages;
    use rstest::rstest;

    #[rstest]
    #[case("", Some(None))]
    #[case(" 1 ", Some(Some(1)))]
    #[case("365", Some(Some(365)))]
    #[case("0", None)]
    #[case("366", None)]
    #[case("-1", None)]
    #[case("1.5", None)]
    #[case("99999999999999999999", None)]
    #[case("thirty", None)]
    fn a_lifetime_is_a_number_of_days_or_nothing(#[case] typed: &str, #[case] days: Option<Option<u16>>) {
        let form = PoliciesForm {
            key_days: typed.to_owned(),
            new_packages: "everyone".to_owned(),
            ..PoliciesForm::default()
        };
        assert_eq!(form.parse().ok().map(|policies| policies.key_days), days);
    }

    #[test]
    fn who_may_publish_is_one_of_two() {
        let form = PoliciesForm {
            new_packages: "nobody".to_owned(),
            ..PoliciesForm::default()
        };
        assert!(form.parse().is_err());
    }

    #[test]
    fn what_changed_is_told_policy_by_policy() {
        let before = Policies::default();
        let after = Policies {
            key_days: Some(1),
            new_packages: NewPackages::Administrators,
            provider: "github".to_owned(),
            ..Policies::default()
        };
        let told: Vec<_> = after
            .changes_from(&before)
            .into_iter()
            .map(|(policy, before, after)| format!("{}: {before} → {after}", policy.label()))
            .collect();
        assert_eq!(
            told,
            [
                "Longest API key lifetime (days): no limit → 1 day",
                "Who may publish new packages: Everyone → Administrators",
                "Members must sign in with: Any provider → github",
            ]
        );
        assert_eq!(PoliciesField::SecondFactor.label(), "Members must use a second factor");
        assert!(after.changes_from(&after).is_empty());
    }
}
