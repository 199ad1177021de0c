//! Who signed in, as an ID token tells it.

use super::id_token::IdClaims;
use super::issuer::Signatory;
use super::oidc::{Flavour, Oidc};
use super::trouble::Trouble;
use domain::account::EmailAddress;
use gallery::sign_in::Identity;
use openidconnect::core::CoreUserInfoClaims;

/// Under which issuer the people of the development identity provider are kept. No address that a provider of the
/// configuration could have.
const DEVELOPMENT_ISSUER: &str = "development";

/// The greatest length of a subject (OpenID Connect Core 1.0, 2).
const SUBJECT: usize = 255;

/// The values of `amr` that mean a second factor (product contract, 5.15).
const SECOND_FACTORS: [&str; 3] = ["mfa", "otp", "hwk"];

/// Somebody, as a provider tells it.
pub(super) struct Person {
    /// Who says so.
    pub(super) issuer: String,
    /// The issuer's unchanging name for the person.
    pub(super) subject: String,
    /// What the person is called there: a name or an address, or empty.
    pub(super) name: String,
    /// The person's address, if there is one of the right form.
    pub(super) email: Option<EmailAddress>,
    /// Whether the address is vouched for.
    pub(super) vouched: bool,
    /// Whether a second factor was used.
    pub(super) second_factor: bool,
}

impl Person {
    /// The same with the provider's name in the configuration.
    pub(super) fn at(self, provider: &str) -> Identity {
        Identity {
            provider: provider.to_owned(),
            issuer: self.issuer,
            subject: self.subject,
            proposed_name: self.name.split('@').next().unwrap_or_default().to_owned(),
            email: self.email,
            vouched: self.vouched,
            second_factor: self.second_factor,
        }
    }

    /// Whom verified claims tell, and what user info adds to them.
    ///
    /// # Errors
    /// When they do not tell what never changes about the person.
    pub(super) fn of_claims(
        provider: &Oidc,
        claims: &IdClaims,
        more: Option<&CoreUserInfoClaims>,
    ) -> Result<Self, Trouble> {
        let email = claims.email().or_else(|| more.and_then(CoreUserInfoClaims::email));
        let name = claims
            .preferred_username()
            .or_else(|| more.and_then(CoreUserInfoClaims::preferred_username))
            .map(|name| name.as_str())
            .or_else(|| email.map(|email| email.as_str()));
        let methods = claims.auth_method_refs().map(Vec::as_slice).unwrap_or_default();
        Ok(Self {
            issuer: match provider.flavour {
                // Its people stay who they are when the server listens elsewhere the next time.
                Flavour::Development => DEVELOPMENT_ISSUER.to_owned(),
                _ => claims.issuer().as_str().to_owned(),
            },
            subject: subject(provider.flavour, claims)?.to_owned(),
            name: name.unwrap_or_default().to_owned(),
            email: email.and_then(|email| EmailAddress::parse(email).ok()),
            vouched: is_vouched(provider, claims, more),
            second_factor: methods.iter().any(|method| SECOND_FACTORS.contains(&method.as_str())),
        })
    }
}

/// What never changes about a person: at Microsoft the number in the directory, whichever application asks.
fn subject(flavour: Flavour, claims: &IdClaims) -> Result<&str, Trouble> {
    let (subject, missing) = match flavour {
        Flavour::Microsoft => (
            claims.additional_claims().text("oid"),
            "there is no oid; the application needs the scope profile",
        ),
        _ => (Some(claims.subject().as_str()), "its subject is empty or too long"),
    };
    subject
        .filter(|subject| !subject.is_empty() && subject.len() <= SUBJECT)
        .ok_or_else(|| Trouble::unproven(missing))
}

/// Whether the address of claims, or of user info if they have none, is vouched for.
fn is_vouched(provider: &Oidc, claims: &IdClaims, more: Option<&CoreUserInfoClaims>) -> bool {
    let trusted = match (provider.flavour, provider.issuer.signatory()) {
        (Flavour::Microsoft, Signatory::Directory(directory)) => {
            return claims.email().is_some() && directory.vouches(claims);
        }
        (Flavour::Microsoft, Signatory::Itself) => false,
        (Flavour::Any { trust_email }, _) => trust_email,
        (Flavour::Google | Flavour::Development, _) => true,
    };
    let verified = match claims.email() {
        Some(_) => claims.email_verified(),
        None => more.and_then(CoreUserInfoClaims::email_verified),
    };
    trusted && verified == Some(true)
}
