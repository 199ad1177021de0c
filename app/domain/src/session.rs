//! Who is looking, and signing in.

use crate::account::{AccountName, EmailAddress};
use crate::form::{Field, FieldErrors};
use serde::{Deserialize, Serialize};

/// The signed-in person as every page's header needs them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The person's account name.
    pub name: String,
    /// Whether the person has confirmed an address; without one most writes are refused.
    pub confirmed: bool,
    /// Whether the person administers the site.
    pub site_administrator: bool,
    /// How many notifications they have not read.
    pub unread: u32,
    /// The name of the administrator whom a pending transformation of the person's own account waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transformation: Option<String>,
}

/// One way to sign in, as the sign-in page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignInChoice {
    /// The provider's name in addresses: `github`, `development`.
    pub provider: String,
    /// The provider's name in the button "Sign in with {label}".
    pub label: String,
}

impl SignInChoice {
    /// The provider's name in the buttons "Link {provider}" and "Unlink {provider}": without an article.
    #[must_use]
    pub fn provider_label(&self) -> &str {
        self.label.strip_prefix("the ").unwrap_or(&self.label)
    }

    /// What sentences call a provider, from those that are configured: one that is no more is told by its name.
    #[must_use]
    pub fn label_of<'a>(choices: &'a [Self], provider: &'a str) -> &'a str {
        let found = choices.iter().find(|choice| choice.provider == provider);
        found.map_or(provider, |choice| &choice.label)
    }
}

/// The sign-in page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInPage {
    /// The ways to sign in, in the order of the configuration.
    pub choices: Vec<SignInChoice>,
    /// Why nobody can sign in here (plain http elsewhere than on loopback), if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// What "Create your account" proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationPage {
    /// A free name made from what the provider told, or empty.
    pub name: String,
    /// The address that the provider told, or empty.
    pub email: String,
    /// The provider through which the person came.
    pub provider: String,
}

/// The form "Create your account".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationForm {
    /// What was typed as user name.
    pub name: String,
    /// What was typed as address.
    pub email: String,
}

/// The fields of [`RegistrationForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationField {
    /// The user name.
    Name,
    /// The address.
    Email,
}

impl Field for RegistrationField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
        }
    }
}

/// A form of name and address, read: a user to register, or an organization to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The wanted name.
    pub name: AccountName,
    /// The address to be confirmed.
    pub email: EmailAddress,
}

impl RegistrationForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<NewAccount, FieldErrors<RegistrationField>> {
        let mut errors = FieldErrors::default();
        let name = errors.take(RegistrationField::Name, AccountName::parse_new(self.name.trim()));
        let email = errors.take(RegistrationField::Email, EmailAddress::parse(&self.email));
        match (name, email) {
            (Some(name), Some(email)) => Ok(NewAccount { name, email }),
            _ => Err(errors),
        }
    }
}
