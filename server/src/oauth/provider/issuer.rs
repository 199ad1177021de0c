//! An issuer of ID tokens: it is discovered, its keys are kept for a while, and its tokens are verified with them.
//!
//! The audience and the allowed algorithms come with each token, so that others than sign-ins can have theirs verified.

use super::discovery::{self, Discovered, DiscoveryProblem, Place};
use super::http::{ProviderHttp, is_on_this_machine, is_protected};
use super::id_token::{self, Expected, IdClaims, IdToken, TokenProblem};
use super::microsoft::Directory;
use domain::time::Timestamp;
use moka::future::Cache;
use openidconnect::IssuerUrl;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How long a discovery document with its keys is used before it is read again.
const DISCOVERED: Duration = Duration::from_secs(3_600);

/// How many seconds lie between two times that the keys are read again because a token names one that is not known:
/// whoever may show tokens must not make us ask the issuer as often as they like.
const PAUSE: i64 = 5;

/// In whose name tokens are issued.
#[derive(Clone, Debug)]
pub(super) enum Signatory {
    /// In the issuer's own.
    Itself,
    /// In that of a Microsoft directory, which the token tells.
    Directory(Directory),
}

/// An issuer of ID tokens.
pub(crate) struct Issuer {
    place: Place,
    signatory: Signatory,
    http: ProviderHttp,
    discovered: Cache<(), Arc<Discovered>>,
    renewed: AtomicI64,
    page_origin: OnceLock<String>,
}

/// Why there can be no such issuer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssuerProblem {
    /// It is no address, or plain http to another machine.
    #[error("the issuer must be an https address")]
    Address,
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] reqwest::Error),
}

/// Why a token was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VerificationProblem {
    /// The issuer cannot be reached, or not be used.
    #[error("{0}")]
    Away(#[from] DiscoveryProblem),
    /// The token proves nothing.
    #[error("{0}")]
    Token(#[from] TokenProblem),
}

impl Issuer {
    /// The issuer at an address, which is its name too. Nothing is asked of it yet.
    ///
    /// # Errors
    /// When the address cannot be an issuer's.
    pub(crate) fn at(address: &str) -> Result<Self, IssuerProblem> {
        let issuer = IssuerUrl::new(address.to_owned()).map_err(|_| IssuerProblem::Address)?;
        Self::new(address, issuer, Signatory::Itself)
    }

    /// A Microsoft directory, or all of a kind.
    ///
    /// # Errors
    /// When its address cannot be an issuer's.
    pub(super) fn directory(directory: Directory) -> Result<Self, IssuerProblem> {
        let issuer = IssuerUrl::new(directory.issuer_of_document()).map_err(|_| IssuerProblem::Address)?;
        Self::new(&directory.address(), issuer, Signatory::Directory(directory))
    }

    fn new(address: &str, issuer: IssuerUrl, signatory: Signatory) -> Result<Self, IssuerProblem> {
        let url = url::Url::parse(address).map_err(|_| IssuerProblem::Address)?;
        if !is_protected(&url) {
            return Err(IssuerProblem::Address);
        }
        Ok(Self {
            place: Place {
                address: address.to_owned(),
                issuer,
            },
            signatory,
            http: ProviderHttp::new(is_on_this_machine(&url))?,
            discovered: Cache::builder().time_to_live(DISCOVERED).build(),
            renewed: AtomicI64::new(i64::MIN),
            page_origin: OnceLock::new(),
        })
    }

    /// The way to its servers.
    pub(super) fn http(&self) -> &ProviderHttp {
        &self.http
    }

    /// In whose name its tokens are issued.
    pub(super) fn signatory(&self) -> &Signatory {
        &self.signatory
    }

    /// Its own name.
    pub(crate) fn name(&self) -> &str {
        self.place.issuer.as_str()
    }

    /// The origin of its address and, once it is known, of the page where people sign in.
    pub(super) fn origins(&self) -> Vec<String> {
        let own = self.place.issuer.url().origin().ascii_serialization();
        let page = self.page_origin.get().filter(|page| **page != own).cloned();
        std::iter::once(own).chain(page).collect()
    }

    /// What it tells about itself: read once an hour, by one request however many ask.
    ///
    /// # Errors
    /// When it cannot be reached, or not be used.
    pub(super) async fn discovered(&self) -> Result<Arc<Discovered>, DiscoveryProblem> {
        let found = self.discovered.try_get_with((), self.discover()).await;
        found.map_err(|problem| DiscoveryProblem::clone(&problem))
    }

    /// The claims of one of its tokens that is all that it must be. A token that is signed with a key which was not there
    /// before lets the keys be read again.
    ///
    /// # Errors
    /// The first thing that is wrong with the token; or the issuer is away.
    pub(crate) async fn verify<'t>(
        &self,
        token: &'t IdToken,
        expected: &Expected<'_>,
    ) -> Result<&'t IdClaims, VerificationProblem> {
        let known = self.discovered().await?;
        match id_token::verify(token, &known, &self.signatory, expected) {
            Err(TokenProblem::UnknownKey) if self.may_renew(expected.now) => {
                let renewed = self.discover().await?;
                self.discovered.insert((), Arc::clone(&renewed)).await;
                Ok(id_token::verify(token, &renewed, &self.signatory, expected)?)
            }
            verified => Ok(verified?),
        }
    }

    async fn discover(&self) -> Result<Arc<Discovered>, DiscoveryProblem> {
        let discovered = discovery::discover(&self.place, &self.http).await?;
        if let Some(page) = &discovered.document.authorization_endpoint {
            self.page_origin
                .get_or_init(|| page.url().origin().ascii_serialization());
        }
        Ok(Arc::new(discovered))
    }

    /// Whether the keys may be read again already; if so, they are being read from now on.
    fn may_renew(&self, now: Timestamp) -> bool {
        let now = now.seconds();
        let long_ago = |last: i64| (now < last || now.saturating_sub(last) >= PAUSE).then_some(now);
        self.renewed
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, long_ago)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Issuer, PAUSE};
    use domain::time::Timestamp;

    #[test]
    fn unknown_keys_let_the_keys_be_read_again_now_and_then() {
        let issuer = Issuer::at("http://127.0.0.1:9").unwrap();
        let at = |seconds| issuer.may_renew(Timestamp::from_seconds(seconds));
        assert!(at(1_000));
        assert!(!at(1_000));
        assert!(!at(1_000 + PAUSE - 1));
        assert!(at(1_000 + PAUSE));
        // The system's clock was set back.
        assert!(at(500));
    }

    #[test]
    fn an_issuer_is_reached_in_no_clear_text() {
        for address in ["http://login.example.com", "nonsense", "ftp://127.0.0.1"] {
            assert!(Issuer::at(address).is_err(), "{address}");
        }
    }
}
