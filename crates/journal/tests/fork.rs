//! What a forked child finds: nothing of its parent's to write to, to lock, or to remove.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

mod support;

use std::{
    path::Path,
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use dlogs_journal::visit::{Link, Linked, Visited};
use dlogs_journal::{Journal, Refusal, RefusedReason, Taken, fork, inspect};
use support::{ALL, Scratch};

unsafe extern "C" {
    fn fork() -> i32;
    fn waitpid(pid: i32, status: *mut i32, options: i32) -> i32;
    fn _exit(status: i32) -> !;
}

/// Runs `child` in a forked child; true if it returned true.
fn in_child(child: impl FnOnce() -> bool) -> bool {
    // SAFETY: the child runs only what the test gives it and leaves by `_exit`, whatever happens; the C library's
    // allocator works after a fork.
    unsafe {
        match fork() {
            0 => {
                let good =
                    std::panic::catch_unwind(std::panic::AssertUnwindSafe(child)).unwrap_or(false);
                _exit(i32::from(!good))
            }
            pid => {
                let mut status = -1;
                assert_eq!(waitpid(pid, &raw mut status, 0), pid);
                status == 0
            }
        }
    }
}

#[test]
fn a_child_neither_writes_into_its_parents_journal_nor_releases_nor_closes_it() {
    let scratch = Scratch::new();
    let mut opened = Journal::open(scratch.settings()).unwrap();
    opened.journal.append(1, false, b"before").unwrap();
    let before = fork::generation();
    let mut reader = opened.reader;
    let (journal, keeper) = (&opened.journal, &mut opened.keeper);
    assert!(in_child(|| {
        assert_eq!(fork::generation(), before + 1);
        assert_eq!(journal.append(1, true, b"child"), Err(Refusal::Closed));
        journal.refuse(RefusedReason::Closed);
        journal.close();
        keeper.keep(Instant::now());
        assert!(keeper.orphans().is_empty());
        assert_eq!(reader.take(ALL, Instant::now(), &mut Vec::new()), Taken::Nothing);
        reader.release(1);
        !reader.finish()
    }));
    assert_eq!(fork::generation(), before);
    assert_eq!(opened.journal.append(1, false, b"after"), Ok(2));
    assert_eq!((opened.journal.refused(), opened.journal.accepted()), ([0; 4], 2));
}

#[test]
fn a_childs_own_journal_is_another_stream() {
    let scratch = Scratch::new();
    let opened = Journal::open(scratch.settings()).unwrap();
    assert!(in_child(|| {
        let own = Journal::open(scratch.settings()).unwrap();
        assert_ne!(own.journal.stream(), opened.journal.stream());
        own.journal.append(1, false, b"child").unwrap();
        // As `_exit` leaves it.
        std::mem::forget(own);
        true
    }));
    let mut opened = opened;
    let mut orphans = opened.keeper.orphans();
    assert_eq!(orphans.len(), 1, "the child is dead, and its record is adopted");
    assert!(matches!(
        orphans[0].take(ALL, Instant::now(), &mut Vec::new()),
        Taken::Batch { count: 1, .. }
    ));
}

#[derive(Default)]
struct Room(Link<Room>);

// SAFETY: the link is only used here.
unsafe impl Linked for Room {
    fn link(&self) -> &Link<Room> {
        &self.0
    }
}

#[test]
fn a_child_lets_go_of_what_its_own_threads_have_left_and_keeps_what_its_parents_were_in() {
    let scratch = Scratch::new();
    let _opened = Journal::open(scratch.settings()).unwrap();
    let place = Visited::nothing();
    place.put(Some(Arc::new(Room::default())));
    thread::scope(|scope| {
        let ((arrived, arrival), (go, gone)) = (mpsc::channel(), mpsc::channel::<()>());
        let place = &place;
        let visitor = scope.spawn(move || {
            place.visit(|_| {
                arrived.send(()).unwrap();
                gone.recv().unwrap();
            });
        });
        arrival.recv().unwrap();
        assert!(in_child(|| {
            let before = Arc::downgrade(&place.put(Some(Arc::new(Room::default()))).unwrap());
            let own = Arc::downgrade(&place.put(None).unwrap());
            !place.sweep() && before.strong_count() == 1 && own.strong_count() == 0
        }));
        drop(place.put(None));
        assert!(!place.sweep(), "the child's doings are the child's");
        go.send(()).unwrap();
        visitor.join().unwrap();
        assert!(place.sweep());
    });
}

/// Adopts, as soon as the handlers of children that were just forked have run.
fn adopts(home: &Path, deadline: Instant) -> bool {
    loop {
        if inspect::adopt(home).unwrap().is_some() {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        thread::yield_now();
    }
}

#[test]
fn a_living_child_does_not_hold_the_lock_of_a_journal_that_its_parent_let_go() {
    let scratch = Scratch::new();
    let opened = Journal::open(scratch.settings()).unwrap();
    opened.journal.append(1, false, b"x").unwrap();
    let home = scratch.root().join(opened.journal.stream().to_string());
    // SAFETY: the child does nothing but wait to be killed.
    let pid = unsafe { fork() };
    if pid == 0 {
        loop {
            thread::park();
        }
    }
    drop(opened);
    let adopted = adopts(&home, Instant::now() + Duration::from_secs(20));
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty()).unwrap();
    assert!(adopted);
}

#[test]
fn forks_between_opening_and_locking_leave_no_lock_behind() {
    let scratch = Scratch::new();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (stop, scratch) = (&stop, &scratch);
        // Children that live on, as a prefork server's do, while journals are opened and let go.
        let forker = scope.spawn(move || {
            let mut children = Vec::new();
            while !stop.load(Ordering::Relaxed) && children.len() < 100 {
                // SAFETY: the child does nothing but wait to be killed.
                let pid = unsafe { fork() };
                if pid == 0 {
                    loop {
                        thread::park();
                    }
                }
                children.push(pid);
            }
            children
        });
        let mut copies = Vec::new();
        for _ in 0..60 {
            let opened = Journal::open(scratch.settings()).unwrap();
            opened.journal.append(1, false, b"x").unwrap();
            copies.push(scratch.root().join(opened.journal.stream().to_string()));
        }
        stop.store(true, Ordering::Relaxed);
        let children = forker.join().unwrap();
        // A child that has only just begun still closes what it has inherited.
        let deadline = Instant::now() + Duration::from_secs(20);
        let adopted: Vec<bool> = copies.iter().map(|copy| adopts(copy, deadline)).collect();
        for pid in &children {
            let pid = rustix::process::Pid::from_raw(*pid).unwrap();
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
            rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty()).unwrap();
        }
        assert!(!children.is_empty());
        assert!(adopted.iter().all(|adopted| *adopted), "a living child keeps a lock: {adopted:?}");
    });
}
