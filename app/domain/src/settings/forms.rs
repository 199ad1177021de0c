//! The forms of address, profile, logo and name.

use super::SettingsProblem;
use crate::account::{AccountName, EmailAddress};
use crate::form::{Field, FieldErrors};
use crate::package::WebUrl;

/// The greatest length of a description, in characters.
pub const DESCRIPTION_LENGTH: usize = 500;

/// The greatest length of a website's address, in characters.
pub const WEBSITE_LENGTH: usize = 255;

/// The form "Change email address".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailForm {
    /// "Email address".
    pub email: String,
}

/// The field of [`EmailForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailField {
    /// "Email address".
    Email,
}

impl Field for EmailField {
    fn name(self) -> &'static str {
        "email"
    }
}

impl EmailForm {
    /// Reads the form; the browser runs this before it sends.
    ///
    /// # Errors
    /// When it is no address.
    pub fn parse(&self) -> Result<EmailAddress, FieldErrors<EmailField>> {
        EmailAddress::parse(&self.email).map_err(|problem| FieldErrors::one(EmailField::Email, problem))
    }
}

/// The form "Save profile".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileForm {
    /// "Description".
    pub description: String,
    /// "Website".
    pub website: String,
}

/// The fields of [`ProfileForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileField {
    /// "Description".
    Description,
    /// "Website".
    Website,
}

impl Field for ProfileField {
    fn name(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Website => "website",
        }
    }
}

/// The form "Save profile", read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProfile {
    /// At most [`DESCRIPTION_LENGTH`] characters, none of them a control character but the line break.
    pub description: String,
    /// An https address, or empty.
    pub website: String,
}

impl ProfileForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<NewProfile, FieldErrors<ProfileField>> {
        let mut errors = FieldErrors::default();
        let description = errors.take(ProfileField::Description, description(&self.description));
        let website = errors.take(ProfileField::Website, website(self.website.trim()));
        match (description, website) {
            (Some(description), Some(website)) => Ok(NewProfile { description, website }),
            _ => Err(errors),
        }
    }
}

/// Browsers send line breaks as two characters; people count one.
fn description(text: &str) -> Result<String, SettingsProblem> {
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect();
    let text = text.trim();
    if text.chars().count() > DESCRIPTION_LENGTH {
        return Err(SettingsProblem::DescriptionTooLong);
    }
    Ok(text.to_owned())
}

fn website(text: &str) -> Result<String, SettingsProblem> {
    if text.is_empty() {
        return Ok(String::new());
    }
    if text.chars().count() > WEBSITE_LENGTH {
        return Err(SettingsProblem::WebsiteTooLong);
    }
    match WebUrl::parse(text) {
        Some(url) if url.is_secure() => Ok(url.as_str().to_owned()),
        _ => Err(SettingsProblem::Website),
    }
}

/// The field of the form "Save logo".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoField {
    /// "Logo".
    Logo,
}

impl Field for LogoField {
    fn name(self) -> &'static str {
        "logo"
    }
}

/// The form "Rename organization".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenameForm {
    /// "New organization name".
    pub new_name: String,
}

/// The field of [`RenameForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenameField {
    /// "New organization name".
    NewName,
}

impl Field for RenameField {
    fn name(self) -> &'static str {
        "new_name"
    }
}

impl RenameForm {
    /// Reads the form.
    ///
    /// # Errors
    /// When it is no name, or one that nobody gets.
    pub fn parse(&self) -> Result<AccountName, FieldErrors<RenameField>> {
        AccountName::parse_new(self.new_name.trim()).map_err(|problem| FieldErrors::one(RenameField::NewName, problem))
    }
}

#[cfg(test)]
mod tests {
    use super::{EmailForm, ProfileForm, RenameForm};
    use crate::form::UiError;
    use rstest::rstest;

    fn profile(description: &str, website: &str) -> ProfileForm {
        ProfileForm {
            description: description.to_owned(),
            website: website.to_owned(),
        }
    }

    #[rstest]
    #[case("", "", true)]
    #[case(&"ü".repeat(500), "https://contoso.example/team", true)]
    #[case(&"a\r\n".repeat(250), " https://contoso.example ", true)]
    #[case(&"a".repeat(501), "", false)]
    #[case("", "http://contoso.example", false)]
    #[case("", "javascript:alert(1)", false)]
    #[case("", "contoso.example", false)]
    #[case("", &format!("https://contoso.example/{}", "a".repeat(255)), false)]
    fn a_profile_has_limits(#[case] description: &str, #[case] website: &str, #[case] right: bool) {
        assert_eq!(profile(description, website).parse().is_ok(), right);
    }

    #[test]
    fn both_wrong_fields_are_told_at_once() {
        let told = UiError::from(profile(&"a".repeat(501), "ftp://x").parse().unwrap_err());
        let fields: Vec<_> = told.fields.into_iter().map(|field| field.field).collect();
        assert_eq!(fields, ["description", "website"]);
    }

    #[test]
    fn a_description_keeps_its_lines_and_no_other_control_character() {
        let parsed = profile(" one\r\ntwo\0\tthree ", "").parse().unwrap();
        assert_eq!(parsed.description, "one\ntwo  three");
    }

    #[test]
    fn an_address_and_a_name_are_checked_before_they_are_sent() {
        let email = |text: &str| EmailForm { email: text.to_owned() }.parse().is_ok();
        assert!(email("a@b.cd") && !email("") && !email("a@b"));
        let name = |text: &str| {
            let form = RenameForm {
                new_name: text.to_owned(),
            };
            form.parse().is_ok()
        };
        assert!(name(" fabrikam ") && !name("") && !name("ad-min") && !name("a/b"));
    }
}
