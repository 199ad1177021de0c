//! The settings of accounts: address, notifications, profile, and for organizations policies and name. People change
//! those of their own account, administrators those of their organization.

mod email;
mod notifications;
mod page;
mod policies;
mod profile;
mod rename;

pub(crate) use email::masked_address;
pub use email::{cancel_email_change, change_email};
pub use notifications::set_notifications;
pub use page::{of_organization, of_person};
pub use policies::set_policies;
pub use profile::set_profile;
pub use rename::{present_name, rename};

use crate::accounts::name_in_address;
use crate::actor::Actor;
use crate::authorization::{Authorized, ManageAccount};
use crate::error::Error;
use crate::tx::Tx;

/// The right to change an account of either kind, by its name.
pub(crate) async fn managed(tx: &Tx, a: &Actor, account: &str) -> Result<Authorized<ManageAccount>, Error> {
    let name = name_in_address(a, account)?;
    tx.authorize::<ManageAccount>(a, &name).await
}
