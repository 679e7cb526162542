//! Viewers who look at the same: a record is tested, sampled and encoded once for all of them. Knows no thread and no socket.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use dlogs_record::Level;
use tokio::sync::Notify;

use super::inbox::Inbox;
use super::shown::{RowText, Shown};
use super::slot::Slot;
use super::view::View;

/// One viewer: what waits for it, and the sign that something does.
#[derive(Default)]
pub(super) struct Viewer {
    /// Frames that it has not been sent yet.
    pub(super) inbox: Mutex<Inbox>,
    /// Rung when something was put into the inbox.
    pub(super) ready: Notify,
}

/// A view, its budget, and everybody who has chosen both.
pub(super) struct Audience {
    view: View,
    budget: u32,
    slot: Slot<RowText>,
    told: Option<Instant>,
    viewers: Vec<Arc<Viewer>>,
}

impl Audience {
    /// Nobody yet; the seed decides which rows are shown of too many.
    pub(super) fn new(view: View, budget: u32, now: Instant, seed: u64) -> Self {
        let slot = Slot::new(budget, now, seed);
        Self { view, budget, slot, told: None, viewers: Vec::new() }
    }

    /// Whether this is what a viewer asks for.
    pub(super) fn is_for(&self, view: &View, budget: u32) -> bool {
        self.budget == budget && self.view.same_as(view)
    }

    /// What it looks at.
    pub(super) fn view(&self) -> &View {
        &self.view
    }

    /// Viewers in it.
    pub(super) fn viewers(&self) -> usize {
        self.viewers.len()
    }

    /// Seats a viewer, who hears of what is stored from now on: what was matched before goes to the others first.
    pub(super) fn join(&mut self, viewer: Arc<Viewer>, now: Instant) {
        self.tell(now);
        self.viewers.push(viewer);
    }

    /// Lets a viewer go.
    pub(super) fn leave(&mut self, viewer: &Arc<Viewer>) {
        self.viewers.retain(|known| !Arc::ptr_eq(known, viewer));
    }

    /// Counts a record that matched, and may keep its row.
    pub(super) fn offer(&mut self, level: Level, row: impl FnOnce() -> RowText) {
        self.slot.offer(level, row);
    }

    /// When its next frame is due; `None` when nothing matched since the last one.
    pub(super) fn due(&self, now: Instant, frame_every: Duration) -> Option<Instant> {
        let due = self.told.map_or(now, |told| told + frame_every);
        (self.slot.matched() > 0).then_some(due)
    }

    /// Makes a frame of what matched and puts it before everybody.
    pub(super) fn tell(&mut self, now: Instant) {
        let Some(frame) = self.slot.take(now) else { return };
        self.told = Some(now);
        let shown = Arc::new(Shown::of(&frame));
        for viewer in &self.viewers {
            let mut inbox = viewer.inbox.lock().unwrap_or_else(PoisonError::into_inner);
            inbox.put(&shown);
            drop(inbox);
            viewer.ready.notify_one();
        }
    }
}
