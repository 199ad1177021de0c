//! Moments in time, as the gallery keeps, sends and prints them.

use serde::{Deserialize, Serialize};

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// A moment in UTC, in whole microseconds since 1970: what both databases keep without loss, in one integer column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment that many microseconds after 1970.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The moment that many seconds after 1970.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// The beginning of a day in UTC, written as [`Timestamp::day`] writes it: `2026-11-22`.
    #[must_use]
    pub fn parse_day(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shape = bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if bytes.len() != 10 || !shape {
            return None;
        }
        let month = time::Month::try_from(text.get(5..7)?.parse::<u8>().ok()?).ok()?;
        let day = text.get(8..10)?.parse().ok()?;
        let date = time::Date::from_calendar_date(text.get(..4)?.parse().ok()?, month, day).ok()?;
        Some(Self::from_seconds(date.midnight().assume_utc().unix_timestamp()))
    }

    /// Microseconds since 1970.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded towards the past.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This moment and that many seconds (which may be negative); at the ends of time it stays there.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// This moment and that many days.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(DAY))
    }

    /// RFC 3339 with seconds, as machines read it: `2026-11-22T10:49:55Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let at = self.civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        )
    }

    /// RFC 3339 with all seven digits that NuGet's documents carry: `2026-11-22T10:49:55.1234560Z`.
    #[must_use]
    pub fn rfc3339_precise(self) -> String {
        let whole = self.rfc3339();
        format!("{}.{:06}0Z", whole.trim_end_matches('Z'), self.0.rem_euclid(1_000_000))
    }

    /// The day alone, as people read it: `2026-11-22`.
    #[must_use]
    pub fn day(self) -> String {
        let at = self.civil();
        format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day())
    }

    /// Day and minute in UTC, as people read it: `2026-11-22 10:49 UTC`.
    #[must_use]
    pub fn minute(self) -> String {
        let at = self.civil();
        format!("{} {:02}:{:02} UTC", self.day(), at.hour(), at.minute())
    }

    fn civil(self) -> time::OffsetDateTime {
        time::OffsetDateTime::from_unix_timestamp(self.seconds()).unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
    }
}

impl std::fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.rfc3339_precise())
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn a_moment_is_printed_for_machines_and_for_people() {
        let at = Timestamp::from_micros(1_795_344_595_000_007);
        assert_eq!(at.rfc3339(), "2026-11-22T10:49:55Z");
        assert_eq!(at.rfc3339_precise(), "2026-11-22T10:49:55.0000070Z");
        assert_eq!(at.minute(), "2026-11-22 10:49 UTC");
    }

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let day = Timestamp::parse_day("2026-11-22").unwrap();
        assert_eq!(day.rfc3339(), "2026-11-22T00:00:00Z");
        for wrong in [
            "",
            "2026-11-31",
            "2026-13-01",
            "22.11.2026",
            "2026-1-1",
            "2026-11-22 ",
            "2026-11-2ä",
            "0x26-11-22",
        ] {
            assert_eq!(Timestamp::parse_day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        let end = Timestamp::from_micros(i64::MAX).plus_days(i64::MAX);
        assert_eq!(end.micros(), i64::MAX);
        assert_eq!(end.day(), "1970-01-01");
    }
}
