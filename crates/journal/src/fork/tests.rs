//! Forks at the worst instants. The children do nothing that could wait for a lock of the test harness.

use std::{
    fs::File,
    os::unix::fs::MetadataExt,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::*;

unsafe extern "C" {
    fn fork() -> i32;
    fn _exit(status: i32) -> !;
}

/// Forks, and says whether the child found no open descriptor of the file with this inode.
fn child_is_without(inode: u64) -> bool {
    // SAFETY: the child only looks at descriptors and leaves.
    let pid = unsafe { fork() };
    if pid == 0 {
        let open = (3..256).any(|number| {
            // SAFETY: only looked at; if it is not open, fstat says so.
            let descriptor = unsafe { BorrowedFd::borrow_raw(number) };
            rustix::fs::fstat(descriptor).is_ok_and(|found| found.st_ino == inode)
        });
        // SAFETY: ends the child, and nothing of the parent's runs in it.
        unsafe { _exit(i32::from(open)) }
    }
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    let (_, status) = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty())
        .unwrap()
        .unwrap();
    status.exit_status() == Some(0)
}

fn make(path: &std::path::Path) -> std::io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

#[test]
fn a_child_closes_what_is_listed() {
    let scratch = tempfile::tempdir().unwrap();
    let listed = Listed::open(|| make(&scratch.path().join("lock"))).unwrap();
    let inode = listed.file().unwrap().metadata().unwrap().ino();
    assert!(child_is_without(inode));
    assert!(listed.file().is_some(), "the parent's is open still");
}

#[test]
fn a_fork_waits_while_a_descriptor_is_open_and_not_yet_listed() {
    let scratch = tempfile::tempdir().unwrap();
    let about_to_fork = AtomicBool::new(false);
    thread::scope(|scope| {
        let (path, about_to_fork) = (scratch.path().join("lock"), &about_to_fork);
        let mut forker = None;
        let listed = Listed::open(|| {
            let file = make(&path)?;
            let inode = file.metadata()?.ino();
            forker = Some(scope.spawn(move || {
                about_to_fork.store(true, Ordering::Release);
                child_is_without(inode)
            }));
            while !about_to_fork.load(Ordering::Acquire) {
                thread::yield_now();
            }
            // Long enough for a fork that does not wait; far less than one that waits would give up after.
            let long_enough = Instant::now() + PATIENCE / 50;
            while Instant::now() < long_enough {
                thread::yield_now();
            }
            Ok(file)
        })
        .unwrap();
        assert!(forker.unwrap().join().unwrap());
        drop(listed);
    });
}

#[test]
fn a_number_that_means_another_file_by_now_is_neither_used_nor_closed() {
    let scratch = tempfile::tempdir().unwrap();
    let listed = Listed::open(|| make(&scratch.path().join("lock"))).unwrap();
    let number = listed.file().unwrap().as_raw_fd();
    let other = make(&scratch.path().join("other")).unwrap();
    // As after a daemonizer closed everything: the number is taken over by another file.
    // SAFETY: `number` is open, and `listed` is the only one who knows it and sees that it is another file now.
    unsafe { dup2(other.as_raw_fd(), number) };
    assert!(listed.file().is_none());
    drop(listed);
    // SAFETY: only looked at.
    let borrowed = unsafe { BorrowedFd::borrow_raw(number) };
    assert_eq!(
        rustix::fs::fstat(borrowed).unwrap().st_ino,
        other.metadata().unwrap().ino(),
        "open still"
    );
    // SAFETY: made by `dup2` above, and nobody else's.
    unsafe { rustix::io::close(number) };
}

unsafe extern "C" {
    fn dup2(old: RawFd, new: RawFd) -> RawFd;
}
