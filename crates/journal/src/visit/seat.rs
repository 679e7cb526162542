//! Where a thread writes down what it is looking at. A seat is made once, belongs to one thread at a time, and is never freed.

use std::ptr::null_mut;

use super::barrier;
use crate::sync::{AtomicBool, AtomicPtr, Ordering};

/// How deep the visits of one thread nest: a logger and its segment, and the same again in a signal's handler.
const PLACES: usize = 4;

/// On cache lines of its own: its thread writes it at every call.
#[repr(align(128))]
pub(crate) struct Seat {
    /// Null: free.
    places: [AtomicPtr<()>; PLACES],
    taken: AtomicBool,
    next: AtomicPtr<Seat>,
}

impl Seat {
    /// A place that is free; `None` when visits nest too deep.
    #[inline]
    pub(super) fn place(&self) -> Option<&AtomicPtr<()>> {
        self.places.iter().find(|place| place.load(Ordering::Relaxed).is_null())
    }

    /// Of a seat that was just claimed.
    pub(super) fn first_place(&self) -> &AtomicPtr<()> {
        &self.places[0]
    }

    /// Leaves the seat to the next thread.
    pub(super) fn give_back(&self) {
        self.taken.store(false, Ordering::Release);
    }
}

/// All seats: a list that only grows, to as many as there were visitors at one time. After a fork the seats of the parent's
/// other threads stay taken in the child; they cost their room, and what was looked at from them is the parent's.
pub(crate) struct Seats {
    pub(super) first: AtomicPtr<Seat>,
}

impl Seats {
    /// A seat for the caller alone.
    pub(super) fn claim(&self) -> &'static Seat {
        if let Some(free) = self.all().find(|seat| {
            !seat.taken.load(Ordering::Relaxed) && !seat.taken.swap(true, Ordering::Acquire)
        }) {
            return free;
        }
        let seat: &'static Seat = Box::leak(Box::new(Seat {
            places: std::array::from_fn(|_| AtomicPtr::new(null_mut())),
            taken: AtomicBool::new(true),
            next: AtomicPtr::new(null_mut()),
        }));
        let mut first = self.first.load(Ordering::Relaxed);
        loop {
            seat.next.store(first, Ordering::Relaxed);
            let pushed = self.first.compare_exchange(
                first,
                std::ptr::from_ref(seat).cast_mut(),
                Ordering::Release,
                Ordering::Relaxed,
            );
            match pushed {
                Ok(_) => return seat,
                Err(now) => first = now,
            }
        }
    }

    /// What anybody is looking at, of what was there before this call. `None`: the system does not tell.
    pub(super) fn looked_at(&self) -> Option<Vec<*mut ()>> {
        barrier::heavy().then(|| {
            let places = self.all().flat_map(|seat| &seat.places);
            places.map(|place| place.load(Ordering::Acquire)).filter(|at| !at.is_null()).collect()
        })
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &'static Seat> {
        // SAFETY: seats are leaked when they are made and published by the release above, so that each pointer is null or good
        // for ever.
        let at = |seat: *mut Seat| unsafe { seat.as_ref() };
        std::iter::successors(at(self.first.load(Ordering::Acquire)), move |seat| {
            at(seat.next.load(Ordering::Relaxed))
        })
    }
}
