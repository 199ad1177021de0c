//! Mails: what is told to whom, and the way out: files in a folder, or an SMTP server.

pub(crate) mod api_key;
pub(crate) mod confirmation;
pub(crate) mod deletion;
pub(crate) mod identity;
pub(crate) mod invitation;
mod letter;
mod mailer;
pub(crate) mod membership;
pub(crate) mod organization;
pub(crate) mod ownership;
pub(crate) mod package;
pub(crate) mod transformation;

pub use letter::{Mail, MailKind};
pub use mailer::{MailWay, Mailer};
