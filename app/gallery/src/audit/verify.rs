//! Verifies the chain, for `guildhall check`.

use super::seal::link;
use crate::Gallery;
use crate::error::Error;
use schema::entity::audit_event;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Where the chain is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// The number after this one is missing: events were removed.
    Gap {
        /// The last number before the gap.
        after: i64,
    },
    /// The event's content is not what was sealed.
    Changed {
        /// The event's number.
        sequence: i64,
    },
}

impl std::fmt::Display for ChainFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gap { after } => write!(f, "audit chain: events after number {after} are missing"),
            Self::Changed { sequence } => write!(f, "audit chain: event number {sequence} was changed"),
        }
    }
}

/// Walks the chain from its beginning and returns the faults, at most 100. An unsealed tail is no fault.
///
/// # Errors
/// When the database fails.
pub async fn verify_chain(gallery: &Gallery) -> Result<Vec<ChainFault>, Error> {
    let mut faults = Vec::new();
    let mut sequence = 0;
    let mut before = Vec::new();
    loop {
        let events = audit_event::Entity::find()
            .filter(audit_event::Column::Sequence.gt(sequence))
            .order_by_asc(audit_event::Column::Sequence)
            .limit(1_000)
            .all(gallery.reader())
            .await?;
        if events.is_empty() || faults.len() >= 100 {
            return Ok(faults);
        }
        for event in events {
            let number = event.sequence.unwrap_or_default();
            let kept = event.hash.clone().unwrap_or_default();
            if number != sequence + 1 {
                // What this event was chained to is gone, so nothing can be said of the event itself.
                faults.push(ChainFault::Gap { after: sequence });
            } else if link(&before, number, &event) != kept {
                faults.push(ChainFault::Changed { sequence: number });
            }
            sequence = number;
            before = kept;
        }
    }
}
