//! A trail as a whole, a piece at a time: nothing of it is held longer than it takes to send it.

use super::page::{parsed, reader_of};
use super::record::AuditRecord;
use super::scan::{Ended, Reading, read};
use super::wanted::{Wanted, sees_partly};
use crate::Gallery;
use crate::actor::Actor;
use crate::authorization::{Authorized, SeeMembershipEvents};
use crate::error::Error;
use crate::store::audit::Direction;
use domain::audit::AuditFilterForm;

/// Events of a piece.
const PIECE: usize = 1_000;

/// Events that are looked at between two looks at the reader's rights.
const LOOKED_AT: usize = 20_000;

/// A download under way.
pub struct Download {
    gallery: Gallery,
    actor: Actor,
    /// The organization's name as it is written.
    pub organization: String,
    account: i64,
    partly: bool,
    wanted: Wanted,
    cursor: i64,
    ended: bool,
}

/// Begins a download of the events that fit a filter, newest first: as much of each as the page would show this reader.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see the trail; a refusal at the field that cannot be read.
pub async fn download(g: &Gallery, a: &Actor, organization: &str, form: &AuditFilterForm) -> Result<Download, Error> {
    let authorized = reader_of(g, a, organization).await?;
    let filter = parsed(&authorized, form)?;
    let wanted = Wanted::of(g.reader(), &authorized, filter).await?;
    Ok(Download {
        gallery: g.clone(),
        actor: a.clone(),
        organization: authorized.row().name.clone(),
        account: authorized.account().0,
        partly: sees_partly(&authorized),
        wanted,
        cursor: i64::MAX,
        ended: false,
    })
}

impl Download {
    /// The next events; nothing at the end. The right is asked for anew each time.
    ///
    /// # Errors
    /// When the right has ended or become another one: what was sent so far must not look whole then.
    pub async fn next(&mut self) -> Result<Option<Vec<AuditRecord>>, Error> {
        while !self.ended {
            let authorized = self.still_authorized().await?;
            let reading = Reading {
                from: self.cursor,
                direction: Direction::Back,
                size: PIECE,
                most: LOOKED_AT,
            };
            let read = read(self.gallery.reader(), &authorized, &self.wanted, reading).await?;
            match (read.ended, read.records.last()) {
                (Ended::Early(event), _) => self.cursor = event,
                (Ended::Full, Some(last)) => self.cursor = last.number,
                _ => self.ended = true,
            }
            if !read.records.is_empty() {
                return Ok(Some(read.records));
            }
        }
        Ok(None)
    }

    async fn still_authorized(&self) -> Result<Authorized<SeeMembershipEvents>, Error> {
        let authorized = reader_of(&self.gallery, &self.actor, &self.organization).await?;
        if authorized.account().0 == self.account && sees_partly(&authorized) == self.partly {
            Ok(authorized)
        } else {
            Err(Error::NotFound)
        }
    }
}
