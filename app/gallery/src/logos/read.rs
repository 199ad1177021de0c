//! The picture of an account, for everybody.

use super::generate::picture_of;
use crate::authorization::{Hold, account_by_name};
use crate::error::Error;
use crate::{Gallery, store};
use domain::account::{AccountKey, AccountName};

/// A picture, to be shown beside a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The account's logo: a PNG.
    Logo(Vec<u8>),
    /// Made of the name: an SVG of our own.
    Generated(String),
}

/// The picture of an account.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, [`Error::Renamed`] when it has another name now.
pub async fn read(g: &Gallery, name: &str) -> Result<Picture, Error> {
    let name = AccountName::parse(name).map_err(|_| Error::NotFound)?;
    let Some(account) = account_by_name(g.reader(), &name, Hold::No).await? else {
        let present = store::former_names::present_name(g.reader(), &name.key()).await?;
        return Err(present.map_or(Error::NotFound, Error::Renamed));
    };
    let logo = match account.logo.as_str() {
        "" => None,
        _ => store::logos::bytes(g.reader(), AccountKey(account.id)).await?,
    };
    Ok(logo.map_or_else(|| Picture::Generated(picture_of(&name)), Picture::Logo))
}
