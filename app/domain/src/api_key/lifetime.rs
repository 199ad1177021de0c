//! How long keys live.

/// The lifetimes offered, in days; 90 is chosen at first.
pub const LIFETIMES: [u16; 6] = [1, 30, 90, 180, 270, 365];

/// The longest lifetime in days, on the page and on the command line.
pub const LONGEST_LIFETIME: u16 = 365;

/// The one chosen at first, if it is offered.
const USUAL: u16 = 90;

/// The lifetimes offered where each of the owners to choose from allows at most so many days, or sets no limit: those
/// that at least one of them allows, and each limit itself.
///
/// ```
/// use domain::api_key::lifetimes;
/// assert_eq!(lifetimes(&[Some(45)]), [1, 30, 45]);
/// assert_eq!(lifetimes(&[None, Some(45)]), [1, 30, 45, 90, 180, 270, 365]);
/// ```
#[must_use]
pub fn lifetimes(limits: &[Option<u16>]) -> Vec<u16> {
    let allowed = |days: u16| limits.iter().any(|limit| limit.is_none_or(|limit| days <= limit));
    let mut offered: Vec<u16> = LIFETIMES
        .into_iter()
        .chain(limits.iter().flatten().copied())
        .filter(|days| (1..=LONGEST_LIFETIME).contains(days) && allowed(*days))
        .collect();
    offered.sort_unstable();
    offered.dedup();
    offered
}

/// Which of the lifetimes offered is chosen at first: 90 days, or the longest below that.
#[must_use]
pub fn preselected(offered: &[u16]) -> u16 {
    let below = offered.iter().rev().find(|days| **days <= USUAL);
    below.or(offered.first()).copied().unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use super::{LIFETIMES, lifetimes, preselected};
    use rstest::rstest;

    #[rstest]
    #[case(&[None], &LIFETIMES, 90)]
    #[case(&[Some(365)], &LIFETIMES, 90)]
    #[case(&[Some(30)], &[1, 30], 30)]
    #[case(&[Some(7)], &[1, 7], 7)]
    #[case(&[Some(1)], &[1], 1)]
    #[case(&[Some(100)], &[1, 30, 90, 100], 90)]
    #[case(&[Some(7), Some(60)], &[1, 7, 30, 60], 60)]
    #[case(&[None, Some(7)], &[1, 7, 30, 90, 180, 270, 365], 90)]
    #[case(&[], &[], 90)]
    fn policies_cut_the_choices(#[case] limits: &[Option<u16>], #[case] offered: &[u16], #[case] first: u16) {
        assert_eq!(lifetimes(limits), offered);
        assert_eq!(preselected(offered), first);
    }
}
