//! The values of the sections that describe providers of identities.

use super::{PublicUrl, Scalar, Value};
use serde::de::{Deserialize, Deserializer};
use std::marker::PhantomData;
use std::str::FromStr;

/// Where an OpenID Connect provider is: https, or http on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer(pub String);

impl FromStr for Issuer {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_usable(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Self::allowed())
        }
    }
}

/// An address of a provider: https, or http on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(pub String);

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_usable(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Self::allowed())
        }
    }
}

/// Whether what is sent to an address is kept from others.
fn is_usable(address: &str) -> bool {
    url::Url::parse(address)
        .is_ok_and(|url| url.scheme() == "https" || (url.scheme() == "http" && PublicUrl(url).is_loopback()))
}

/// What kind of provider a section of `sign_in` describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any OpenID Connect provider.
    Oidc,
    /// GitHub, which has an API in place of OpenID Connect.
    GitHub,
    /// Microsoft, which has many directories.
    Microsoft,
    /// Google.
    Google,
}

impl Kind {
    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Oidc => "oidc",
            Self::GitHub => "github",
            Self::Microsoft => "microsoft",
            Self::Google => "google",
        }
    }
}

impl FromStr for Kind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kinds = [Self::Oidc, Self::GitHub, Self::Microsoft, Self::Google];
        let kind = kinds.into_iter().find(|kind| kind.name() == text);
        kind.ok_or(Self::allowed())
    }
}

/// Whose people may sign in with Microsoft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tenant {
    /// Everybody with an account there.
    Any,
    /// Those of every organization.
    Work,
    /// Those with a personal account.
    Personal,
    /// Those of one directory, by its id in small letters.
    One(String),
}

impl Tenant {
    /// Whether a text is the id of a directory, in the form in which tokens have it.
    #[must_use]
    pub fn is_id(text: &str) -> bool {
        let lengths = text.split('-').map(str::len);
        let digits = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-');
        lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(digits)
    }
}

impl FromStr for Tenant {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "common" => Ok(Self::Any),
            "organizations" => Ok(Self::Work),
            "consumers" => Ok(Self::Personal),
            id => {
                let id = id.to_ascii_lowercase();
                if Self::is_id(&id) {
                    Ok(Self::One(id))
                } else {
                    Err(Self::allowed())
                }
            }
        }
    }
}

values! {
    Issuer: "the issuer's address, https (http on this machine only)";
    Address: "an address, https (http on this machine only)";
    Kind: "\"oidc\", \"github\", \"microsoft\" or \"google\"";
    Tenant: "\"common\", \"organizations\", \"consumers\", or the id of one directory such as \"aaaabbbb-0000-cccc-1111-dddd2222eeee\"";
}
