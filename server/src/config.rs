//! The configuration: `Leptos.toml`, with the environment over it (product contract, section 3).

mod document;
mod environment;
mod problem;
pub mod sign_in;
pub mod trusted_publishing;
pub mod values;

pub use problem::Problem;
pub use sign_in::Provider;
pub use trusted_publishing::WorkloadIssuer;

use document::Document;
use environment::Overlay;
use gallery::mail::MailWay;
use problem::Place;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use values::{DevelopmentIdentity, Network, PublicUrl};

/// The file that is read when no other is named; it need not exist.
pub const FILE: &str = "Leptos.toml";

/// Everything that can be set, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The address that people see.
    pub public_url: PublicUrl,
    /// The front end's folder, if it is not the one inside the binary.
    pub site_root: Option<PathBuf>,
    /// Everything kept on this machine.
    pub data_dir: PathBuf,
    /// `sqlite://path` or `postgres://…`.
    pub database_url: SecretString,
    /// `file://path` or `s3://bucket/prefix`.
    pub storage_url: String,
    /// The mail server; without one, mails become files.
    pub smtp_url: Option<SecretString>,
    /// Whom to believe what they say about their clients.
    pub trusted_proxies: Vec<Network>,
    /// Who may tell us who somebody is, without the development identity provider.
    pub providers: Vec<Provider>,
    /// Whose workloads may publish without a key that anybody keeps.
    pub workload_issuers: Vec<WorkloadIssuer>,
    /// Whether the development identity provider is on.
    pub development_identity: bool,
    /// How much is too much.
    pub limits: gallery::Limits,
    /// What is logged.
    pub log: String,
}

impl Config {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// The first mistake, with its place and what is allowed there; and when a file was named that cannot be read.
    pub fn load(file: Option<&Path>, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, Problem> {
        let path = file.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.is_none() => String::new(),
            Err(error) => return Err(Problem::at(Place::File(path.to_owned()), error.to_string())),
        };
        Self::parse(path, &text, environment)
    }

    fn parse(
        path: &Path,
        text: &str,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Problem> {
        let mut source = Source {
            path: path.to_owned(),
            line_ends: line_ends(text),
            overlay: None,
        };
        let table = toml::de::DeTable::parse(text).map_err(|error| source.problem(&error))?;
        let span = table.span();
        let mut table = table.into_inner();
        source.overlay = Some(Overlay::put(&mut table, text.len(), environment)?);
        let document = Document::deserialize(toml::de::Deserializer::from(Spanned::new(span, table)))
            .map_err(|error| source.problem(&error))?;
        Self::resolve(document, &source)
    }

    fn resolve(document: Document, source: &Source) -> Result<Self, Problem> {
        let leptos = document.package.metadata.leptos;
        let listen = leptos
            .site_addr
            .map_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)), |given| {
                given.into_inner().0
            });
        let public_url = document
            .server
            .public_url
            .unwrap_or_else(|| PublicUrl::of_listener(listen));
        let data_dir = document.server.data_dir.unwrap_or_else(|| PathBuf::from("data"));
        let data_dir = std::path::absolute(&data_dir)
            .map_err(|error| Problem::at(Place::File(data_dir.clone()), error.to_string()))?;
        let site_root = leptos.site_root.map(|given| folder(given, source)).transpose()?;
        let providers = sign_in::providers(document.sign_in, source)?;
        let workload_issuers = trusted_publishing::issuers(document.trusted_publishing, source)?;
        let reachable = reachable(listen, &public_url);
        let development_identity = match document.development.identity {
            Some(asked) if *asked.get_ref() == DevelopmentIdentity::On => match reachable {
                None => true,
                Some(reason) => {
                    let message =
                        format!("the development identity provider lets anybody in, and {reason}; allowed is \"off\"");
                    return Err(Problem::at(source.place(&asked.span()), message));
                }
            },
            Some(asked) if *asked.get_ref() == DevelopmentIdentity::Off => false,
            Some(_) | None => reachable.is_none() && providers.is_empty(),
        };
        let standard = gallery::Limits::default();
        let limits = document.limits;
        Ok(Self {
            database_url: document.database.url.map_or_else(|| sqlite_in(&data_dir), |url| url.0),
            storage_url: document.storage.url.map_or_else(
                || format!("file://{}", data_dir.join("packages").display()),
                |url| url.0,
            ),
            smtp_url: document.mail.smtp_url.map(|url| url.0),
            trusted_proxies: document.server.trusted_proxies.0,
            limits: gallery::Limits {
                package_bytes: limits.package.map_or(standard.package_bytes, |size| size.0),
                drafts: limits.drafts.map_or(standard.drafts, |count| count.0.into()),
                draft_bytes: limits.draft_bytes.map_or(standard.draft_bytes, |size| size.0),
                draft_days: limits.draft_days.map_or(standard.draft_days, |count| count.0.into()),
            },
            log: document.log.filter.map_or_else(|| "info".to_owned(), |filter| filter.0),
            site_root,
            listen,
            public_url,
            data_dir,
            providers,
            workload_issuers,
            development_identity,
        })
    }

    /// The same with the address that the server got: another one than wanted, if the wanted port was 0.
    #[must_use]
    pub fn bound_to(mut self, address: SocketAddr) -> Self {
        if self.public_url == PublicUrl::of_listener(self.listen) {
            self.public_url = PublicUrl::of_listener(address);
        }
        self.listen = address;
        self
    }

    /// The gallery's part.
    #[must_use]
    pub fn gallery(&self) -> gallery::Settings {
        gallery::Settings {
            database_url: self.database_url.expose_secret().to_owned(),
            storage_url: self.storage_url.clone(),
            public_url: self.public_url.as_str().to_owned(),
            mail: match &self.smtp_url {
                Some(url) => MailWay::Smtp(url.expose_secret().to_owned()),
                None => MailWay::Folder(self.data_dir.join("mail")),
            },
            data_dir: self.data_dir.clone(),
            limits: self.limits,
            workload_providers: self
                .workload_issuers
                .iter()
                .map(|issuer| issuer.provider(&self.public_url))
                .collect(),
        }
    }
}

/// A folder that is there: a wrong one is told at the start, not by pages without style.
fn folder(given: Spanned<PathBuf>, source: &Source) -> Result<PathBuf, Problem> {
    if given.get_ref().is_dir() {
        return Ok(given.into_inner());
    }
    let message = format!(
        "there is no folder {}; allowed is a folder with a front end",
        given.get_ref().display()
    );
    Err(Problem::at(source.place(&given.span()), message))
}

/// Why others than this machine reach the server, if they do.
fn reachable(listen: SocketAddr, public_url: &PublicUrl) -> Option<String> {
    if !listen.ip().is_loopback() {
        Some(format!("the listen address {listen} is not loopback"))
    } else if !public_url.is_loopback() {
        Some(format!("the public address {} is not loopback", public_url.as_str()))
    } else {
        None
    }
}

/// The database of one machine. What would begin the options of the address, or look encoded, is encoded.
fn sqlite_in(data_dir: &Path) -> SecretString {
    let path = data_dir.join("guildhall.db").display().to_string();
    format!("sqlite://{}", path.replace('%', "%25").replace('?', "%3F")).into()
}

/// Finds the place of a span.
pub(crate) struct Source {
    path: PathBuf,
    line_ends: Vec<usize>,
    overlay: Option<Overlay>,
}

impl Source {
    fn place(&self, span: &Range<usize>) -> Place {
        if let Some(place) = self.overlay.as_ref().and_then(|overlay| overlay.place(span)) {
            return place;
        }
        let line = self.line_ends.partition_point(|end| *end < span.start) + 1;
        Place::Line(self.path.clone(), line)
    }

    fn problem(&self, error: &toml::de::Error) -> Problem {
        let place = error
            .span()
            .map_or_else(|| Place::File(self.path.clone()), |span| self.place(&span));
        // toml tells a syntax error in several lines.
        Problem::at(place, error.message().trim_end().replace('\n', "; "))
    }
}

fn line_ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at).collect()
}
