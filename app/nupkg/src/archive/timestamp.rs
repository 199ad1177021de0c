//! The date of an entry.

/// Whether an entry's date lies more than a day after `now` (seconds since 1970).
///
/// The date has no time zone, which the day allows for. One that is no date counts as none.
pub(super) fn is_over_a_day_ahead(date: u16, time: u16, now: i64) -> bool {
    const DAY: i64 = 86_400;
    seconds(date, time).is_some_and(|seconds| seconds > now.saturating_add(DAY))
}

/// Seconds since 1970 of a date and time as zip keeps them.
fn seconds(date: u16, time: u16) -> Option<i64> {
    let (year, month, day) = (
        1980 + i64::from(date >> 9),
        i64::from(date >> 5 & 15),
        i64::from(date & 31),
    );
    let (hour, minute, second) = (
        i64::from(time >> 11),
        i64::from(time >> 5 & 63),
        i64::from(time & 31) * 2,
    );
    if !(1..=12).contains(&month) || day == 0 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Years begin in March here, so that the leap day is the last of its year.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: u16, month: u16, day: u16) -> u16 {
        (year - 1980) << 9 | month << 5 | day
    }

    #[test]
    fn seconds_of_a_date() {
        assert_eq!(seconds(date(1980, 1, 1), 0), Some(315_532_800));
        assert_eq!(seconds(date(2000, 2, 29), 12 << 11 | 30 << 5 | 1), Some(951_827_402));
        assert_eq!(
            seconds(date(2107, 12, 31), 23 << 11 | 59 << 5 | 29),
            Some(4_354_819_198)
        );
    }

    #[test]
    fn what_is_no_date_counts_as_none() {
        assert_eq!(seconds(0, 0), None);
        assert_eq!(seconds(date(2020, 13, 1), 0), None);
        assert_eq!(seconds(date(2020, 1, 1), 31 << 11), None);
    }

    #[test]
    fn a_day_is_allowed_for_time_zones() {
        let midnight = seconds(date(2026, 11, 22), 0).unwrap();
        assert!(!is_over_a_day_ahead(date(2026, 11, 23), 0, midnight));
        assert!(is_over_a_day_ahead(date(2026, 11, 23), 1, midnight));
    }
}
