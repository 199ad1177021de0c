//! The sections `[sign_in.NAME]`: who may tell us who somebody is.

use super::Source;
use super::document;
use super::problem::Problem;
use super::values::{Issuer, Kind, YesNo};
use secrecy::SecretString;
use std::collections::BTreeMap;
use toml::Spanned;

/// A provider of identities.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its name in addresses, in the configuration and with every identity.
    pub name: String,
    /// Its name on the button "Sign in with {label}".
    pub label: String,
    /// The issuer, as its ID tokens name it.
    pub issuer: String,
    /// Whether its `email_verified` counts.
    pub trust_email: bool,
    /// Our name with the provider.
    pub client_id: String,
    /// Our secret with the provider.
    pub client_secret: SecretString,
}

/// The name that the development identity provider has taken.
pub const DEVELOPMENT: &str = "development";

/// Names that are kept for providers with an API or with rules of their own, which a later release talks to.
const KEPT: [&str; 3] = ["github", "microsoft", "google"];

/// The providers, in the order of the file and then of the environment.
pub(super) fn providers(
    sections: BTreeMap<String, Spanned<document::SignIn>>,
    source: &Source,
) -> Result<Vec<Provider>, Problem> {
    let mut sections: Vec<_> = sections.into_iter().collect();
    sections.sort_by_key(|(_, section)| section.span().start);
    sections
        .into_iter()
        .map(|(name, section)| provider(name, section, source))
        .collect()
}

fn provider(name: String, section: Spanned<document::SignIn>, source: &Source) -> Result<Provider, Problem> {
    let span = section.span();
    let wrong = |message: String| Problem::at(source.place(&span), format!("sign_in.{name}: {message}"));
    let missing = |key: &str| wrong(format!("`{key}` is missing"));
    let section = section.into_inner();

    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'));
    if !plain || name.len() > 32 || name == DEVELOPMENT {
        return Err(wrong(
            "a provider's name has at most 32 small letters, digits, `_` and `-`, and is not `development`".to_owned(),
        ));
    }
    if KEPT.contains(&name.as_str()) {
        return Err(wrong(format!(
            "this release signs in by kind \"oidc\" only, and the name `{name}` is kept; choose another"
        )));
    }
    match section.kind {
        Some(Kind::Oidc) => {}
        Some(Kind::Later) => return Err(wrong("this release signs in by kind \"oidc\" only".to_owned())),
        None => return Err(wrong("`kind` is missing; allowed is \"oidc\"".to_owned())),
    }
    if section.tenant.is_some() {
        return Err(wrong("`tenant` is not for kind \"oidc\"".to_owned()));
    }
    let client_secret = match (section.client_secret, section.client_secret_file) {
        (Some(secret), None) => secret.0,
        (None, Some(path)) => read_secret(&path, source)?,
        (Some(_), Some(_)) => {
            return Err(wrong(
                "give `client_secret` or `client_secret_file`, not both".to_owned(),
            ));
        }
        (None, None) => return Err(missing("client_secret` or `client_secret_file")),
    };
    let Issuer(issuer) = section.issuer.ok_or_else(|| missing("issuer"))?;
    Ok(Provider {
        label: section.label.unwrap_or_else(|| name.clone()),
        issuer,
        trust_email: section.trust_email.is_some_and(|YesNo(yes)| yes),
        client_id: section.client_id.ok_or_else(|| missing("client_id"))?,
        client_secret,
        name,
    })
}

/// A secret that stands alone in a file; the line break at its end does not count.
fn read_secret(path: &Spanned<std::path::PathBuf>, source: &Source) -> Result<SecretString, Problem> {
    let text = std::fs::read_to_string(path.get_ref()).map_err(|error| {
        let message = format!("`client_secret_file` {}: {error}", path.get_ref().display());
        Problem::at(source.place(&path.span()), message)
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).into())
}
