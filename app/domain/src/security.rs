//! The ways in which a person signs in, and the browsers that are signed in: parts of the page "Account settings".

use crate::deletion::AccountDeletion;
use crate::session::SignInChoice;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What the page "Account settings" shows of sign-ins, sessions and deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSecurity {
    /// The person's linked sign-ins, the oldest first.
    pub sign_ins: Vec<SignInRow>,
    /// The providers of which another sign-in can be linked.
    pub links: Vec<SignInChoice>,
    /// The browsers that are signed in: this one first, then by their last use.
    pub sessions: Vec<SessionRow>,
    /// Whether the account can be deleted.
    pub deletion: AccountDeletion,
}

/// A linked sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignInRow {
    /// A handle for unlinking it; no secret, and of use to its person alone.
    pub key: i64,
    /// What the button "Unlink {label}" calls it: the provider, numbered from the second one of the same provider on.
    pub label: String,
    /// The address that the provider vouches for, or empty.
    pub address: String,
    /// When it was linked.
    pub linked: Timestamp,
    /// When it was last used.
    pub used: Timestamp,
    /// Whether this very session began with it.
    pub here: bool,
    /// Whether it can be unlinked: it is not the last one.
    pub unlinkable: bool,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionRow {
    /// A handle for ending it; no secret, and of use to its person alone.
    pub key: i64,
    /// The number in the button "Revoke session {n}"; none for this session, which is ended by signing out.
    pub number: Option<u32>,
    /// The browser, in words.
    pub browser: String,
    /// The provider by which it began.
    pub provider: String,
    /// When it began.
    pub since: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
}

/// Why something about sign-ins and sessions cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityProblem {
    /// Whoever comes back from the provider is not signed in any more, or as somebody else.
    AnotherPerson,
    /// The sign-in is linked to this account.
    LinkedHere,
    /// The sign-in is another account's.
    LinkedElsewhere,
    /// It is the account's last sign-in.
    LastSignIn,
    /// The session is over.
    SessionOver,
}

impl std::fmt::Display for SecurityProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::AnotherPerson => {
                "Nothing was linked, because you are not signed in any more as the person who began it. Sign in and begin again."
            }
            Self::LinkedHere => "This sign-in is linked to your account already.",
            Self::LinkedElsewhere => {
                "This sign-in belongs to another account. Sign in with it there and unlink it first, or choose another one."
            }
            Self::LastSignIn => "This is your last sign-in. Link another one first.",
            Self::SessionOver => "This session is over already.",
        })
    }
}

impl std::error::Error for SecurityProblem {}

/// A browser in words, from how it calls itself: `Firefox on Linux`; what is not recognized is told as it is.
///
/// ```
/// use domain::security::browser;
/// assert_eq!(browser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox on Linux");
/// assert_eq!(browser("curl/8.9"), "curl/8.9");
/// assert_eq!(browser(""), "Unknown browser");
/// ```
#[must_use]
pub fn browser(user_agent: &str) -> String {
    // The order counts: most browsers also claim to be those that stand below them.
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |signs: &[(&str, &'static str)]| {
        let found = signs.iter().find(|(sign, _)| user_agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        _ if user_agent.trim().is_empty() => "Unknown browser".to_owned(),
        _ => user_agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;
    use rstest::rstest;

    #[rstest]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0",
        "Edge on Windows"
    )]
    #[case(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
        "Chrome on Linux"
    )]
    #[case(
        "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
        "Chrome on Android"
    )]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
        "Safari on iPhone"
    )]
    #[case(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        "Safari on macOS"
    )]
    #[case("  ", "Unknown browser")]
    #[case("Firefox/1", "Firefox/1")]
    fn a_browser_is_told_in_words(#[case] user_agent: &str, #[case] words: &str) {
        assert_eq!(browser(user_agent), words);
    }
}
