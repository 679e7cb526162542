//! Flush and close wait in a thread of their own, so that neither the event loop nor libuv's few threads stand still for them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::thread::{Builder, JoinHandle};

/// What is being waited for, by the number of its ticket. JavaScript asks for the answer; nothing calls it.
#[derive(Default)]
pub(crate) struct Waiting {
    next: RefCell<u32>,
    running: RefCell<HashMap<u32, JoinHandle<String>>>,
}

impl Waiting {
    /// Begins to wait for `answer`; the ticket to ask with. `None`: the system has no more threads.
    pub(crate) fn begin(&self, answer: impl FnOnce() -> String + Send + 'static) -> Option<u32> {
        let thread = Builder::new().name("dlogs-wait".to_owned()).spawn(answer).ok()?;
        let ticket = self.next.replace_with(|next| next.wrapping_add(1));
        self.running.borrow_mut().insert(ticket, thread);
        Some(ticket)
    }

    /// The answer, once, as soon as it is there.
    pub(crate) fn answer(&self, ticket: u32) -> Option<String> {
        let mut running = self.running.borrow_mut();
        if !running.get(&ticket)?.is_finished() {
            return None;
        }
        let thread = running.remove(&ticket)?;
        // A panic there is a defect of ours; the answer then says nothing was sent, nothing waits.
        Some(thread.join().unwrap_or_else(|_| "[0,0,0]".to_owned()))
    }
}
