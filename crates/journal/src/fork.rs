//! What must happen when the process forks. Its handlers never allocate, never wait for long, and never log.

use std::{
    fs::File,
    hint,
    mem::ManuallyDrop,
    os::fd::{AsRawFd, BorrowedFd, RawFd},
    os::unix::fs::MetadataExt,
    sync::Once,
    sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// How long a fork waits for the gate.
const PATIENCE: Duration = Duration::from_secs(1);

static GENERATION: AtomicU64 = AtomicU64::new(0);
/// Held over the few instructions in which a lock descriptor is open and not yet, or no longer, listed below.
static GATE: AtomicBool = AtomicBool::new(false);
static INHERITED: [Slot; 256] = [const { Slot::empty() }; 256];

/// A lock descriptor that a child must close, because an open copy of it would keep the lock after the parent's death.
struct Slot {
    descriptor: AtomicI32,
    device: AtomicU64,
    inode: AtomicU64,
}

impl Slot {
    const fn empty() -> Self {
        Self { descriptor: AtomicI32::new(-1), device: AtomicU64::new(0), inode: AtomicU64::new(0) }
    }

    /// Whether `descriptor` is still the file that was listed: it may be closed, and its number another file's by now.
    #[allow(clippy::unnecessary_cast, reason = "how wide the fields are depends on the system")]
    fn holds(&self, descriptor: RawFd) -> bool {
        // SAFETY: the number is only looked at: if it is not open, fstat says so.
        let descriptor = unsafe { BorrowedFd::borrow_raw(descriptor) };
        rustix::fs::fstat(descriptor).is_ok_and(|found| {
            found.st_dev as u64 == self.device.load(Ordering::Relaxed)
                && found.st_ino as u64 == self.inode.load(Ordering::Relaxed)
        })
    }
}

/// Installs the handlers of `pthread_atfork`, once; later calls do nothing. `Journal::open` calls it.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the handlers are plain functions that live as long as this library, and the C library forgets them when
        // it unloads it. They only use atomics, fstat, close and sched_yield, which a forked child may call.
        unsafe { pthread_atfork(Some(prepare), Some(parent), Some(child)) };
    });
}

/// How often this process was forked off since the handlers were installed: it changes in a child, and nowhere else. One
/// relaxed load.
#[inline]
pub fn generation() -> u64 {
    GENERATION.load(Ordering::Relaxed)
}

unsafe extern "C" {
    fn pthread_atfork(
        prepare: Option<unsafe extern "C" fn()>,
        parent: Option<unsafe extern "C" fn()>,
        child: Option<unsafe extern "C" fn()>,
    ) -> i32;
}

/// Waits for the gate, but not for ever: a fork out of a signal handler may find it held by its own thread.
fn enter() {
    let give_up = Instant::now() + PATIENCE;
    for attempt in 0_u64.. {
        if !GATE.swap(true, Ordering::Acquire) || Instant::now() > give_up {
            return;
        }
        if attempt < 100 { hint::spin_loop() } else { thread::yield_now() }
    }
}

fn leave() {
    GATE.store(false, Ordering::Release);
}

unsafe extern "C" fn prepare() {
    enter();
}

unsafe extern "C" fn parent() {
    leave();
}

unsafe extern "C" fn child() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
    for slot in &INHERITED {
        let descriptor = slot.descriptor.swap(-1, Ordering::Relaxed);
        if descriptor < 0 {
            continue;
        }
        if slot.holds(descriptor) {
            // SAFETY: the slot is the only owner of this descriptor in the child: `Listed` sees the generation and lets go.
            unsafe { rustix::io::close(descriptor) };
        }
    }
    leave();
}

/// An open file that children close when they are forked off.
pub(crate) struct Listed {
    file: ManuallyDrop<File>,
    slot: &'static Slot,
    generation: u64,
}

impl Listed {
    /// Opens a file and lists its descriptor, with no fork in between.
    pub(crate) fn open(open: impl FnOnce() -> std::io::Result<File>) -> std::io::Result<Self> {
        install();
        enter();
        let listed = open().and_then(|file| {
            let found = file.metadata()?;
            let slot = claim(file.as_raw_fd(), found.dev(), found.ino());
            let slot = slot
                .ok_or_else(|| std::io::Error::other("this process has too many journals open"))?;
            Ok(Self { file: ManuallyDrop::new(file), slot, generation: generation() })
        });
        leave();
        listed
    }

    /// The file, unless this is a child's copy of it, or a daemonizer closed it behind our back: then the number may be
    /// somebody else's file by now.
    pub(crate) fn file(&self) -> Option<&File> {
        let ours = self.generation == generation() && self.slot.holds(self.file.as_raw_fd());
        ours.then_some(&*self.file)
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        enter();
        if self.file().is_some() {
            // SAFETY: `file` is taken here and nowhere else, and not used afterwards.
            drop(unsafe { ManuallyDrop::take(&mut self.file) });
        }
        if self.generation == generation() {
            self.slot.descriptor.store(-1, Ordering::Release);
        }
        leave();
    }
}

/// Lists a descriptor. The gate is held, so that nobody else claims.
fn claim(descriptor: RawFd, device: u64, inode: u64) -> Option<&'static Slot> {
    let slot = INHERITED.iter().find(|slot| slot.descriptor.load(Ordering::Relaxed) < 0)?;
    slot.device.store(device, Ordering::Relaxed);
    slot.inode.store(inode, Ordering::Relaxed);
    slot.descriptor.store(descriptor, Ordering::Release);
    Some(slot)
}

#[cfg(test)]
mod tests;
