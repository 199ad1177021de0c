//! The cookies: one of a session, one of a browser nobody has signed in with yet, and one of a registration between the
//! two (product contract, section 4).

use crate::config::values::PublicUrl;
use app::backend::request::SessionCookies;
use gallery::ids::Token;
use http::{HeaderMap, HeaderValue, header};

/// How long a browser keeps the cookie of a session, in seconds. The session itself ends by the server's clock.
const SESSION_SECONDS: u32 = 90 * 24 * 60 * 60;

/// How long a browser is told apart from others while nobody has signed in: longer than any sign-in takes.
const BROWSER_SECONDS: u32 = 24 * 60 * 60;

/// How long a browser keeps the cookie of a registration. The registration itself ends by the server's clock.
const REGISTRATION_SECONDS: u32 = 24 * 60 * 60;

/// The names and attributes of our cookies, which follow from the public address.
#[derive(Clone, Debug)]
pub struct Cookies {
    session: String,
    browser: String,
    registration: String,
    secure: bool,
    refused: Option<String>,
}

impl Cookies {
    /// The cookies under an address: https needs them secure; http on loopback tells servers on other ports apart; http
    /// elsewhere would let everybody on the way read them, so there are none.
    #[must_use]
    pub fn of(public_url: &PublicUrl) -> Self {
        let secure = public_url.is_https();
        let session = if secure {
            "__Host-guildhall".to_owned()
        } else {
            format!("guildhall-{}", public_url.port())
        };
        let refused = (!secure && !public_url.is_loopback()).then(|| {
            format!(
                "Nobody can sign in at {}, because everybody on the way could read along. The operators of this site \
                 have to set up https.",
                public_url.as_str()
            )
        });
        Self {
            browser: format!("{session}-browser"),
            registration: format!("{session}-registration"),
            session,
            secure,
            refused,
        }
    }

    /// Why nobody can sign in here, if so: one sentence or two.
    #[must_use]
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// The session's token that a request brings.
    #[must_use]
    pub fn session(&self, headers: &HeaderMap) -> Option<Token> {
        self.read(headers, &self.session)
    }

    /// The browser's token that a request brings: it binds a sign-in under way, and what a form without script came to,
    /// to the browser in which it began.
    #[must_use]
    pub fn browser(&self, headers: &HeaderMap) -> Option<Token> {
        self.read(headers, &self.browser)
    }

    /// The token of a registration under way that a request brings.
    #[must_use]
    pub fn registration(&self, headers: &HeaderMap) -> Option<Token> {
        self.read(headers, &self.registration)
    }

    /// `Set-Cookie` that begins a registration: a sign-in that has no account yet.
    #[must_use]
    pub fn begin_registration(&self, token: &Token) -> HeaderValue {
        self.write(&self.registration, token.expose(), REGISTRATION_SECONDS)
    }

    /// `Set-Cookie` that begins a session.
    #[must_use]
    pub fn begin_session(&self, token: &Token) -> HeaderValue {
        self.write(&self.session, token.expose(), SESSION_SECONDS)
    }

    /// `Set-Cookie` that makes the browser forget its session.
    #[must_use]
    pub fn end_session(&self) -> HeaderValue {
        self.write(&self.session, "", 0)
    }

    /// `Set-Cookie` that makes the browser one that can be recognized.
    #[must_use]
    pub fn mark_browser(&self, token: &Token) -> HeaderValue {
        self.write(&self.browser, token.expose(), BROWSER_SECONDS)
    }

    fn read(&self, headers: &HeaderMap, name: &str) -> Option<Token> {
        if self.refused.is_some() {
            return None;
        }
        let lines = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok());
        let mut pairs = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(key, value)| *key == name && !value.is_empty())?;
        Some(Token::received(value))
    }

    fn write(&self, name: &str, value: &str, seconds: u32) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        let mut header = HeaderValue::from_str(&text).expect("names of cookies and tokens are printable ASCII");
        header.set_sensitive(true);
        header
    }
}

impl SessionCookies for Cookies {
    fn begin(&self, token: &str) -> Option<HeaderValue> {
        Some(self.begin_session(&Token::received(token)))
    }

    fn end(&self) -> Option<HeaderValue> {
        Some(self.end_session())
    }
}

#[cfg(test)]
mod tests {
    use super::Cookies;
    use gallery::ids::Token;
    use http::{HeaderMap, HeaderValue, header};
    use rstest::rstest;

    fn cookies(public_url: &str) -> Cookies {
        Cookies::of(&public_url.parse().unwrap())
    }

    #[rstest]
    #[case(
        "https://example.com",
        "__Host-guildhall=t; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure"
    )]
    #[case(
        "https://example.com:8443",
        "__Host-guildhall=t; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure"
    )]
    #[case(
        "http://127.0.0.1:3000",
        "guildhall-3000=t; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"
    )]
    #[case(
        "http://localhost",
        "guildhall-80=t; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"
    )]
    fn a_session_cookie_follows_the_public_address(#[case] public_url: &str, #[case] header: &str) {
        assert_eq!(cookies(public_url).begin_session(&Token::received("t")), header);
    }

    #[test]
    fn without_https_elsewhere_no_cookie_is_read() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("guildhall-80=t"));
        assert!(cookies("http://localhost").session(&headers).is_some());
        assert!(cookies("http://packages.example.com").session(&headers).is_none());
        assert!(cookies("http://packages.example.com").refused().is_some());
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=b; xguildhall-3000=no; guildhall-3000-browser=yes"),
        );
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("guildhall-3000=; guildhall-3000=it"),
        );
        let cookies = cookies("http://127.0.0.1:3000");
        assert_eq!(cookies.session(&headers).unwrap().expose(), "it");
        assert_eq!(cookies.browser(&headers).unwrap().expose(), "yes");
    }
}
