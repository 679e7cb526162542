//! What was stored in the last ten minutes, by identity, so that an impatient sender's repeat is stored once. Never sees a record.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::identity::Identity;

/// How long an identity is remembered.
pub(crate) const REMEMBERED_NS: i64 = 600 * 1_000_000_000;
/// Identities remembered; the oldest go first. About 100 bytes each.
const REMEMBERED_MAX: usize = crate::catalog::RECENT_MAX;

/// What is known about an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing: it is now held for whoever asked.
    New,
    /// This request holds it already.
    Mine,
    /// Another request holds it and waits for the disk.
    InFlight,
    /// It is on disk.
    Stored,
}

/// The memory of the edge. The decision that it takes is fixed in the queue's entry: a repeat is not in it.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// True: stored.
    known: HashMap<Identity, bool>,
    /// Those that are stored, oldest first.
    stored: VecDeque<(i64, Identity)>,
}

impl Recent {
    /// Remembers, at start, what the catalog and the queue hold, oldest first.
    pub(crate) fn restore(&self, received_ns: i64, identities: &[Identity]) {
        self.lock().store(received_ns, identities);
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn store(&mut self, now_ns: i64, identities: &[Identity]) {
        for identity in identities {
            if self.known.insert(*identity, true) != Some(true) {
                self.stored.push_back((now_ns, *identity));
            }
        }
        self.forget(now_ns);
    }

    fn forget(&mut self, now_ns: i64) {
        while let Some((stored_ns, identity)) = self.stored.front().copied() {
            let fresh = stored_ns >= now_ns.saturating_sub(REMEMBERED_NS);
            if fresh && self.stored.len() <= REMEMBERED_MAX {
                break;
            }
            self.stored.pop_front();
            self.known.remove(&identity);
        }
    }
}

/// Identities that one request holds until it knows whether the disk has them; given free again when dropped.
pub(super) struct Hold {
    recent: Arc<Recent>,
    now_ns: i64,
    identities: HashSet<Identity>,
}

impl Hold {
    pub(super) fn new(recent: Arc<Recent>, now_ns: i64) -> Self {
        Self { recent, now_ns, identities: HashSet::new() }
    }

    /// Holds an identity, if it is new.
    pub(super) fn take(&mut self, identity: Identity) -> Known {
        let mut held = self.recent.lock();
        held.forget(self.now_ns);
        match held.known.get(&identity) {
            Some(true) => Known::Stored,
            Some(false) if self.identities.contains(&identity) => Known::Mine,
            Some(false) => Known::InFlight,
            None => {
                held.known.insert(identity, false);
                self.identities.insert(identity);
                Known::New
            }
        }
    }

    /// All that is held.
    pub(super) fn identities(&self) -> Vec<Identity> {
        self.identities.iter().copied().collect()
    }

    /// The disk has them.
    pub(super) fn store(mut self) {
        let identities: Vec<_> = std::mem::take(&mut self.identities).into_iter().collect();
        self.recent.lock().store(self.now_ns, &identities);
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if self.identities.is_empty() {
            return;
        }
        let mut held = self.recent.lock();
        for identity in &self.identities {
            held.known.remove(identity);
        }
    }
}

#[cfg(test)]
mod tests;
