//! Things that wait for a short while until they are fetched, once.

use domain::time::Timestamp;
use gallery::ids::{Ids, NoRandomness, Token};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps things under unguessable names. They are gone when the server ends, like the key that they belong to.
pub(super) struct Shelf<T> {
    seconds: i64,
    things: Mutex<HashMap<String, (Timestamp, T)>>,
}

impl<T> Shelf<T> {
    /// A shelf that keeps each thing for that many seconds.
    pub(super) fn new(seconds: i64) -> Self {
        Self {
            seconds,
            things: Mutex::default(),
        }
    }

    /// Keeps a thing, and tells the name under which it is fetched.
    ///
    /// # Errors
    /// When there is no randomness for a name.
    pub(super) fn keep(&self, thing: T, now: Timestamp, ids: &dyn Ids) -> Result<Token, NoRandomness> {
        let name = Token::random(ids)?;
        let mut things = self.things();
        things.retain(|_, (until, _)| now < *until);
        things.insert(name.expose().to_owned(), (now.plus_seconds(self.seconds), thing));
        Ok(name)
    }

    /// Fetches a thing; the next who asks for it gets nothing.
    pub(super) fn take(&self, name: &str, now: Timestamp) -> Option<T> {
        let (until, thing) = self.things().remove(name)?;
        (now < until).then_some(thing)
    }

    fn things(&self) -> MutexGuard<'_, HashMap<String, (Timestamp, T)>> {
        // Nothing panics while it is locked, and a map is whole at any time.
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Shelf;
    use domain::time::Timestamp;
    use gallery::ids::SystemIds;

    #[test]
    fn a_thing_is_fetched_once() {
        let shelf = Shelf::new(60);
        let now = Timestamp::from_seconds(0);
        let name = shelf.keep(7, now, &SystemIds).unwrap();
        assert_eq!(shelf.take(name.expose(), now), Some(7));
        assert_eq!(shelf.take(name.expose(), now), None);
    }

    #[test]
    fn a_thing_waits_for_a_minute() {
        let shelf = Shelf::new(60);
        let now = Timestamp::from_seconds(0);
        let [early, late] = [7, 8].map(|thing| shelf.keep(thing, now, &SystemIds).unwrap());
        assert_eq!(shelf.take(early.expose(), now.plus_seconds(59)), Some(7));
        assert_eq!(shelf.take(late.expose(), now.plus_seconds(60)), None);
    }
}
