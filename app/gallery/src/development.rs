//! The people whom the development identity provider knows: whoever was typed there once.

use crate::error::Error;
use crate::ids::Token;
use crate::tx::Bookkeeping;
use crate::{Gallery, store};
use domain::account::{EmailAddress, NAME_LENGTH};
use domain::form::{Field, FieldErrors};

/// Somebody known to the development identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevelopmentPerson {
    /// The subject in ID tokens.
    pub subject: String,
    /// The name as first typed.
    pub name: String,
    /// The address for this sign-in: the one typed now, or the one of the first time.
    pub email: EmailAddress,
}

/// The fields of the page "Development identity".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DevelopmentField {
    /// "User name".
    Name,
    /// "Email address".
    Email,
}

impl Field for DevelopmentField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
        }
    }
}

/// The person of a name, whatever its case; made the first time, when the address is required. An address typed later
/// counts for that sign-in only.
///
/// # Errors
/// Refusals at the fields `name` and `email`.
pub async fn identity(g: &Gallery, name: &str, email: Option<&str>) -> Result<DevelopmentPerson, Error> {
    let mut errors = FieldErrors::default();
    let name = errors.take(DevelopmentField::Name, parse_name(name));
    let typed = email.map(str::trim).filter(|email| !email.is_empty());
    let email = match typed.map(EmailAddress::parse) {
        Some(parsed) => errors.take(DevelopmentField::Email, parsed),
        None => None,
    };
    let Some(name) = name.filter(|_| errors.is_empty()) else {
        return Err(errors.into());
    };
    if let Some(known) = store::development_identities::find(g.reader(), name).await? {
        return Ok(of_this_sign_in(known, email));
    }
    let Some(first) = email else {
        return Err(Error::field(
            DevelopmentField::Email,
            "Enter an email address: this name signs in for the first time.",
        ));
    };
    let new = DevelopmentPerson {
        subject: Token::random(g.ids())?.expose().to_owned(),
        name: name.to_owned(),
        email: first.clone(),
    };
    let tx = g.begin().await?;
    let kept = store::development_identities::find_or_insert(&tx, new).await?;
    tx.commit_bookkeeping(Bookkeeping::DevelopmentIdentity).await?;
    Ok(of_this_sign_in(kept, Some(first)))
}

fn of_this_sign_in(known: DevelopmentPerson, typed: Option<EmailAddress>) -> DevelopmentPerson {
    DevelopmentPerson {
        email: typed.unwrap_or(known.email),
        ..known
    }
}

fn parse_name(text: &str) -> Result<&str, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        Err("Enter a user name.")
    } else if text.chars().count() > NAME_LENGTH {
        Err("Use at most 64 characters.")
    } else if text.chars().any(char::is_control) {
        Err("Use printable characters only.")
    } else {
        Ok(text)
    }
}
