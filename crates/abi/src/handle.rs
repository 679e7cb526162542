//! Handles: what a host holds instead of a pointer. A stale one is an error code, never undefined behaviour.
//!
//! A handle is a slot's number and the slot's generation. Looking one up takes one atomic load and no lock; only making and
//! releasing one takes the lock of the free list.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::{ArcSwapOption, Guard};
use dlogs::Logger;

/// Loggers that may live at the same time.
pub(crate) const MAX_HANDLES: usize = 4096;

struct Slot {
    logger: ArcSwapOption<Logger>,
    /// Even: free. Odd: taken. It never repeats within 2^31 uses of a slot.
    generation: AtomicU32,
}

static SLOTS: [Slot; MAX_HANDLES] =
    [const { Slot { logger: ArcSwapOption::const_empty(), generation: AtomicU32::new(0) } };
        MAX_HANDLES];

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
    slot.logger.store(Some(Arc::new(logger)));
    let generation = slot.generation.fetch_add(1, Ordering::AcqRel).wrapping_add(1);
    Some(u64::from(number) | u64::from(generation) << 32)
}

/// The logger behind a handle, for as long as the guard lives.
#[inline]
pub(crate) fn get(handle: u64) -> Option<Guard<Option<Arc<Logger>>>> {
    let slot = SLOTS.get((handle & 0xFFFF_FFFF) as usize)?;
    let generation = (handle >> 32) as u32;
    if generation & 1 == 0 || slot.generation.load(Ordering::Acquire) != generation {
        return None;
    }
    let guard = slot.logger.load();
    guard.is_some().then_some(guard)
}

/// Frees the slot; the logger ends with its last user. False: the handle was stale.
pub(crate) fn release(handle: u64) -> bool {
    let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
    let number = (handle & 0xFFFF_FFFF) as u32;
    let Some(slot) = SLOTS.get(number as usize) else { return false };
    let generation = (handle >> 32) as u32;
    if generation & 1 == 0 || slot.generation.load(Ordering::Acquire) != generation {
        return false;
    }
    slot.generation.fetch_add(1, Ordering::AcqRel);
    slot.logger.store(None);
    free.0.push(number);
    true
}
