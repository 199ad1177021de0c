//! Reads a trail as far as it takes to fill a page, and not without end.

use super::record::{AuditRecord, records};
use super::wanted::Wanted;
use crate::authorization::{Authorized, SeeMembershipEvents};
use crate::error::Error;
use crate::store;
use crate::store::audit::{Between, Direction};
use sea_orm::ConnectionTrait;

/// Events looked at in one go, when few of them may fit.
const MANY: usize = 1_000;

/// Events whose text is looked at in one go.
const TEXTS: usize = 250;

/// Why reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// There are no more events that way.
    AtTheEnd,
    /// The page is full, and there is more.
    Full,
    /// Enough was looked at; this event was the last of it.
    Early(i64),
}

/// What was read.
#[derive(Debug)]
pub(super) struct Read {
    /// What fits, in the order of reading.
    pub(super) records: Vec<AuditRecord>,
    pub(super) ended: Ended,
}

/// How to read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// From where on, left out.
    pub(super) from: i64,
    pub(super) direction: Direction,
    /// As many events are wanted.
    pub(super) size: usize,
    /// As many are looked at, roughly.
    pub(super) most: usize,
}

/// Reads on from an event.
pub(super) async fn read<C: ConnectionTrait>(
    connection: &C,
    authorized: &Authorized<SeeMembershipEvents>,
    wanted: &Wanted,
    reading: Reading,
) -> Result<Read, Error> {
    let mut read = Read {
        records: Vec::new(),
        ended: Ended::AtTheEnd,
    };
    if wanted.is_nothing() {
        return Ok(read);
    }
    let go = if wanted.is_rare() { MANY } else { reading.size + 1 };
    let (mut cursor, mut looked) = (reading.from, 0);
    loop {
        let rows = store::audit::stretch(
            connection,
            authorized,
            &wanted.by,
            ahead(wanted.between, cursor, reading.direction),
            reading.direction,
            go as u64,
        )
        .await?;
        let fitting: Vec<i64> = rows
            .iter()
            .filter(|row| wanted.fits_trail(row))
            .map(|row| row.event_id)
            .collect();
        let batch = if wanted.has_text() { TEXTS } else { reading.size + 1 };
        for numbers in fitting.chunks(batch) {
            let events = store::audit::events(connection, numbers).await?;
            let fitting = records(connection, events).await?.into_iter();
            read.records.extend(fitting.filter(|record| wanted.fits(record)));
            if read.records.len() > reading.size {
                read.records.truncate(reading.size);
                read.ended = Ended::Full;
                return Ok(read);
            }
        }
        looked += rows.len();
        match rows.last() {
            Some(last) if rows.len() == go => cursor = last.event_id,
            _ => return Ok(read),
        }
        if looked >= reading.most {
            read.ended = Ended::Early(cursor);
            return Ok(read);
        }
    }
}

/// What lies ahead of an event.
fn ahead(between: Between, cursor: i64, direction: Direction) -> Between {
    match direction {
        Direction::Back => Between {
            below: between.below.min(cursor),
            ..between
        },
        Direction::Forth => Between {
            above: between.above.max(cursor),
            ..between
        },
    }
}
