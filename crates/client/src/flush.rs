//! Flush as a future, for any runtime or none: a thread of its own waits and wakes. None of ours is woken by a host's waker.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use crate::Logger;

/// Resolves to the number of records that are left, as [`Logger::flush`] returns it.
#[derive(Debug)]
pub struct Flush {
    job: Option<(Logger, Duration)>,
    slot: Arc<Mutex<Slot>>,
}

#[derive(Debug, Default)]
struct Slot {
    left: Option<u64>,
    waker: Option<Waker>,
}

impl Flush {
    pub(crate) fn of(logger: Logger, timeout: Duration) -> Flush {
        Flush { job: Some((logger, timeout)), slot: Arc::default() }
    }
}

impl Future for Flush {
    type Output = u64;

    fn poll(mut self: Pin<&mut Flush>, context: &mut Context<'_>) -> Poll<u64> {
        if let Some((logger, timeout)) = self.job.take() {
            let slot = Arc::clone(&self.slot);
            let waiting = logger.stats().waiting;
            let spawned = thread::Builder::new().name("dlogs-flush".to_owned()).spawn(move || {
                let left = logger.flush(timeout);
                let waker = {
                    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
                    slot.left = Some(left);
                    slot.waker.take()
                };
                if let Some(waker) = waker {
                    waker.wake();
                }
            });
            if spawned.is_err() {
                return Poll::Ready(waiting);
            }
        }
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        match slot.left {
            Some(left) => Poll::Ready(left),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
