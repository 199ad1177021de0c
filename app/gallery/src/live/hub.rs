//! Tells those who listen in this process what was written.

use domain::account::AccountKey;
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;
use tokio::sync::broadcast::{self, error::RecvError};

/// So many changes may wait for a listener; one who is further behind is told that something changed, and not what.
const WAITING: usize = 256;

/// So many of the latest events are remembered, so that the watcher tells nobody twice.
pub(super) const REMEMBERED: usize = 4_096;

/// An event in a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose trail.
    pub trail: AccountKey,
    /// The event.
    pub event: i64,
    /// What happened, by the action's name.
    pub action: &'static str,
}

/// The hub of a process.
pub(crate) struct Hub {
    sender: broadcast::Sender<Change>,
    told: Mutex<Told>,
    listened: Arc<Notify>,
}

/// The latest events that were told, oldest first.
#[derive(Default)]
struct Told {
    order: VecDeque<(AccountKey, i64)>,
    known: HashSet<(AccountKey, i64)>,
}

impl Told {
    /// Notes an event. False: it was told before.
    fn note(&mut self, key: (AccountKey, i64)) -> bool {
        if !self.known.insert(key) {
            return false;
        }
        self.order.push_back(key);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(WAITING).0,
            told: Mutex::default(),
            listened: Arc::default(),
        }
    }
}

impl Hub {
    /// Whether somebody listens.
    pub(crate) fn is_listened_to(&self) -> bool {
        self.sender.receiver_count() > 0
    }

    /// Waits until somebody begins to listen.
    pub(super) async fn until_listened_to(&self) {
        let begun = self.listened.notified();
        if !self.is_listened_to() {
            begun.await;
        }
    }

    /// Tells what was written; what was told already is told to nobody again.
    pub(crate) fn tell(&self, changes: impl IntoIterator<Item = Change>) {
        if !self.is_listened_to() {
            return;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for change in changes {
            if told.note((change.trail, change.event)) {
                // Perhaps nobody listens any more; then there is nobody to tell.
                let _ = self.sender.send(change);
            }
        }
    }

    /// Notes what was there before anybody listened: it is told to nobody.
    pub(super) fn know(&self, changes: impl IntoIterator<Item = Change>) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for change in changes {
            told.note((change.trail, change.event));
        }
    }

    pub(super) fn listen(&self, trails: Vec<AccountKey>) -> Listener {
        let receiver = self.sender.subscribe();
        self.listened.notify_waiters();
        Listener { receiver, trails }
    }
}

/// Somebody who listens to some trails.
pub struct Listener {
    receiver: broadcast::Receiver<Change>,
    trails: Vec<AccountKey>,
}

impl Listener {
    /// Listens to these trails from now on: there may be more or less of them than when it began.
    pub fn follow(&mut self, trails: Vec<AccountKey>) {
        self.trails = trails;
    }

    /// Waits for the next change in one of the trails; nothing if so many were missed that it is not known what
    /// changed.
    pub async fn next(&mut self) -> Option<Change> {
        loop {
            match self.receiver.recv().await {
                Ok(change) if self.trails.contains(&change.trail) => return Some(change),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return None,
                // The gallery is closed; nothing will change any more.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Hub, WAITING};
    use domain::account::AccountKey;

    fn change(trail: i64, event: i64) -> Change {
        Change {
            trail: AccountKey(trail),
            event,
            action: "member.added",
        }
    }

    #[tokio::test]
    async fn a_listener_hears_of_its_own_trails_once() {
        let hub = Hub::default();
        let mut listener = hub.listen(vec![AccountKey(1)]);
        hub.tell([change(2, 7), change(1, 7)]);
        hub.tell([change(1, 7), change(1, 8)]);
        assert_eq!(listener.next().await, Some(change(1, 7)));
        assert_eq!(listener.next().await, Some(change(1, 8)));
    }

    #[tokio::test]
    async fn who_is_far_behind_hears_that_something_changed() {
        let hub = Hub::default();
        let mut listener = hub.listen(vec![AccountKey(1)]);
        hub.tell((0..=WAITING as i64).map(|event| change(1, event)));
        assert_eq!(listener.next().await, None);
    }

    #[test]
    fn nothing_is_kept_while_nobody_listens() {
        let hub = Hub::default();
        hub.tell([change(1, 1)]);
        assert!(hub.told.lock().unwrap().order.is_empty());
    }
}
