//! The place that is visited. It holds one count of what is there, and one of everything that was there, until nobody looks at
//! it any more: whoever visits, borrows from these.

use std::marker::PhantomData;
use std::ptr::{from_ref, null_mut};

use super::barrier;
use super::seat::Seats;
use crate::sync::{Arc, AtomicBool, AtomicPtr, Ordering};

/// A place that many threads look at while others exchange what is there.
pub struct Visited<T: Linked> {
    /// From `Arc::into_raw`, or null.
    pub(super) at: AtomicPtr<T>,
    /// What was there, the latest first, linked by its own [`Link`]; each from `Arc::into_raw`.
    pub(super) parted: AtomicPtr<T>,
    pub(super) owns: PhantomData<Arc<T>>,
}

/// What may be visited: it brings the link that it hangs by after it was exchanged, so that exchanging allocates nothing.
///
/// # Safety
/// `link` is the same for one value and no other value's, and nobody else touches it.
pub unsafe trait Linked: Sized {
    /// The value's own link.
    fn link(&self) -> &Link<Self>;
}

/// A value's place in the list of what was exchanged.
pub struct Link<T> {
    next: AtomicPtr<T>,
    hangs: AtomicBool,
}

impl<T> Default for Link<T> {
    fn default() -> Self {
        Self { next: AtomicPtr::new(null_mut()), hangs: AtomicBool::new(false) }
    }
}

impl<T: Linked> Visited<T> {
    /// Begins a visit, with a free place of the thread's own seat to write it down in.
    #[inline]
    pub(super) fn enter<'a>(&'a self, place: &'a AtomicPtr<()>) -> Visit<'a, T> {
        let mut visit = Visit { here: self.at.load(Ordering::Acquire), place, of: PhantomData };
        loop {
            // A release, like leaving: whoever reads it has everything that was done in earlier visits before it.
            place.store(visit.here.cast(), Ordering::Release);
            barrier::light();
            let now = self.at.load(Ordering::Acquire);
            if now == visit.here {
                return visit;
            }
            visit.here = now;
        }
    }

    /// Whether it is `this` that is here.
    pub fn is(&self, this: &T) -> bool {
        std::ptr::eq(self.at.load(Ordering::Acquire), this)
    }

    /// Puts `new` in the place of `old`, if that is what is here.
    pub fn exchange(&self, old: &T, new: Arc<T>) -> bool {
        let (old, new) = (from_ref(old).cast_mut(), Arc::into_raw(new).cast_mut());
        match self.at.compare_exchange(old, new, Ordering::AcqRel, Ordering::Acquire) {
            Ok(old) => {
                self.part(old);
                true
            }
            Err(_) => {
                // SAFETY: from `into_raw` above, and nobody has seen it.
                drop(unsafe { Arc::from_raw(new) });
                false
            }
        }
    }

    /// Puts `new` here and returns what was.
    pub fn put(&self, new: Option<Arc<T>>) -> Option<Arc<T>> {
        let new = new.map_or(null_mut(), |new| Arc::into_raw(new).cast_mut());
        let old = self.at.swap(new, Ordering::AcqRel);
        if old.is_null() {
            return None;
        }
        // SAFETY: from `Arc::into_raw`, and its count is ours; the other one is the caller's.
        let was = unsafe {
            Arc::increment_strong_count(old);
            Arc::from_raw(old)
        };
        self.part(old);
        Some(was)
    }

    /// Hangs what was taken from `at`, with its count, into the list.
    fn part(&self, old: *mut T) {
        // SAFETY: from `Arc::into_raw`, and its count is ours.
        let link = unsafe { &*old }.link();
        if link.hangs.swap(true, Ordering::AcqRel) {
            // It came back here before it was let go, and hangs already: the second count is kept for ever.
            return;
        }
        let mut first = self.parted.load(Ordering::Relaxed);
        loop {
            link.next.store(first, Ordering::Relaxed);
            let hung =
                self.parted.compare_exchange(first, old, Ordering::Release, Ordering::Relaxed);
            match hung {
                Ok(_) => return,
                Err(now) => first = now,
            }
        }
    }

    /// Lets go of what was here and is not looked at by anybody. True: nothing is left.
    pub(super) fn sweep_for(&self, seats: &Seats) -> bool {
        let parted = self.take_parted();
        if parted.is_empty() {
            return true;
        }
        let looked_at = seats.looked_at();
        let stays = |one: &Arc<T>| {
            let one = Arc::as_ptr(one).cast_mut().cast();
            looked_at.as_ref().is_none_or(|looked_at| looked_at.contains(&one))
        };
        let (stay, left): (Vec<_>, Vec<_>) = parted.into_iter().partition(stays);
        drop(left);
        let all = stay.is_empty();
        stay.into_iter().for_each(|one| self.part(Arc::into_raw(one).cast_mut()));
        all
    }

    /// The list, which is empty afterwards.
    fn take_parted(&self) -> Vec<Arc<T>> {
        let mut taken = Vec::new();
        let mut at = self.parted.swap(null_mut(), Ordering::Acquire);
        while !at.is_null() {
            // SAFETY: whatever hangs here came with its count from `Arc::into_raw`, and the swap gave all of it to us.
            let one = unsafe { Arc::from_raw(at) };
            at = one.link().next.load(Ordering::Relaxed);
            one.link().hangs.store(false, Ordering::Release);
            taken.push(one);
        }
        taken
    }
}

impl<T: Linked> Drop for Visited<T> {
    /// Nobody visits any more: that would be a borrow.
    fn drop(&mut self) {
        self.put(None);
        self.take_parted();
    }
}

/// A visit, until it is dropped.
pub(super) struct Visit<'a, T> {
    /// Null, or from `Arc::into_raw`. The place that is visited has a count of it until `sweep_for` lets it go. It was still there
    /// after the light barrier, so that a sweep which could let it go passes its heavy barrier later, and then reads the note.
    here: *mut T,
    place: &'a AtomicPtr<()>,
    of: PhantomData<&'a T>,
}

impl<T> Visit<'_, T> {
    #[inline]
    pub(super) fn look(&self) -> Option<&T> {
        // SAFETY: see the field.
        unsafe { self.here.as_ref() }
    }

    pub(super) fn keep(&self) -> Option<Arc<T>> {
        (!self.here.is_null()).then(|| {
            // SAFETY: see the field; the count is the caller's.
            unsafe {
                Arc::increment_strong_count(self.here);
                Arc::from_raw(self.here)
            }
        })
    }
}

impl<T> Drop for Visit<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.place.store(null_mut(), Ordering::Release);
    }
}
