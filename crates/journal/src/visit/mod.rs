//! Looking at what others may take away, without a lock, a count or a locked instruction.
//!
//! A visitor writes down where it is, and looks once more whether that is still the place to be. Whoever takes something away asks
//! the machine for a barrier in every thread of the process, then reads what all of them wrote down: who is not in there now will
//! not come in any more. So each log call pays two plain stores, and a segment that is given back, some microseconds (hazard
//! pointers with an asymmetric barrier). `tests/loom.rs` tries the interleavings.

mod barrier;
mod seat;
mod visited;

use std::cell::Cell;
use std::marker::PhantomData;
use std::ptr::null_mut;
use std::sync::Arc;
use std::sync::atomic::AtomicPtr;

pub(crate) use self::barrier::prepare;
use self::seat::{Seat, Seats};
pub use self::visited::{Link, Linked, Visited};

/// The seats of all threads that ever logged.
static SEATS: Seats = Seats { first: AtomicPtr::new(null_mut()) };

thread_local! {
    static MINE: Mine = const { Mine(Cell::new(None)) };
}

/// A thread's seat, from its first visit to its end.
struct Mine(Cell<Option<&'static Seat>>);

impl Drop for Mine {
    fn drop(&mut self) {
        if let Some(seat) = self.0.take() {
            seat.give_back();
        }
    }
}

impl<T: Linked> Visited<T> {
    /// Nothing is here.
    #[must_use]
    pub const fn nothing() -> Self {
        let (at, parted) = (AtomicPtr::new(null_mut()), AtomicPtr::new(null_mut()));
        Self { at, parted, owns: PhantomData }
    }

    /// Calls `look` with what is here now, and keeps it alive until `look` has returned.
    #[inline]
    pub fn visit<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> R {
        seated(|place| look(self.enter(place).look()))
    }

    /// What is here now, to keep.
    #[must_use]
    pub fn get(&self) -> Option<Arc<T>> {
        seated(|place| self.enter(place).keep())
    }

    /// Lets go of what was here, as far as nobody is looking at it any more. True: nothing is left for the next time.
    pub fn sweep(&self) -> bool {
        self.sweep_for(&SEATS)
    }
}

/// Calls with a free place of this thread's seat.
#[inline]
fn seated<R>(visit: impl FnOnce(&AtomicPtr<()>) -> R) -> R {
    let seat = MINE.try_with(|mine| mine.0.get()).ok().flatten();
    match seat.and_then(Seat::place) {
        Some(place) => visit(place),
        None => newly_seated(visit),
    }
}

/// For a thread that has no seat yet, or none any more because it is ending, or whose seat has no free place.
#[cold]
fn newly_seated<R>(visit: impl FnOnce(&AtomicPtr<()>) -> R) -> R {
    let seat = SEATS.claim();
    let kept = MINE.try_with(|mine| mine.0.get().is_none().then(|| mine.0.set(Some(seat))));
    let _guest = (!matches!(kept, Ok(Some(())))).then(|| Guest(seat));
    visit(seat.first_place())
}

/// A seat for one visit.
struct Guest(&'static Seat);

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

#[cfg(test)]
mod tests;
