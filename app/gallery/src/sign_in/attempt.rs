//! A sign-in on its way: begun by a browser, taken up when the provider sends that browser back.

use crate::Gallery;
use crate::error::Error;
use crate::store;
use crate::tx::Bookkeeping;
use domain::account::AccountKey;
use domain::links::LocalPath;

/// How long the way through a provider may take, in seconds.
const ATTEMPT_SECONDS: i64 = 15 * 60;

/// A sign-in on its way through a provider.
#[derive(Clone)]
pub struct Attempt {
    /// The provider's name in the configuration.
    pub provider: String,
    /// The nonce that the ID token must carry.
    pub nonce: String,
    /// PKCE's verifier.
    pub verifier: String,
    /// The state that the provider hands back; kept as a hash.
    pub state: String,
    /// The secret of the browser that began it; kept as a hash.
    pub browser_token: String,
    /// Where the person goes afterwards.
    pub return_to: LocalPath,
    /// The account to which the sign-in is to be linked, if it is not to begin a session.
    pub linking: Option<AccountKey>,
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt")
            .field("provider", &self.provider)
            .field("return_to", &self.return_to)
            .finish_non_exhaustive()
    }
}

/// Remembers a sign-in that goes to its provider now.
///
/// # Errors
/// When it cannot be written.
pub async fn begin(g: &Gallery, attempt: Attempt) -> Result<(), Error> {
    let tx = g.begin().await?;
    let expires = tx.now().plus_seconds(ATTEMPT_SECONDS);
    store::sign_in_attempts::insert(&tx, &attempt, expires).await?;
    tx.commit_bookkeeping(Bookkeeping::SignIn).await
}

/// Takes up a sign-in that comes back, once. Nothing: it is unknown, has ended, was taken up before, or another browser
/// began it.
///
/// # Errors
/// When the database fails.
pub async fn take(g: &Gallery, state: &str, browser_token: &str) -> Result<Option<Attempt>, Error> {
    let tx = g.begin().await?;
    let attempt = store::sign_in_attempts::take(&tx, state, browser_token).await?;
    if attempt.is_some() {
        tx.commit_bookkeeping(Bookkeeping::SignIn).await?;
    }
    Ok(attempt)
}
