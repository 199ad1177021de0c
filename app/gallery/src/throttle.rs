//! How often somebody may try (product contract, section 10).
//!
//! Counts are kept in memory: whoever hammers at the gate must not make the database write. So each node counts for
//! itself, and a restart forgets.

use crate::Gallery;
use crate::actor::Origin;
use crate::error::Error;
use crate::mail::Mail;
use domain::form::{UiError, UiErrorKind};
use domain::time::{DAY, Timestamp};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Refused keys an address a minute.
const REFUSED_KEYS: Allowance = Allowance { times: 20, seconds: 60 };

/// Pushes a key an hour.
const PUSHES: Allowance = Allowance {
    times: 350,
    seconds: 3_600,
};

/// Mails of one kind an address a day: those that ask for something, and that somebody can have sent to any address.
const MAILS: Allowance = Allowance { times: 3, seconds: DAY };

/// Counts are tidied up when there are more than this many.
const MOST_COUNTS: usize = 10_000;

#[derive(Clone, Copy)]
struct Allowance {
    times: u32,
    seconds: i64,
}

/// Too often. Come back after that many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// Seconds, at least 1.
    pub retry_after: u64,
}

/// What was tried lately.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<Tried, Count>>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Tried {
    RefusedKey(IpAddr),
    Push(i64),
    PushByPolicy(i64),
    /// The kind, and the address in lower case.
    Mail(&'static str, String),
}

#[derive(Clone, Copy)]
struct Count {
    times: u32,
    ends: Timestamp,
}

impl Throttle {
    /// Whether an address may show a key, or a workload's token: not after too many that were refused.
    ///
    /// # Errors
    /// When it is too early.
    pub fn may_show_key(&self, g: &Gallery, address: IpAddr) -> Result<(), TooMany> {
        self.look(&Tried::RefusedKey(network(address)), REFUSED_KEYS, g.now())
    }

    /// Notes that a key or a token was refused to an address.
    pub fn key_was_refused(&self, g: &Gallery, address: IpAddr) {
        self.count(Tried::RefusedKey(network(address)), REFUSED_KEYS, g.now());
    }

    /// Counts a push with a key.
    ///
    /// # Errors
    /// When there were too many; this one is not counted then.
    pub fn push_with_key(&self, g: &Gallery, key: i64) -> Result<(), TooMany> {
        self.take(Tried::Push(key), PUSHES, g.now())
    }

    /// Counts a push with one of the keys that a publishing policy makes: more keys are not more pushes.
    ///
    /// # Errors
    /// When there were too many; this one is not counted then.
    pub fn push_by_policy(&self, g: &Gallery, policy: i64) -> Result<(), TooMany> {
        self.take(Tried::PushByPolicy(policy), PUSHES, g.now())
    }

    /// Counts a mail that asks its reader for something.
    ///
    /// # Errors
    /// A refusal when the address got too many of its kind; this one is not counted then, nor to be sent.
    pub(crate) fn mail(&self, g: &Gallery, origin: &Origin, mail: &Mail) -> Result<(), Error> {
        if !origin.limited {
            return Ok(());
        }
        let tried = Tried::Mail(mail.kind.value(), mail.to.to_lowercase());
        self.take(tried, MAILS, g.now()).map_err(|_| {
            let sentence = "This address got 3 mails of this kind within a day. Try again tomorrow.";
            Error::Refused(UiError::new(UiErrorKind::TooMany, sentence))
        })
    }

    /// Counts a try, unless there were too many.
    fn take(&self, tried: Tried, allowance: Allowance, now: Timestamp) -> Result<(), TooMany> {
        let mut counts = self.counts();
        look_in(&counts, &tried, allowance, now)?;
        count_in(&mut counts, tried, allowance, now);
        Ok(())
    }

    fn look(&self, tried: &Tried, allowance: Allowance, now: Timestamp) -> Result<(), TooMany> {
        look_in(&self.counts(), tried, allowance, now)
    }

    fn count(&self, tried: Tried, allowance: Allowance, now: Timestamp) {
        count_in(&mut self.counts(), tried, allowance, now);
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<Tried, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever has one IPv6 address has the others of its network too: they count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

fn look_in(counts: &HashMap<Tried, Count>, tried: &Tried, allowance: Allowance, now: Timestamp) -> Result<(), TooMany> {
    match counts.get(tried) {
        Some(count) if count.times >= allowance.times && count.ends > now => {
            let seconds = count.ends.seconds().saturating_sub(now.seconds()).max(1);
            Err(TooMany {
                retry_after: u64::try_from(seconds).unwrap_or(1),
            })
        }
        _ => Ok(()),
    }
}

fn count_in(counts: &mut HashMap<Tried, Count>, tried: Tried, allowance: Allowance, now: Timestamp) {
    // Only where the table would grow otherwise: so tidying up costs little, however many counts there are.
    if counts.len() >= MOST_COUNTS && counts.len() == counts.capacity() {
        counts.retain(|_, count| count.ends > now);
    }
    let fresh = Count {
        times: 0,
        ends: now.plus_seconds(allowance.seconds),
    };
    let count = counts.entry(tried).or_insert(fresh);
    if count.ends <= now {
        *count = fresh;
    }
    count.times = count.times.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use super::{PUSHES, Throttle, TooMany, Tried};
    use domain::time::Timestamp;

    #[test]
    fn an_allowance_is_used_up_and_comes_back() {
        let throttle = Throttle::default();
        let start = Timestamp::from_seconds(1_000);
        for _ in 0..PUSHES.times {
            assert_eq!(throttle.look(&Tried::Push(1), PUSHES, start), Ok(()));
            throttle.count(Tried::Push(1), PUSHES, start);
        }
        let later = start.plus_seconds(600);
        assert_eq!(
            throttle.look(&Tried::Push(1), PUSHES, later),
            Err(TooMany { retry_after: 3_000 })
        );
        assert_eq!(throttle.look(&Tried::Push(2), PUSHES, later), Ok(()));
        assert_eq!(
            throttle.look(&Tried::Push(1), PUSHES, start.plus_seconds(3_600)),
            Ok(())
        );
    }
}
