//! One barrier in two halves: a light one for the many who visit, a heavy one for the few who take away. Where the system can
//! make every running thread of the process pass a barrier (Linux, `membarrier`), the light half costs nothing.

use std::sync::atomic::{AtomicBool, Ordering, compiler_fence, fence};

#[cfg(target_os = "linux")]
use rustix::thread::{MembarrierCommand, membarrier};

/// The heavy half reaches all threads. Set before the first segment exists, and never changed while anybody visits.
static REACHES_ALL: AtomicBool = AtomicBool::new(false);

/// Asks the system once; before that, and where it cannot, both halves are full fences.
pub(crate) fn prepare() {
    #[cfg(target_os = "linux")]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            let reaches_all = membarrier(MembarrierCommand::RegisterPrivateExpedited).is_ok()
                && membarrier(MembarrierCommand::PrivateExpedited).is_ok();
            REACHES_ALL.store(reaches_all, Ordering::SeqCst);
        });
    }
}

/// Between a visitor's note and its second look. Either the second look sees what was done before a heavy half, or whoever
/// passed that heavy half sees the note.
#[inline]
pub(super) fn light() {
    if REACHES_ALL.load(Ordering::Relaxed) {
        compiler_fence(Ordering::SeqCst);
    } else {
        fence(Ordering::SeqCst);
    }
}

/// Between taking away and reading the visitors' notes. False: the system refused, and nothing is known of anybody.
pub(super) fn heavy() -> bool {
    fence(Ordering::SeqCst);
    #[cfg(target_os = "linux")]
    if REACHES_ALL.load(Ordering::SeqCst) {
        return membarrier(MembarrierCommand::PrivateExpedited).is_ok();
    }
    true
}
