//! Every interleaving of append, seal, rotate, kill and reuse, over the real code of the two words that decide:
//! `RUSTFLAGS="--cfg loom" cargo test --release -p dlogs-journal --test loom`. What surrounds them is a small copy.
#![cfg(loom)]
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

use loom::{
    cell::UnsafeCell,
    sync::{Arc, Mutex},
    thread,
};

mod sync {
    pub(crate) use loom::sync::atomic::{AtomicU32, AtomicU64, Ordering};
}
#[path = "../src/segment/commit.rs"]
mod commit;
#[path = "../src/segment/reserve.rs"]
mod reserve;

use commit::TORN;
use reserve::{Reserved, Stop};
use sync::{AtomicU32, AtomicU64, Ordering};

const FRAME: u64 = 8;

/// A segment of a few frames whose body is one cell: loom finds whoever reads it before it is written, or writes it twice.
struct Segment {
    reserve: AtomicU64,
    first_seq: AtomicU64,
    checks: Vec<AtomicU32>,
    bodies: Vec<UnsafeCell<u32>>,
    next: Mutex<Option<Arc<Segment>>>,
}

impl Segment {
    fn new(frames: usize, first_seq: u64) -> Arc<Self> {
        Arc::new(Self {
            reserve: AtomicU64::new(Reserved { sealed: false, count: 0, offset: 0 }.pack()),
            first_seq: AtomicU64::new(first_seq),
            checks: (0..frames).map(|_| AtomicU32::new(0)).collect(),
            bodies: (0..frames).map(|_| UnsafeCell::new(0)).collect(),
            next: Mutex::new(None),
        })
    }

    fn end(&self) -> u64 {
        self.checks.len() as u64 * FRAME
    }
}

/// Loading and swapping the current segment, as `arc-swap` does it: whoever has it keeps it alive.
struct Journal {
    current: Mutex<Option<Arc<Segment>>>,
}

impl Journal {
    fn new(first: &Arc<Segment>) -> Arc<Self> {
        Arc::new(Self { current: Mutex::new(Some(Arc::clone(first))) })
    }

    fn load(&self) -> Option<Arc<Segment>> {
        self.current.lock().unwrap().clone()
    }

    /// `None`: full, or closed.
    fn append(&self, value: u32) -> Option<u64> {
        loop {
            let segment = self.load()?;
            match reserve::take(&segment.reserve, FRAME, segment.end(), segment.end()) {
                Ok(before) => {
                    let seq = segment.first_seq.load(Ordering::Relaxed) + before.count;
                    let slot = (before.offset / FRAME) as usize;
                    segment.bodies[slot].with_mut(|body| unsafe { *body = value });
                    if commit::commit(&segment.checks[slot], value) {
                        return Some(seq);
                    }
                }
                Err(Stop::Kept) => return None,
                Err(Stop::Sealed(end)) => {
                    let next = segment.next.lock().unwrap().clone()?;
                    next.first_seq.store(
                        segment.first_seq.load(Ordering::Relaxed) + end.count,
                        Ordering::Release,
                    );
                    let mut current = self.current.lock().unwrap();
                    if current.as_ref().is_some_and(|current| Arc::ptr_eq(current, &segment)) {
                        *current = Some(next);
                    }
                }
            }
        }
    }

    fn close(&self) {
        if let Some(last) = self.current.lock().unwrap().take() {
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

#[test]
fn numbers_are_dense_and_every_accepted_frame_is_there_across_a_rotation() {
    loom::model(|| {
        let first = Segment::new(1, 1);
        let second = Segment::new(2, 0);
        *first.next.lock().unwrap() = Some(Arc::clone(&second));
        let journal = Journal::new(&first);
        let other = {
            let journal = Arc::clone(&journal);
            thread::spawn(move || journal.append(7).unwrap())
        };
        let ours = journal.append(9).unwrap();
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
    loom::model(|| {
        let segment = Segment::new(3, 1);
        let journal = Journal::new(&segment);
        let writer = {
            let journal = Arc::clone(&journal);
            thread::spawn(move || journal.append(7).unwrap())
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
    loom::model(|| {
        let segment = Segment::new(3, 1);
        let journal = Journal::new(&segment);
        let writer = {
            let journal = Arc::clone(&journal);
            thread::spawn(move || journal.append(7))
        };
        journal.close();
        let end = reserve::look(&segment.reserve);
        assert!(end.sealed);
        assert_eq!(journal.append(9), None);
        let accepted = writer.join().unwrap();
        assert_eq!(accepted.is_some(), end.count == 1, "the end did not move");
        assert_eq!(read(&segment).len() as u64, end.count);
    });
}

#[test]
fn a_segment_is_reused_only_when_every_writer_has_left_it() {
    loom::model(|| {
        let first = Segment::new(1, 1);
        let second = Segment::new(2, 0);
        *first.next.lock().unwrap() = Some(Arc::clone(&second));
        let journal = Journal::new(&first);
        let writers: Vec<_> = [7, 9]
            .into_iter()
            .map(|value| {
                let journal = Arc::clone(&journal);
                thread::spawn(move || journal.append(value))
            })
            .collect();
        // The reader is done with the segment, whoever is still in it, and hands it to the keeper.
        read(&first);
        if reserve::look(&first.reserve).sealed {
            first.next.lock().unwrap().take();
            if let Ok(mut left) = Arc::try_unwrap(first) {
                left.bodies.iter_mut().for_each(|body| body.with_mut(|body| unsafe { *body = 0 }));
            }
        }
        for writer in writers {
            writer.join().unwrap();
        }
    });
}
