//! The sections `[sign_in.NAME]`: who may tell us who somebody is.

use super::Source;
use super::document;
use super::problem::Problem;
use super::values::{Address, Kind, Tenant, Value as _, YesNo};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// A provider of identities.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its name in addresses, in the configuration and with every identity.
    pub name: String,
    /// Its name on the button "Sign in with {label}".
    pub label: String,
    /// How it is talked to.
    pub way: Way,
    /// Our name with the provider.
    pub client_id: String,
    /// Our secret with the provider.
    pub client_secret: SecretString,
}

/// How a provider is talked to, and where it is.
#[derive(Clone, Debug)]
pub enum Way {
    /// Any OpenID Connect provider.
    Oidc {
        /// The issuer, as its ID tokens name it.
        issuer: String,
        /// Whether its `email_verified` counts.
        trust_email: bool,
    },
    /// Google.
    Google {
        /// The issuer, as its ID tokens name it.
        issuer: String,
    },
    /// Microsoft: one directory, or all of a kind.
    Microsoft {
        /// The sign-in address of one of its clouds.
        cloud: String,
        /// Whose people may sign in.
        tenant: Tenant,
    },
    /// GitHub, or a GitHub Enterprise Server.
    GitHub(GitHubAddresses),
}

/// Where a GitHub is.
#[derive(Clone, Debug)]
pub struct GitHubAddresses {
    /// The page where people allow us to know who they are. Its origin is the issuer of their identities.
    pub authorize: String,
    /// Where a code is traded for a token.
    pub token: String,
    /// The API.
    pub api: String,
}

/// The name that the development identity provider has taken.
pub const DEVELOPMENT: &str = "development";

const GOOGLE: &str = "https://accounts.google.com";
const MICROSOFT: &str = "https://login.microsoftonline.com";

/// The kinds that a section may leave unsaid, because its name says it; with what their buttons are called then.
const NAMED: [(&str, Kind, &str); 3] = [
    ("github", Kind::GitHub, "GitHub"),
    ("microsoft", Kind::Microsoft, "Microsoft"),
    ("google", Kind::Google, "Google"),
];

/// The providers, in the order of the file and then of the environment.
pub(super) fn providers(
    sections: BTreeMap<String, Spanned<document::SignIn>>,
    source: &Source,
) -> Result<Vec<Provider>, Problem> {
    let mut sections: Vec<_> = sections.into_iter().collect();
    sections.sort_by_key(|(_, section)| section.span().start);
    sections
        .into_iter()
        .map(|(name, section)| {
            let span = section.span();
            Section {
                name: &name,
                span,
                source,
            }
            .provider(section.into_inner())
        })
        .collect()
}

/// A section that is being read: it tells where a mistake is.
struct Section<'a> {
    name: &'a str,
    span: Range<usize>,
    source: &'a Source,
}

impl Section<'_> {
    fn provider(&self, section: document::SignIn) -> Result<Provider, Problem> {
        self.check_name()?;
        let named = NAMED.iter().find(|(name, _, _)| *name == self.name);
        let kind = self.kind(section.kind.as_ref(), named.map(|(_, kind, _)| *kind))?;
        self.refuse_keys_of_others(kind, &section)?;
        let issuer = section.issuer.map(|given| given.into_inner().0);
        let way = match kind {
            Kind::Oidc => Way::Oidc {
                issuer: issuer.ok_or_else(|| self.missing("issuer"))?,
                trust_email: section
                    .trust_email
                    .is_some_and(|given| given.into_inner() == YesNo(true)),
            },
            Kind::Google => Way::Google {
                issuer: issuer.unwrap_or_else(|| GOOGLE.to_owned()),
            },
            Kind::Microsoft => Way::Microsoft {
                cloud: issuer.unwrap_or_else(|| MICROSOFT.to_owned()),
                tenant: section.tenant.map_or(Tenant::Any, Spanned::into_inner),
            },
            Kind::GitHub => Way::GitHub(self.github([section.authorize_url, section.token_url, section.api_url])?),
        };
        let client_secret = match (section.client_secret, section.client_secret_file) {
            (Some(secret), None) => secret.0,
            (None, Some(path)) => self.secret_in(&path)?,
            (Some(_), Some(_)) => {
                return Err(self.wrong("give `client_secret` or `client_secret_file`, not both"));
            }
            (None, None) => return Err(self.missing("client_secret` or `client_secret_file")),
        };
        let label = named.map_or(self.name, |(_, _, label)| *label);
        Ok(Provider {
            name: self.name.to_owned(),
            label: section.label.unwrap_or_else(|| label.to_owned()),
            way,
            client_id: section.client_id.ok_or_else(|| self.missing("client_id"))?,
            client_secret,
        })
    }

    fn check_name(&self) -> Result<(), Problem> {
        let plain = self
            .name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'));
        if plain && self.name.len() <= 32 && self.name != DEVELOPMENT {
            Ok(())
        } else {
            Err(self
                .wrong("a provider's name has at most 32 small letters, digits, `_` and `-`, and is not `development`"))
        }
    }

    /// The kind that is written, or the one that the name says; never another than the name says.
    fn kind(&self, given: Option<&Spanned<Kind>>, named: Option<Kind>) -> Result<Kind, Problem> {
        match (given, named) {
            (None, Some(kind)) => Ok(kind),
            (None, None) => Err(self.wrong(&format!("`kind` is missing; allowed is {}", Kind::allowed()))),
            (Some(given), Some(kind)) if *given.get_ref() != kind => {
                let message = format!(
                    "the name `{}` is kept for kind \"{}\"; choose another for kind \"{}\"",
                    self.name,
                    kind.name(),
                    given.get_ref().name()
                );
                Err(self.wrong_at(&given.span(), &message))
            }
            (Some(given), _) => Ok(*given.get_ref()),
        }
    }

    /// A key that a kind does not know would have no effect, which nobody would notice.
    fn refuse_keys_of_others(&self, kind: Kind, section: &document::SignIn) -> Result<(), Problem> {
        let keys = [
            (
                "issuer",
                place(section.issuer.as_ref()),
                &[Kind::Oidc, Kind::Microsoft, Kind::Google][..],
            ),
            ("trust_email", place(section.trust_email.as_ref()), &[Kind::Oidc]),
            ("tenant", place(section.tenant.as_ref()), &[Kind::Microsoft]),
            ("authorize_url", place(section.authorize_url.as_ref()), &[Kind::GitHub]),
            ("token_url", place(section.token_url.as_ref()), &[Kind::GitHub]),
            ("api_url", place(section.api_url.as_ref()), &[Kind::GitHub]),
        ];
        for (key, given, kinds) in keys {
            if let Some(span) = given
                && !kinds.contains(&kind)
            {
                let message = format!("`{key}` is not for kind \"{}\"", kind.name());
                return Err(self.wrong_at(&span, &message));
            }
        }
        Ok(())
    }

    /// All three addresses belong to one GitHub: people of one must not be told by the API of another.
    fn github(&self, given: [Option<Spanned<Address>>; 3]) -> Result<GitHubAddresses, Problem> {
        match given.map(|address| address.map(|given| given.into_inner().0)) {
            [Some(authorize), Some(token), Some(api)] => Ok(GitHubAddresses { authorize, token, api }),
            [None, None, None] => Ok(GitHubAddresses {
                authorize: "https://github.com/login/oauth/authorize".to_owned(),
                token: "https://github.com/login/oauth/access_token".to_owned(),
                api: "https://api.github.com".to_owned(),
            }),
            _ => Err(self.wrong("give all of `authorize_url`, `token_url` and `api_url`, or none")),
        }
    }

    /// A secret that stands alone in a file; the line break at its end does not count.
    fn secret_in(&self, path: &Spanned<std::path::PathBuf>) -> Result<SecretString, Problem> {
        let text = std::fs::read_to_string(path.get_ref()).map_err(|error| {
            let message = format!("`client_secret_file` {}: {error}", path.get_ref().display());
            Problem::at(self.source.place(&path.span()), message)
        })?;
        Ok(text.trim_end_matches(['\r', '\n']).into())
    }

    fn missing(&self, key: &str) -> Problem {
        self.wrong(&format!("`{key}` is missing"))
    }

    fn wrong(&self, message: &str) -> Problem {
        self.wrong_at(&self.span, message)
    }

    fn wrong_at(&self, span: &Range<usize>, message: &str) -> Problem {
        Problem::at(self.source.place(span), format!("sign_in.{}: {message}", self.name))
    }
}

fn place<T>(given: Option<&Spanned<T>>) -> Option<Range<usize>> {
    given.map(Spanned::span)
}
