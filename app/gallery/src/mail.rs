//! Mails: what is told to whom, and the way out: files in a folder, or an SMTP server.

mod letter;
mod mailer;

pub use letter::{Mail, MailKind};
pub use mailer::{MailWay, Mailer};
