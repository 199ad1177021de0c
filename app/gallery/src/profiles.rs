//! Public profiles: the same page for users and organizations.

use crate::actor::Actor;
use crate::authorization::{Hold, account_by_name, standing_of};
use crate::error::Error;
use crate::{Gallery, packages, store};
use domain::account::{AccountKey, AccountName};
use domain::page::Place;
use domain::permission::Standing;
use domain::profile::ProfilePage;

/// The profile of an account with its listed packages, most downloaded first; for everybody, signed in or not.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, [`Error::Renamed`] when it has another name now.
pub async fn profile(g: &Gallery, a: &Actor, name: &str, place: Place) -> Result<ProfilePage, Error> {
    let name = AccountName::parse(name).map_err(|_| Error::NotFound)?;
    let Some(account) = account_by_name(g.reader(), &name, Hold::No).await? else {
        let present = store::former_names::present_name(g.reader(), &name.key()).await?;
        return Err(present.map_or(Error::NotFound, Error::Renamed));
    };
    let (standing, _) = standing_of(g.reader(), a, &account).await?;
    let key = AccountKey(account.id);
    let (packages, downloads) = store::packages_owned::totals_of(g.reader(), key).await?;
    Ok(ProfilePage {
        list: packages::cards_of(g.reader(), key, &place).await?,
        name: account.name,
        description: account.description,
        website: account.website,
        logo: account.logo,
        packages,
        downloads,
        role: match standing {
            Standing::Member(role) => Some(role),
            _ => None,
        },
        oneself: standing == Standing::Oneself,
    })
}
