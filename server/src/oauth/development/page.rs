//! The page as HTML: written on the server, without script, escaped wherever a value stands in it.

use super::authorize::{Refusal, Typed};
use super::request::AuthorizationRequest;
use super::{Development, PATH};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use std::fmt::{self, Display, Formatter};

/// What the page shows.
pub(super) enum Shown<'a> {
    /// The form that asks who somebody is.
    Form {
        /// For whom it asks.
        request: &'a AuthorizationRequest,
        /// What was wrong the last time.
        refusal: Option<&'a Refusal>,
    },
    /// That nobody asked.
    NotAsked,
    /// That whoever asked is not known.
    Stranger,
    /// That the server failed, in a sentence.
    Broken(&'a str),
}

/// The page as an answer, which nobody keeps and which runs and frames nothing.
pub(super) fn answer(provider: &Development, status: StatusCode, shown: &Shown<'_>) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {}; base-uri 'none'; \
         frame-ancestors 'none'",
        provider.page.trim_end_matches(PATH)
    );
    let headers = [(CONTENT_SECURITY_POLICY, policy.as_str()), (CACHE_CONTROL, "no-store")];
    let page = Page {
        style_sheet: &provider.style_sheet,
        shown,
    };
    (status, headers, Html(page.to_string())).into_response()
}

struct Page<'a> {
    style_sheet: &'a str,
    shown: &'a Shown<'a>,
}

impl Display for Page<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<!DOCTYPE html>\
             <html lang=\"en\">\
             <head>\
             <meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\">\
             <title>Development identity – Guildhall</title>\
             <link rel=\"stylesheet\" href=\"{}\">\
             <link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">\
             </head>\
             <body>\
             <main class=\"main\" id=\"main\">\
             <h1>Development identity</h1>",
            Escaped(self.style_sheet)
        )?;
        match self.shown {
            Shown::Form { request, refusal } => form(f, request, *refusal)?,
            Shown::NotAsked => f.write_str(
                "<p>This page tells Guildhall who you are while you try it out. It comes up by itself when you sign in.</p>\
                 <p><a class=\"button\" href=\"/sign-in\">Go to the sign-in page</a></p>",
            )?,
            Shown::Stranger => f.write_str(
                "<p>The request that led here is not one of this site. Begin again on the sign-in page.</p>\
                 <p><a class=\"button\" href=\"/sign-in\">Go to the sign-in page</a></p>",
            )?,
            Shown::Broken(message) => write!(
                f,
                "<p>{}</p><p><a class=\"button\" href=\"/sign-in\">Go to the sign-in page</a></p>",
                Escaped(message)
            )?,
        }
        f.write_str("</main></body></html>")
    }
}

fn form(f: &mut Formatter<'_>, request: &AuthorizationRequest, refusal: Option<&Refusal>) -> fmt::Result {
    let first = Typed {
        verified: "on".to_owned(),
        ..Typed::default()
    };
    let typed = refusal.map_or(&first, |refusal| &refusal.typed);
    f.write_str(
        "<p>Nobody checks who you are here: this sign-in is for trying Guildhall out, and only this machine can reach \
         it. The same user name is the same person each time.</p>",
    )?;
    write!(f, "<form class=\"form\" method=\"post\" action=\"{PATH}\" novalidate>")?;
    for (name, value) in request.fields() {
        write!(
            f,
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
            Escaped(value)
        )?;
    }
    if let Some(message) = refusal
        .map(|refusal| &refusal.message)
        .filter(|message| !message.is_empty())
    {
        write!(
            f,
            "<div class=\"notice notice-error\" role=\"alert\"><p>{}</p></div>",
            Escaped(message)
        )?;
    }
    let wrong = |name: &str| {
        let fields = refusal.map(|refusal| refusal.fields.as_slice()).unwrap_or_default();
        fields
            .iter()
            .find(|field| field.field == name)
            .map(|field| field.message.as_str())
    };
    let name = TextField {
        name: "name",
        label: "User name",
        kind: "text",
        hint: None,
        value: &typed.name,
        error: wrong("name"),
    };
    let email = TextField {
        name: "email",
        label: "Email address",
        kind: "email",
        hint: Some("Needed the first time. An address typed later counts for that sign-in only."),
        value: &typed.email,
        error: wrong("email"),
    };
    let focus_on_email = name.error.is_none() && email.error.is_some();
    name.write(f, !focus_on_email)?;
    email.write(f, focus_on_email)?;
    checkbox(f, "verified", "The email address is verified", typed.verified == "on")?;
    checkbox(
        f,
        "second_factor",
        "A second factor was used",
        typed.second_factor == "on",
    )?;
    f.write_str(
        "<p class=\"form-buttons\"><button class=\"button button-primary\" type=\"submit\">Continue</button></p></form>",
    )
}

struct TextField<'a> {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    hint: Option<&'static str>,
    value: &'a str,
    error: Option<&'a str>,
}

impl TextField<'_> {
    fn write(&self, f: &mut Formatter<'_>, focus: bool) -> fmt::Result {
        let Self { name, label, kind, .. } = self;
        write!(
            f,
            "<div class=\"field\"><label class=\"field-label\" for=\"{name}\">{label}</label>\
             <input class=\"input\" id=\"{name}\" type=\"{kind}\" name=\"{name}\" value=\"{}\" autocomplete=\"off\" \
             autocapitalize=\"none\" spellcheck=\"false\"",
            Escaped(self.value)
        )?;
        if self.error.is_some() {
            f.write_str(" aria-invalid=\"true\"")?;
        }
        match (self.error.is_some(), self.hint.is_some()) {
            (true, true) => write!(f, " aria-describedby=\"{name}-error {name}-hint\"")?,
            (true, false) => write!(f, " aria-describedby=\"{name}-error\"")?,
            (false, true) => write!(f, " aria-describedby=\"{name}-hint\"")?,
            (false, false) => {}
        }
        f.write_str(if focus { " autofocus>" } else { ">" })?;
        if let Some(error) = self.error {
            write!(f, "<p class=\"field-error\" id=\"{name}-error\">{}</p>", Escaped(error))?;
        }
        if let Some(hint) = self.hint {
            write!(f, "<p class=\"field-hint\" id=\"{name}-hint\">{hint}</p>")?;
        }
        f.write_str("</div>")
    }
}

fn checkbox(f: &mut Formatter<'_>, name: &str, label: &str, checked: bool) -> fmt::Result {
    let checked = if checked { " checked" } else { "" };
    write!(
        f,
        "<div class=\"check\"><input class=\"check-box\" id=\"{name}\" type=\"checkbox\" name=\"{name}\" value=\"on\" \
         autocomplete=\"off\"{checked}><label class=\"check-label\" for=\"{name}\">{label}</label></div>"
    )
}

/// A text as it stands in HTML, in an element or in a quoted attribute.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            let (plain, special) = rest.split_at(at);
            f.write_str(plain)?;
            let mut characters = special.chars();
            f.write_str(match characters.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                Some('"') => "&quot;",
                _ => "&#39;",
            })?;
            rest = characters.as_str();
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, Shown};
    use crate::oauth::development::authorize::{Refusal, Typed};
    use crate::oauth::development::request::AuthorizationRequest;
    use domain::form::FieldMessage;

    fn rendered(refusal: Option<&Refusal>) -> String {
        let request = AuthorizationRequest {
            client_id: "guildhall".to_owned(),
            state: "\"><script>alert(1)</script>".to_owned(),
            ..AuthorizationRequest::default()
        };
        let shown = Shown::Form {
            request: &request,
            refusal,
        };
        Page {
            style_sheet: "/guildhall.css",
            shown: &shown,
        }
        .to_string()
        .replace('>', ">\n")
    }

    #[test]
    fn the_form_asks_who_somebody_is() {
        insta::assert_snapshot!(rendered(None));
    }

    #[test]
    fn errors_stand_at_their_fields_with_what_was_typed() {
        let refusal = Refusal {
            typed: Typed {
                name: "O'Neil & <b>".to_owned(),
                second_factor: "on".to_owned(),
                ..Typed::default()
            },
            fields: vec![FieldMessage {
                field: "email".to_owned(),
                message: "Enter an email address.".to_owned(),
            }],
            message: String::new(),
        };
        insta::assert_snapshot!(rendered(Some(&refusal)));
    }
}
