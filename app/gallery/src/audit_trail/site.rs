//! What happened on the whole site.

use super::record::{AuditRecord, records};
use crate::Gallery;
use crate::actor::Actor;
use crate::authorization::SiteRight;
use crate::error::Error;
use crate::store;
use domain::audit::AuditRow;
use domain::page::{Page, Place};

/// The events of the site, newest first, 50 at a time.
///
/// # Errors
/// [`Error::NotFound`] for everybody but those who administer the site.
pub async fn of_site(g: &Gallery, a: &Actor, place: &Place) -> Result<Page<AuditRow>, Error> {
    let right = SiteRight::of(g.reader(), a).await?;
    let page = store::audit::of_site(g.reader(), &right, place).await?;
    let shown = records(g.reader(), page.items).await?;
    Ok(Page {
        items: shown.into_iter().map(AuditRecord::into_row).collect(),
        previous: page.previous,
        next: page.next,
    })
}
