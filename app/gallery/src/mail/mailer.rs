//! The way out of a mail.

use super::letter::Mail;
use crate::error::Error;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};

/// The longest line that a mail may have, in bytes, without its end (RFC 5322, 2.1.1).
const LONGEST_LINE: usize = 998;

/// Where mails go.
#[derive(Clone)]
pub enum MailWay {
    /// Each mail becomes one `.eml` file in this folder.
    Folder(PathBuf),
    /// To an SMTP server, by lettre's URL form.
    Smtp(String),
}

/// Sends mails.
#[derive(Clone)]
pub struct Mailer {
    public_url: String,
    out: Out,
}

#[derive(Clone)]
enum Out {
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Mailer {
    /// Prepares a way out.
    ///
    /// # Errors
    /// When the SMTP address is malformed.
    pub fn new(way: &MailWay, public_url: &str) -> Result<Self, Error> {
        let out = match way {
            MailWay::Folder(folder) => Out::Folder(folder.clone()),
            MailWay::Smtp(url) => Out::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|error| Error::Internal(Box::new(error)))?
                    .timeout(Some(std::time::Duration::from_secs(20)))
                    .build(),
            ),
        };
        Ok(Self {
            public_url: public_url.trim_end_matches('/').to_owned(),
            out,
        })
    }

    /// Sends one mail. The job's number and time make the file's name and the message id, so a second try replaces the
    /// first or is recognized by the recipient.
    ///
    /// # Errors
    /// When the folder or the server does not take it.
    pub async fn send(&self, mail: &Mail, job: i64, created: i64) -> Result<(), Error> {
        let message = self.message(mail, job, created)?;
        match &self.out {
            Out::Folder(folder) => {
                write_file(folder, &format!("{created:020}-{job:012}.eml"), message.formatted()).await
            }
            Out::Smtp(transport) => match transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(Error::Unavailable(error.to_string())),
            },
        }
    }

    fn message(&self, mail: &Mail, job: i64, created: i64) -> Result<Message, Error> {
        let wrong = |error: &dyn std::fmt::Display| Error::internal(format!("a mail cannot be built: {error}"));
        let host = url::Url::parse(&self.public_url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_else(|| "localhost".to_owned());
        // An address needs a domain with letters; an IP address stands in brackets there.
        let domain = if host.parse::<std::net::IpAddr>().is_ok() {
            "localhost".to_owned()
        } else {
            host
        };
        let from: Mailbox = format!("Guildhall <no-reply@{domain}>")
            .parse()
            .map_err(|error: lettre::address::AddressError| wrong(&error))?;
        let to: Mailbox = mail
            .to
            .parse()
            .map_err(|error: lettre::address::AddressError| wrong(&error))?;
        let link = format!("{}{}", self.public_url, mail.link);
        let text = text(mail, &link);
        let kind = HeaderName::new_from_ascii_str("X-Guildhall-Mail");
        Message::builder()
            .from(from)
            .to(to)
            .subject(mail.subject.clone())
            .message_id(Some(format!("<{created}.{job}@{domain}>")))
            .raw_header(HeaderValue::new(kind, mail.kind.value().to_owned()))
            .multipart(
                MultiPart::alternative()
                    .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body(text)))
                    .singlepart(
                        SinglePart::builder()
                            .header(ContentType::TEXT_HTML)
                            .body(html(mail, &link)),
                    ),
            )
            .map_err(|error| wrong(&error))
    }
}

/// How the text part travels: as it is, so that the link stands whole on its line for whoever reads the file. lettre by
/// itself would wrap what is longer than 76 bytes; only what mail cannot carry is left to it.
fn body(text: String) -> Body {
    let carries = |line: &str| line.len() <= LONGEST_LINE && line.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if text.split("\r\n").all(carries) {
        Body::dangerous_pre_encoded(text.into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        Body::new(text)
    }
}

fn text(mail: &Mail, link: &str) -> String {
    let mut text = String::new();
    for paragraph in &mail.paragraphs {
        text.push_str(paragraph);
        text.push_str("\r\n\r\n");
    }
    text.push_str(link);
    text.push_str("\r\n\r\n");
    text.push_str(&mail.reason);
    text.push_str("\r\n");
    text
}

fn html(mail: &Mail, link: &str) -> String {
    let mut html = String::from("<!doctype html><html lang=\"en\"><body>");
    for paragraph in &mail.paragraphs {
        html.push_str(&format!("<p>{}</p>", escape(paragraph)));
    }
    html.push_str(&format!(
        "<p><a href=\"{}\">{}</a></p>",
        escape(link),
        escape(&mail.link_text)
    ));
    html.push_str(&format!("<p><small>{}</small></p></body></html>", escape(&mail.reason)));
    html
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// Writes under another name and renames, so that nobody reads half a mail.
async fn write_file(folder: &Path, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::Unavailable(format!("the mail folder: {error}"));
    tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    let unfinished = folder.join(format!(".{name}.part"));
    tokio::fs::write(&unfinished, bytes).await.map_err(failed)?;
    tokio::fs::rename(&unfinished, folder.join(name)).await.map_err(failed)
}
