//! Interleavings of append, seal, rotate, kill and reuse, over the real code of the two words that decide and of the visits of a
//! segment: `RUSTFLAGS="--cfg loom" cargo test --release -p dlogs-journal --test loom`. What surrounds them is a small copy.
#![cfg(loom)]
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

use std::{marker::PhantomData, ptr::null_mut};

use loom::{cell::UnsafeCell, sync::Mutex, thread};

/// Atomics whose accesses loom tries in every order. By itself it remembers only the last access to a word, so that a thread which
/// loads before it exchanges hides whoever loaded before (tokio-rs/loom#392): hence each access counts itself first, at a counter
/// beside the word, and exchanges are never overlooked.
mod sync {
    pub(crate) use loom::sync::Arc;
    use loom::sync::atomic::AtomicUsize;
    pub(crate) use loom::sync::atomic::{Ordering, fence};

    macro_rules! counted {
        ($name:ident $(<$of:ident>)?, $value:ty, $($method:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
            pub(crate) struct $name$(<$of>)? {
                accesses: AtomicUsize,
                word: loom::sync::atomic::$name$(<$of>)?,
            }

            impl$(<$of>)? $name$(<$of>)? {
                pub(crate) fn new(value: $value) -> Self {
                    let word = loom::sync::atomic::$name::new(value);
                    Self { accesses: AtomicUsize::new(0), word }
                }

                $(pub(crate) fn $method(&self, $($argument: $type),*) -> $result {
                    self.accesses.fetch_add(1, Ordering::Relaxed);
                    self.word.$method($($argument),*)
                })*
            }
        };
    }

    counted! { AtomicBool, bool,
        load(order: Ordering) -> bool;
        store(value: bool, order: Ordering) -> ();
        swap(value: bool, order: Ordering) -> bool;
    }
    counted! { AtomicU32, u32,
        compare_exchange(old: u32, new: u32, done: Ordering, not: Ordering) -> Result<u32, u32>;
    }
    counted! { AtomicU64, u64,
        load(order: Ordering) -> u64;
        store(value: u64, order: Ordering) -> ();
        fetch_or(value: u64, order: Ordering) -> u64;
        compare_exchange_weak(old: u64, new: u64, done: Ordering, not: Ordering) -> Result<u64, u64>;
    }
    counted! { AtomicPtr<T>, *mut T,
        load(order: Ordering) -> *mut T;
        store(value: *mut T, order: Ordering) -> ();
        swap(value: *mut T, order: Ordering) -> *mut T;
        compare_exchange(old: *mut T, new: *mut T, done: Ordering, not: Ordering) -> Result<*mut T, *mut T>;
    }
}
/// Both halves as the full fences that they are for each other.
mod barrier {
    use super::sync::{Ordering, fence};

    pub(super) fn light() {
        fence(Ordering::SeqCst);
    }

    pub(super) fn heavy() -> bool {
        fence(Ordering::SeqCst);
        true
    }
}
#[path = "../src/segment/commit.rs"]
mod commit;
#[path = "../src/segment/reserve.rs"]
mod reserve;
#[path = "../src/visit/seat.rs"]
mod seat;
#[path = "../src/visit/visited.rs"]
mod visited;

use commit::TORN;
use reserve::{Reserved, Stop};
use seat::{Seat, Seats};
use sync::{Arc, AtomicPtr, AtomicU32, AtomicU64, Ordering};
use visited::{Link, Linked, Visited};

const FRAME: u64 = 8;

/// A segment of a few frames whose body is one cell: loom finds whoever reads it before it is written, or writes it twice.
struct Segment {
    reserve: AtomicU64,
    first_seq: AtomicU64,
    checks: Vec<AtomicU32>,
    bodies: Vec<UnsafeCell<u32>>,
    next: Mutex<Option<Arc<Segment>>>,
    link: Link<Segment>,
}

unsafe impl Linked for Segment {
    fn link(&self) -> &Link<Segment> {
        &self.link
    }
}

impl Segment {
    fn new(frames: usize, first_seq: u64) -> Arc<Self> {
        Arc::new(Self {
            reserve: AtomicU64::new(Reserved { sealed: false, count: 0, offset: 0 }.pack()),
            first_seq: AtomicU64::new(first_seq),
            checks: (0..frames).map(|_| AtomicU32::new(0)).collect(),
            bodies: (0..frames).map(|_| UnsafeCell::new(0)).collect(),
            next: Mutex::new(None),
            link: Link::default(),
        })
    }

    fn end(&self) -> u64 {
        self.checks.len() as u64 * FRAME
    }
}

/// The current segment, and a seat for each of the two who append.
struct Journal {
    current: Visited<Segment>,
    seats: Seats,
    ours: &'static Seat,
    theirs: &'static Seat,
}

impl Journal {
    fn new(first: &Arc<Segment>) -> Arc<Self> {
        let seats = Seats { first: AtomicPtr::new(null_mut()) };
        let (at, parted) = (AtomicPtr::new(null_mut()), AtomicPtr::new(null_mut()));
        let current = Visited { at, parted, owns: PhantomData };
        current.put(Some(Arc::clone(first)));
        let (ours, theirs) = (seats.claim(), seats.claim());
        Arc::new(Self { current, seats, ours, theirs })
    }

    /// `None`: full, or closed.
    fn append(&self, seat: &Seat, value: u32) -> Option<u64> {
        loop {
            let visit = self.current.enter(seat.place().unwrap());
            let appended = self.append_to(visit.look()?, value)?;
            if appended.is_some() {
                return appended;
            }
        }
    }

    fn append_to(&self, segment: &Segment, value: u32) -> Option<Option<u64>> {
        match reserve::take(&segment.reserve, FRAME, segment.end(), segment.end()) {
            Ok(before) => {
                let seq = segment.first_seq.load(Ordering::Relaxed) + before.count;
                let slot = (before.offset / FRAME) as usize;
                segment.bodies[slot].with_mut(|body| unsafe { *body = value });
                Some(commit::commit(&segment.checks[slot], value).then_some(seq))
            }
            Err(Stop::Kept) => None,
            Err(Stop::Sealed(end)) => {
                let next = segment.next.lock().unwrap().clone()?;
                let first_seq = segment.first_seq.load(Ordering::Relaxed) + end.count;
                next.first_seq.store(first_seq, Ordering::Release);
                self.current.exchange(segment, next);
                Some(None)
            }
        }
    }

    fn close(&self) {
        if let Some(last) = self.current.put(None) {
            reserve::seal(&last.reserve);
        }
    }
}

/// What a reader that runs out of patience finds in a segment: the committed frames' numbers and values.
fn read(segment: &Segment) -> Vec<(u64, u32)> {
    let end = reserve::look(&segment.reserve);
    let first_seq = segment.first_seq.load(Ordering::Acquire);
    let mut found = Vec::new();
    for slot in 0..end.count as usize {
        match commit::kill(&segment.checks[slot]) {
            Ok(()) | Err(TORN) => {}
            Err(check) => {
                let body = segment.bodies[slot].with(|body| unsafe { *body });
                assert_eq!(body, check, "a committed frame is whole");
                found.push((first_seq + slot as u64, body));
            }
        }
    }
    found
}

/// Every interleaving in which threads are interrupted at most three times, or as often as `LOOM_MAX_PREEMPTIONS` says.
fn interleave(what: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound.get_or_insert(3);
    builder.check(what);
}

#[test]
fn numbers_are_dense_and_every_accepted_frame_is_there_across_a_rotation() {
    interleave(|| {
        let first = Segment::new(1, 1);
        let second = Segment::new(2, 0);
        *first.next.lock().unwrap() = Some(Arc::clone(&second));
        let journal = Journal::new(&first);
        let other = {
            let journal = Arc::clone(&journal);
            thread::spawn(move || journal.append(journal.theirs, 7).unwrap())
        };
        let ours = journal.append(journal.ours, 9).unwrap();
        let theirs = other.join().unwrap();
        assert!((ours, theirs) == (1, 2) || (ours, theirs) == (2, 1));
        let mut found = read(&first);
        found.extend(read(&second));
        found.sort();
        let mut expected = vec![(ours, 9), (theirs, 7)];
        expected.sort();
        assert_eq!(found, expected);
    });
}

#[test]
fn a_killed_writer_appends_again_and_nothing_accepted_is_stepped_over() {
    interleave(|| {
        let segment = Segment::new(3, 1);
        let journal = Journal::new(&segment);
        let writer = {
            let journal = Arc::clone(&journal);
            thread::spawn(move || journal.append(journal.theirs, 7).unwrap())
        };
        let early = read(&segment);
        let seq = writer.join().unwrap();
        let all = read(&segment);
        assert_eq!(all, [(seq, 7)], "accepted, whatever the reader killed");
        assert!(early.is_empty() || early == all);
    });
}

#[test]
fn after_close_nothing_is_accepted_and_the_end_is_final() {
    interleave(|| {
        let segment = Segment::new(3, 1);
        let journal = Journal::new(&segment);
        let writer = {
            let journal = Arc::clone(&journal);
            thread::spawn(move || journal.append(journal.theirs, 7))
        };
        journal.close();
        let end = reserve::look(&segment.reserve);
        assert!(end.sealed);
        assert_eq!(journal.append(journal.ours, 9), None);
        let accepted = writer.join().unwrap();
        assert_eq!(accepted.is_some(), end.count == 1, "the end did not move");
        assert_eq!(read(&segment).len() as u64, end.count);
    });
}

#[test]
fn a_segment_is_reused_only_when_every_writer_has_left_it() {
    interleave(|| {
        let first = Segment::new(1, 1);
        let second = Segment::new(2, 0);
        *first.next.lock().unwrap() = Some(Arc::clone(&second));
        let journal = Journal::new(&first);
        let writers: Vec<_> = [(journal.ours, 9), (journal.theirs, 7)]
            .into_iter()
            .map(|(seat, value)| {
                let journal = Arc::clone(&journal);
                thread::spawn(move || journal.append(seat, value))
            })
            .collect();
        // The reader is done with the segment, whoever is still in it, and hands it to the keeper.
        read(&first);
        if reserve::look(&first.reserve).sealed {
            first.next.lock().unwrap().take();
            journal.current.sweep_for(&journal.seats);
            if let Ok(mut left) = Arc::try_unwrap(first) {
                left.bodies.iter_mut().for_each(|body| body.with_mut(|body| unsafe { *body = 0 }));
            }
        }
        for writer in writers {
            writer.join().unwrap();
        }
    });
}

#[test]
fn nothing_is_let_go_while_somebody_looks_at_it() {
    interleave(|| {
        let (first, second) = (Segment::new(1, 1), Segment::new(1, 2));
        let journal = Journal::new(&first);
        let visitor = {
            let journal = Arc::clone(&journal);
            thread::spawn(move || {
                let seat = journal.seats.claim();
                for _ in 0..2 {
                    let visit = journal.current.enter(seat.place().unwrap());
                    visit.look().unwrap().bodies[0].with(|body| unsafe { *body });
                }
            })
        };
        journal.current.exchange(&first, second);
        let swept = journal.current.sweep_for(&journal.seats);
        let unwrapped = Arc::try_unwrap(first);
        assert_eq!(swept, unwrapped.is_ok());
        if let Ok(mut left) = unwrapped {
            left.bodies[0].with_mut(|body| unsafe { *body = 0 });
        }
        visitor.join().unwrap();
        assert!(journal.current.sweep_for(&journal.seats), "nobody is there any more");
    });
}
