//! The values of settings: each reads itself from a text and says what is allowed when it cannot.
//!
//! The environment knows texts only, so numbers and lists may be written as texts in the file too.

use domain::trusted_publishing::ProviderKind;
use secrecy::SecretString;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Unexpected, Visitor};
use std::fmt;
use std::marker::PhantomData;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// The address under which people see the site: a scheme, a host and maybe a port, nothing behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(url::Url);

impl PublicUrl {
    /// The plain address of a socket.
    #[must_use]
    pub fn of_listener(address: SocketAddr) -> Self {
        Self(url::Url::parse(&format!("http://{address}")).expect("a socket's address is the host and port of a URL"))
    }

    /// The address without a slash at its end, as links begin.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether browsers come by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether only this machine can reach it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(url::Host::Domain(name)) => is_loopback_name(name),
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// The port, also where the scheme implies it.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// The host and, if it is not the scheme's own, the port: what a browser sends as `Host`.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0.authority()
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = url::Url::parse(text).map_err(|_| Self::allowed())?;
        let plain = matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if plain { Ok(Self(url)) } else { Err(Self::allowed()) }
    }
}

/// Whether a host's name means this machine.
#[must_use]
pub fn is_loopback_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether the development identity provider is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DevelopmentIdentity {
    /// On if nobody else can reach the server and no other provider is there.
    Auto,
    /// On, or the start is refused.
    On,
    /// Off.
    Off,
}

impl FromStr for DevelopmentIdentity {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "auto" => Ok(Self::Auto),
            "on" => Ok(Self::On),
            "off" => Ok(Self::Off),
            _ => Err(Self::allowed()),
        }
    }
}

/// A number of bytes: `250 MiB`, `64KiB`, `4 GiB`, or digits alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u64);

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = text.split_at(digits);
        let shift = match unit.trim_start() {
            "" => 0,
            "KiB" => 10,
            "MiB" => 20,
            "GiB" => 30,
            _ => return Err(Self::allowed()),
        };
        let bytes = number.parse::<u64>().ok().filter(|bytes| *bytes > 0);
        bytes
            .and_then(|bytes| bytes.checked_mul(1 << shift))
            .map(Self)
            .ok_or(Self::allowed())
    }
}

/// A number of things: whole and not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u32);

impl FromStr for Count {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| Self::allowed())
    }
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YesNo(pub bool);

impl FromStr for YesNo {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| Self::allowed())
    }
}

/// An address, or all addresses that begin alike: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether an address belongs to it. IPv4 addresses written as IPv6 count as what they are.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let differ = |a: u128, b: u128, width: u8| {
            let rest = u32::from(width.saturating_sub(self.bits));
            (a ^ b).checked_shr(rest).unwrap_or(0) != 0
        };
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                !differ(u128::from(ours.to_bits()), u128::from(theirs.to_bits()), 32)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => !differ(ours.to_bits(), theirs.to_bits(), 128),
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| Self::allowed())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), |bits| bits.parse().map_err(|_| Self::allowed()))?;
        if bits <= width {
            Ok(Self { address, bits })
        } else {
            Err(Self::allowed())
        }
    }
}

/// Where the database is; it may hold a password.
#[derive(Clone, Debug)]
pub struct DatabaseUrl(pub SecretString);

impl FromStr for DatabaseUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = ["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.starts_with(scheme));
        if known {
            Ok(Self(text.into()))
        } else {
            Err(Self::allowed())
        }
    }
}

/// Where packages are kept.
#[derive(Clone, Debug)]
pub struct StorageUrl(pub String);

impl FromStr for StorageUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = ["file://", "s3://"]
            .iter()
            .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
        if known {
            Ok(Self(text.to_owned()))
        } else {
            Err(Self::allowed())
        }
    }
}

/// The mail server; it may hold a password.
#[derive(Clone, Debug)]
pub struct SmtpUrl(pub SecretString);

impl FromStr for SmtpUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = url::Url::parse(text).map_err(|_| Self::allowed())?;
        let usable = matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty());
        if usable {
            Ok(Self(text.into()))
        } else {
            Err(Self::allowed())
        }
    }
}

/// A secret that a provider gave us.
#[derive(Clone, Debug)]
pub struct Secret(pub SecretString);

impl FromStr for Secret {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            Err(Self::allowed())
        } else {
            Ok(Self(text.into()))
        }
    }
}

/// What is logged: a level, or levels by module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter(pub String);

impl FromStr for LogFilter {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = tracing_subscriber::EnvFilter::builder().parse(text);
        parsed.map(|_| Self(text.to_owned())).map_err(|_| Self::allowed())
    }
}

/// The listen address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen(pub SocketAddr);

impl FromStr for Listen {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| Self::allowed())
    }
}

/// What the tokens of an issuer of workloads say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkloadKind {
    /// What those of GitHub Actions say.
    GitHub,
    /// What those of GitLab CI/CD say.
    GitLab,
    /// What the section says.
    Oidc,
}

impl WorkloadKind {
    /// The same for the gallery.
    #[must_use]
    pub const fn of_provider(self) -> ProviderKind {
        match self {
            Self::GitHub => ProviderKind::GitHub,
            Self::GitLab => ProviderKind::GitLab,
            Self::Oidc => ProviderKind::Oidc,
        }
    }
}

impl FromStr for WorkloadKind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "github" => Ok(Self::GitHub),
            "gitlab" => Ok(Self::GitLab),
            "oidc" => Ok(Self::Oidc),
            _ => Err(Self::allowed()),
        }
    }
}

/// A value that reads itself from a text.
pub(super) trait Value: FromStr<Err = &'static str> {
    /// Whether the value must not be shown in an error.
    const SECRET: bool = false;

    /// What is allowed, for the error: "a number of bytes, such as …".
    fn allowed() -> &'static str;
}

/// A setting as a value: from a text, a number or a truth value of the file.
struct Scalar<T>(PhantomData<T>);

impl<T: Value> Visitor<'_> for Scalar<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::allowed())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let shown = if T::SECRET {
            Unexpected::Other("a value that is not shown")
        } else {
            Unexpected::Str(text)
        };
        text.parse().map_err(|_| E::invalid_value(shown, &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        number
            .to_string()
            .parse()
            .map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<T, E> {
        truth
            .to_string()
            .parse()
            .map_err(|_| E::invalid_value(Unexpected::Bool(truth), &self))
    }
}

macro_rules! values {
    ($($type:ty: $allowed:literal $(, secret: $secret:literal)?;)*) => {$(
        impl Value for $type {
            $(const SECRET: bool = $secret;)?

            fn allowed() -> &'static str {
                $allowed
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Scalar(PhantomData))
            }
        }
    )*};
}

mod provider;

pub use provider::{Address, Issuer, Kind, Tenant};

values! {
    PublicUrl: "an address such as \"https://packages.example.com\", http or https, without a path";
    Listen: "an address and a port such as \"127.0.0.1:3000\"";
    DatabaseUrl: "\"sqlite://PATH\" or \"postgres://USER:PASSWORD@HOST/DATABASE\"", secret: true;
    StorageUrl: "\"file://PATH\" or \"s3://BUCKET/PREFIX\"";
    SmtpUrl: "\"smtp://USER:PASSWORD@HOST:PORT\" or \"smtps://…\"", secret: true;
    Secret: "a text that is not empty", secret: true;
    LogFilter: "a level (error, warn, info, debug, trace), or levels by module such as \"info,gallery=debug\"";
    WorkloadKind: "\"github\", \"gitlab\" or \"oidc\"";
    DevelopmentIdentity: "\"auto\", \"on\" or \"off\"";
    Size: "a number of bytes such as \"250 MiB\" (KiB, MiB, GiB)";
    Count: "a whole number, not negative";
    YesNo: "true or false";
    Network: "an address such as \"10.0.0.7\" or a range such as \"10.0.0.0/8\"";
}

/// Several values: a list in the file, or one text with commas between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Value + Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);

        impl<'de, T: Value + Deserialize<'de>> Visitor<'de> for Items<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a list, each item {}", T::allowed())
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<List<T>, E> {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                items
                    .map(|item| {
                        item.parse()
                            .map_err(|_| E::invalid_value(Unexpected::Str(item), &T::allowed()))
                    })
                    .collect::<Result<_, E>>()
                    .map(List)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(List(list))
            }
        }

        deserializer.deserialize_any(Items(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, PublicUrl, Size};
    use rstest::rstest;

    #[rstest]
    #[case("250 MiB", Some(250 << 20))]
    #[case("64KiB", Some(64 << 10))]
    #[case("17", Some(17))]
    #[case("0", None)]
    #[case("1 MB", None)]
    #[case("MiB", None)]
    #[case("99999999999999999999", None)]
    #[case("18446744073709551615 GiB", None)]
    fn a_size_has_a_unit_or_none(#[case] text: &str, #[case] bytes: Option<u64>) {
        assert_eq!(text.parse().ok(), bytes.map(Size));
    }

    #[rstest]
    #[case("10.0.0.7", "10.0.0.7", true)]
    #[case("10.0.0.7", "10.0.0.8", false)]
    #[case("10.0.0.0/8", "10.200.3.4", true)]
    #[case("10.0.0.0/8", "::ffff:10.200.3.4", true)]
    #[case("10.0.0.0/8", "11.0.0.0", false)]
    #[case("0.0.0.0/0", "203.0.113.5", true)]
    #[case("0.0.0.0/0", "2001:db8::1", false)]
    #[case("::/0", "2001:db8::1", true)]
    #[case("fd00::/8", "fdff::1", true)]
    #[case("fd00::/8", "fe80::1", false)]
    fn a_network_holds_what_begins_alike(#[case] network: &str, #[case] address: &str, #[case] inside: bool) {
        let network: Network = network.parse().unwrap();
        assert_eq!(network.contains(address.parse().unwrap()), inside);
    }

    #[rstest]
    #[case("http://127.0.0.1:3000", true)]
    #[case("http://localhost", true)]
    #[case("http://[::1]:3000/", true)]
    #[case("http://guildhall.localhost:3000", true)]
    #[case("https://packages.example.com", false)]
    #[case("http://10.0.0.1", false)]
    fn a_public_address_knows_whether_only_this_machine_reaches_it(#[case] text: &str, #[case] loopback: bool) {
        assert_eq!(text.parse::<PublicUrl>().unwrap().is_loopback(), loopback);
    }

    #[rstest]
    #[case("packages.example.com")]
    #[case("ftp://packages.example.com")]
    #[case("https://packages.example.com/nuget")]
    #[case("https://packages.example.com/?a=b")]
    #[case("https://user@packages.example.com")]
    fn a_public_address_is_scheme_host_and_port(#[case] text: &str) {
        assert!(text.parse::<PublicUrl>().is_err());
    }
}
