//! Hands every stored batch to the audiences whose view it matches, on a thread of its own.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dlogs_record::Level;

use crate::batch::{Batch, Summary};
use crate::client_block::ClientBlock;
use crate::observe::{Observer, Sighting};

use super::audience::{Audience, Viewer};
use super::inbox::Inbox;
use super::shown::{RowText, Shown};
use super::view::View;

/// Viewers at once; the next one is told to come back later.
pub const VIEWERS_MAX: usize = 256;

/// Records that may wait for the hub's thread. Beyond it the writer does not wait: what the hub cannot look at in time
/// is counted as unseen.
const PENDING_MAX_RECORDS: u64 = 2_000_000;

/// The hub. The writer only pushes a pointer; unpacking, filtering and encoding happen on the hub's thread.
pub struct Hub {
    shared: Arc<Shared>,
}

struct Shared {
    frame_every: Duration,
    audiences: Mutex<Vec<Audience>>,
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

/// What the hub's thread does next.
enum Next {
    Show(Arc<Batch>),
    /// A frame is due.
    Tell,
    End,
}

/// A viewer's place in the hub.
pub struct Seat {
    viewer: Arc<Viewer>,
    shared: Arc<Shared>,
}

impl Hub {
    /// A hub without viewers, which shows a frame at most this often. Its thread sleeps until there is a viewer.
    pub fn start(frame_every: Duration) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            frame_every,
            audiences: Mutex::default(),
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
        let shared = &self.shared;
        let mut audiences = lock(&shared.audiences);
        if shared.count.load(Ordering::Acquire) >= VIEWERS_MAX {
            return None;
        }
        let viewer = Arc::new(Viewer::default());
        shared.join(&mut audiences, view, budget, viewer.clone());
        Some(Seat { viewer, shared: shared.clone() })
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
        let mut audiences = lock(&self.shared.audiences);
        self.shared.leave(&mut audiences, &self.viewer);
        *lock(&self.viewer.inbox) = Inbox::default();
        self.shared.join(&mut audiences, view, budget, self.viewer.clone());
    }

    /// From now on records are only counted.
    pub fn pause(&self) {
        lock(&self.viewer.inbox).pause();
    }

    /// Rows come again.
    pub fn resume(&self) {
        lock(&self.viewer.inbox).resume();
    }

    /// Whether the viewer is to leave, because the server stops.
    pub fn is_over(&self) -> bool {
        self.shared.closed.load(Ordering::Acquire)
    }

    /// Returns when there may be something to take. Safe to drop and to call again.
    pub async fn ready(&self) {
        self.viewer.ready.notified().await;
    }

    /// What is to be sent now.
    pub fn take(&self) -> Option<Arc<Shown>> {
        lock(&self.viewer.inbox).take()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.shared.leave(&mut lock(&self.shared.audiences), &self.viewer);
    }
}

impl Shared {
    fn run(&self) {
        let mut due = None;
        loop {
            let next = self.next(due);
            let mut audiences = lock(&self.audiences);
            match next {
                Next::Show(batch) => show(&batch, &mut audiences),
                Next::Tell => {}
                Next::End => return,
            }
            due = tell(&mut audiences, Instant::now(), self.frame_every);
        }
    }

    /// A batch, or the time at which a frame is due.
    fn next(&self, due: Option<Instant>) -> Next {
        let mut pending = lock(&self.pending);
        loop {
            if pending.stopped {
                return Next::End;
            }
            if let Some(batch) = pending.batches.pop_front() {
                pending.records -= batch.summary.records;
                return Next::Show(batch);
            }
            let Some(due) = due else {
                pending = self.arrived.wait(pending).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Next::Tell;
            }
            let waited = self.arrived.wait_timeout(pending, left);
            pending = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Seats a viewer among those who look at the same.
    fn join(&self, audiences: &mut Vec<Audience>, view: View, budget: u32, viewer: Arc<Viewer>) {
        let now = Instant::now();
        match audiences.iter_mut().find(|audience| audience.is_for(&view, budget)) {
            Some(audience) => audience.join(viewer, now),
            None => {
                let seed = self.next_seed.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
                let mut audience = Audience::new(view, budget, now, seed);
                audience.join(viewer, now);
                audiences.push(audience);
            }
        }
        self.count(audiences);
    }

    fn leave(&self, audiences: &mut Vec<Audience>, viewer: &Arc<Viewer>) {
        audiences.iter_mut().for_each(|audience| audience.leave(viewer));
        audiences.retain(|audience| audience.viewers() > 0);
        self.count(audiences);
    }

    fn count(&self, audiences: &[Audience]) {
        let viewers = audiences.iter().map(Audience::viewers).sum();
        self.count.store(viewers, Ordering::Release);
    }
}

/// Tests a batch's records once for each audience.
fn show(batch: &Batch, audiences: &mut [Audience]) {
    let may_match =
        |audience: &&mut Audience| audience.view().filter.may_match(&batch.client, &batch.summary);
    let mut audiences: Vec<_> = audiences.iter_mut().filter(may_match).collect();
    if audiences.is_empty() {
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
        for audience in &mut audiences {
            if !audience.view().filter.matches(&row) {
                continue;
            }
            audience.offer(level, || {
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

/// Shows every frame that is due, and says when the next one will be.
fn tell(audiences: &mut [Audience], now: Instant, frame_every: Duration) -> Option<Instant> {
    let mut next: Option<Instant> = None;
    for audience in audiences {
        match audience.due(now, frame_every) {
            Some(due) if due <= now => audience.tell(now),
            Some(due) => next = Some(next.map_or(due, |known| known.min(due))),
            None => {}
        }
    }
    next
}

/// Counters cannot be left half changed by a panic in a way that matters to a viewer.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
