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
    /// How it is talked to.
    pub kind: ProviderKind,
    /// Our name with the provider.
    pub client_id: String,
    /// Our secret with the provider.
    pub client_secret: SecretString,
}

/// How a provider is talked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderKind {
    /// By OpenID Connect, discovered at the issuer's address.
    Oidc {
        /// The issuer, as its ID tokens name it.
        issuer: String,
        /// Whether its `email_verified` counts.
        trust_email: bool,
    },
    /// GitHub's own API.
    Github,
    /// Microsoft, for one tenant or for all.
    Microsoft {
        /// The tenant; without one, addresses are never vouched for.
        tenant: Option<String>,
    },
    /// Google.
    Google,
}

/// The name that the development identity provider has taken.
pub const DEVELOPMENT: &str = "development";

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
    let known = match name.as_str() {
        "github" => Some(Kind::Github),
        "microsoft" => Some(Kind::Microsoft),
        "google" => Some(Kind::Google),
        _ => None,
    };
    let kind = match (section.kind, known) {
        (Some(kind), None | Some(_)) if known.is_none_or(|known| known == kind) => kind,
        (None, Some(known)) => known,
        (None, None) => return Err(wrong("`kind` is missing; allowed is \"oidc\"".to_owned())),
        (Some(_), _) => {
            return Err(wrong(
                "this name is kept for the provider of that name; choose another".to_owned(),
            ));
        }
    };
    let only = |used: bool, key: &str, with: &str| {
        if used {
            Err(wrong(format!("`{key}` is for kind \"{with}\" only")))
        } else {
            Ok(())
        }
    };
    if kind != Kind::Oidc {
        only(section.issuer.is_some(), "issuer", "oidc")?;
        only(section.trust_email.is_some(), "trust_email", "oidc")?;
    }
    if kind != Kind::Microsoft {
        only(section.tenant.is_some(), "tenant", "microsoft")?;
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
    let (label, kind) = match kind {
        Kind::Oidc => {
            let Issuer(issuer) = section.issuer.ok_or_else(|| missing("issuer"))?;
            let trust_email = section.trust_email.is_some_and(|YesNo(yes)| yes);
            (name.clone(), ProviderKind::Oidc { issuer, trust_email })
        }
        Kind::Github => ("GitHub".to_owned(), ProviderKind::Github),
        Kind::Microsoft => (
            "Microsoft".to_owned(),
            ProviderKind::Microsoft { tenant: section.tenant },
        ),
        Kind::Google => ("Google".to_owned(), ProviderKind::Google),
    };
    Ok(Provider {
        label: section.label.unwrap_or(label),
        kind,
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
