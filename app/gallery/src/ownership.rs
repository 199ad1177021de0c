//! Owners of packages: asking somebody to own one, answering, withdrawing, removing an owner, moving many at once.

mod answer;
mod cancel;
mod change_packages;
mod list;
mod move_many;
mod remove;
mod request;
mod right;
mod tell;

pub use answer::{accept, reject};
pub use cancel::cancel;
pub use change_packages::{PackagesChanged, change_packages};
pub(crate) use list::{pending_of, requests};
pub use remove::remove;
pub use request::{Asked, NewOwner, add};
pub(crate) use right::{manages_owners, route_of};

use crate::error::Error;
use crate::store;
use crate::store::verified::Among;
use crate::tx::Tx;

/// After the owners of a package have changed: its mark follows, and the feed tells.
async fn owners_changed(tx: &Tx, package: i64) -> Result<(), Error> {
    crate::prefixes::recompute(tx, &Among::Package(package)).await?;
    store::catalog::append_newest(tx, package).await
}
