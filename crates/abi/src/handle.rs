//! Handles: what a host holds instead of a pointer. A stale one is an error code, never undefined behaviour.
//!
//! A handle is a slot's number and the slot's generation. Looking one up takes no lock and no locked instruction; only making
//! and releasing one takes the lock of the free list.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use dlogs::Logger;
use dlogs::visit::{Link, Linked, Visited};

/// Loggers that may live at the same time.
pub(crate) const MAX_HANDLES: usize = 4096;

/// How often a release looks whether everybody has left, and how long it pauses between.
const LOOKS: usize = 100;
const PAUSE: Duration = Duration::from_millis(1);

struct Slot {
    logger: Visited<Held>,
    /// Even: free. Odd: taken. It never repeats within 2^31 uses of a slot.
    generation: AtomicU32,
}

/// What a slot holds.
pub(crate) struct Held {
    pub(crate) logger: Logger,
    link: Link<Held>,
}

// SAFETY: the field is only used here.
unsafe impl Linked for Held {
    fn link(&self) -> &Link<Held> {
        &self.link
    }
}

static SLOTS: [Slot; MAX_HANDLES] =
    [const { Slot { logger: Visited::nothing(), generation: AtomicU32::new(0) } }; MAX_HANDLES];

/// Slots that were used and released, and the number of those that were ever used.
static FREE: Mutex<(Vec<u32>, u32)> = Mutex::new((Vec::new(), 0));

/// Puts a logger into a slot; `None` when all are taken.
pub(crate) fn insert(logger: Logger) -> Option<u64> {
    let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
    let number = match free.0.pop() {
        Some(number) => number,
        None if (free.1 as usize) < MAX_HANDLES => {
            free.1 += 1;
            free.1 - 1
        }
        None => return None,
    };
    let slot = SLOTS.get(number as usize)?;
    slot.logger.sweep();
    slot.logger.put(Some(Arc::new(Held { logger, link: Link::default() })));
    let generation = slot.generation.fetch_add(1, Ordering::AcqRel).wrapping_add(1);
    Some(u64::from(number) | u64::from(generation) << 32)
}

/// Calls with the logger behind a handle, which lives until the call has returned; `None`: the handle is stale. For what is
/// quick: a release waits for it.
#[inline]
pub(crate) fn visit<R>(handle: u64, call: impl FnOnce(Option<&Logger>) -> R) -> R {
    match SLOTS.get((handle & 0xFFFF_FFFF) as usize) {
        // Looked at second: what was found is of this generation, and not of one behind it.
        Some(slot) => slot
            .logger
            .visit(|held| call(held.filter(|_| slot.is_of(handle)).map(|held| &held.logger))),
        None => call(None),
    }
}

/// The logger behind a handle, to keep for a while.
pub(crate) fn get(handle: u64) -> Option<Arc<Held>> {
    let slot = SLOTS.get((handle & 0xFFFF_FFFF) as usize)?;
    slot.logger.get().filter(|_| slot.is_of(handle))
}

/// Frees the slot; the logger ends with its last user. False: the handle was stale. Whoever is appending at this moment is done
/// in a microsecond; if the system has stopped it there, the logger's end waits for the slot's next use.
pub(crate) fn release(handle: u64) -> bool {
    let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
    let number = (handle & 0xFFFF_FFFF) as u32;
    let Some(slot) = SLOTS.get(number as usize) else { return false };
    if !slot.is_of(handle) {
        return false;
    }
    slot.generation.fetch_add(1, Ordering::AcqRel);
    drop(slot.logger.put(None));
    for _ in 0..LOOKS {
        if slot.logger.sweep() {
            break;
        }
        thread::sleep(PAUSE);
    }
    free.0.push(number);
    true
}

impl Slot {
    /// Whether it is taken, and by this handle.
    #[inline]
    fn is_of(&self, handle: u64) -> bool {
        let generation = (handle >> 32) as u32;
        generation & 1 == 1 && self.generation.load(Ordering::Acquire) == generation
    }
}
