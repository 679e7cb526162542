//! Hands every stored batch to the viewers whose view it matches, on a thread of its own.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use dlogs_record::Level;

use crate::batch::{Batch, Summary};
use crate::client_block::ClientBlock;
use crate::observe::{Observer, Sighting};

use super::slot::{Frame, Slot};
use super::view::View;

/// Viewers at once; the next one is told to come back later.
pub const VIEWERS_MAX: usize = 256;

/// Records that may wait for the hub's thread. Beyond it the writer does not wait: what the hub cannot look at in time
/// is counted as unseen.
const PENDING_MAX_RECORDS: u64 = 2_000_000;

/// A row as it is sent, encoded once for all viewers that get it.
pub type RowText = Arc<str>;

/// The hub. The writer only pushes a pointer; unpacking, filtering and encoding happen on the hub's thread.
pub struct Hub {
    shared: Arc<Shared>,
}

struct Shared {
    viewers: Mutex<Vec<Arc<Viewer>>>,
    count: AtomicUsize,
    pending: Mutex<Pending>,
    arrived: Condvar,
    next_seed: AtomicU64,
    closed: AtomicBool,
}

#[derive(Default)]
struct Pending {
    batches: VecDeque<Arc<Batch>>,
    records: u64,
    unseen: u64,
    stopped: bool,
}

/// One viewer: what it sees and what waits for it. It leaves the hub when [`Seat`] is dropped.
struct Viewer {
    view: Mutex<Arc<View>>,
    slot: Mutex<Slot<RowText>>,
}

/// A viewer's place in the hub.
pub struct Seat {
    viewer: Arc<Viewer>,
    shared: Arc<Shared>,
}

impl Hub {
    /// A hub without viewers. Its thread sleeps until there is one.
    pub fn start() -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            viewers: Mutex::default(),
            count: AtomicUsize::new(0),
            pending: Mutex::default(),
            arrived: Condvar::new(),
            next_seed: AtomicU64::new(1),
            closed: AtomicBool::new(false),
        });
        let worker = shared.clone();
        std::thread::Builder::new().name("live".into()).spawn(move || worker.run())?;
        Ok(Self { shared })
    }

    /// Seats a viewer; `None` when [`VIEWERS_MAX`] watch already.
    pub fn seat(&self, view: View, budget: u32) -> Option<Seat> {
        let mut viewers = lock(&self.shared.viewers);
        if viewers.len() >= VIEWERS_MAX {
            return None;
        }
        let seed = self.shared.next_seed.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let view = Mutex::new(shared_view(&viewers, view));
        let slot = Mutex::new(Slot::new(budget, Instant::now(), seed));
        let viewer = Arc::new(Viewer { view, slot });
        viewers.push(viewer.clone());
        self.shared.count.store(viewers.len(), Ordering::Release);
        Some(Seat { viewer, shared: self.shared.clone() })
    }

    /// Sends all viewers away: the server stops.
    pub fn close(&self) {
        self.shared.closed.store(true, Ordering::Release);
    }

    /// Viewers at this moment.
    pub fn viewers(&self) -> usize {
        self.shared.count.load(Ordering::Acquire)
    }

    /// Records that came too fast to be looked at for any viewer.
    pub fn unseen(&self) -> u64 {
        lock(&self.shared.pending).unseen
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        lock(&self.shared.pending).stopped = true;
        self.shared.arrived.notify_one();
    }
}

impl Observer for Hub {
    fn stored(&self, batch: &Arc<Batch>, replay: bool) {
        if replay || self.viewers() == 0 {
            return;
        }
        let mut pending = lock(&self.shared.pending);
        if pending.records >= PENDING_MAX_RECORDS {
            pending.unseen += batch.summary.records;
            return;
        }
        pending.records += batch.summary.records;
        pending.batches.push_back(batch.clone());
        drop(pending);
        self.shared.arrived.notify_one();
    }

    fn seen(&self, _: &Sighting) {}
    fn rejected(&self, _: &ClientBlock, _: &'static str, _: u64) {}
    fn duplicates(&self, _: &ClientBlock, _: u64) {}
    fn held(&self, _: &Summary) {}
    fn expired(&self, _: u64) {}
}

impl Seat {
    /// Changes what the viewer sees; counts begin anew, a pause ends.
    pub fn change(&self, view: View, budget: u32) {
        let view = shared_view(&lock(&self.shared.viewers), view);
        let seed = self.shared.next_seed.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        *lock(&self.viewer.view) = view;
        *lock(&self.viewer.slot) = Slot::new(budget, Instant::now(), seed);
    }

    /// From now on records are only counted.
    pub fn pause(&self) {
        lock(&self.viewer.slot).pause();
    }

    /// Rows come again.
    pub fn resume(&self) {
        lock(&self.viewer.slot).resume();
    }

    /// Whether the viewer is to leave, because the server stops.
    pub fn is_over(&self) -> bool {
        self.shared.closed.load(Ordering::Acquire)
    }

    /// What is to be sent now.
    pub fn take(&self, now: Instant) -> Option<Frame<RowText>> {
        lock(&self.viewer.slot).take(now)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut viewers = lock(&self.shared.viewers);
        viewers.retain(|viewer| !Arc::ptr_eq(viewer, &self.viewer));
        self.shared.count.store(viewers.len(), Ordering::Release);
    }
}

impl Shared {
    fn run(&self) {
        while let Some(batch) = self.next() {
            let viewers = lock(&self.viewers).clone();
            show(&batch, &viewers);
        }
    }

    /// The next batch; `None` when the hub is gone.
    fn next(&self) -> Option<Arc<Batch>> {
        let mut pending = lock(&self.pending);
        loop {
            if pending.stopped {
                return None;
            }
            if let Some(batch) = pending.batches.pop_front() {
                pending.records -= batch.summary.records;
                return Some(batch);
            }
            pending = self.arrived.wait(pending).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A view and the slots of all who share it.
type Group<'a> = (Arc<View>, Vec<MutexGuard<'a, Slot<RowText>>>);

/// Tests a batch's records once per distinct view and offers them to the viewers of each view that matches.
fn show(batch: &Batch, viewers: &[Arc<Viewer>]) {
    // The view is read under the slot's lock, so that a slot never counts for a view that was just left.
    let mut groups: Vec<Group<'_>> = Vec::new();
    for viewer in viewers {
        let slot = lock(&viewer.slot);
        let view = lock(&viewer.view).clone();
        if !view.filter.may_match(&batch.client, &batch.summary) {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| Arc::ptr_eq(known, &view)) {
            Some((_, slots)) => slots.push(slot),
            None => groups.push((view, vec![slot])),
        }
    }
    if groups.is_empty() {
        return;
    }
    // A body that cannot be unpacked was reported by the writer already.
    let Ok(unpacked) = batch.unpack() else {
        return;
    };
    let mut bytes = Vec::new();
    for row in unpacked.rows(batch) {
        let level = Level::from_u8(row.level).unwrap_or(Level::Info);
        let mut text: Option<RowText> = None;
        for (view, slots) in &mut groups {
            if !view.filter.matches(&row) {
                continue;
            }
            for slot in slots {
                slot.offer(level, || {
                    let text = text.get_or_insert_with(|| {
                        bytes.clear();
                        row.write_json(&mut bytes);
                        String::from_utf8_lossy(&bytes).into()
                    });
                    text.clone()
                });
            }
        }
    }
}

/// The view of a viewer that asks for the same, so that it is tested once for both; else the new one.
fn shared_view(viewers: &[Arc<Viewer>], view: View) -> Arc<View> {
    let known = viewers.iter().map(|viewer| lock(&viewer.view).clone());
    known.into_iter().find(|known| known.same_as(&view)).unwrap_or_else(|| Arc::new(view))
}

/// Counters cannot be left half changed by a panic in a way that matters to a viewer.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
