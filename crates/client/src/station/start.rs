//! Starts the two threads, once: at start() or with the first record.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Station;
use crate::events::Event;
use crate::sender::Sender;
use crate::{keeper, sender};

impl Station {
    pub(crate) fn is_started(&self) -> bool {
        self.started.load(Ordering::Acquire)
    }

    /// Starts the threads if they are not. Where the system gives no thread, records wait in the journal.
    pub(crate) fn start(self: &Arc<Station>) {
        if self.started.swap(true, Ordering::AcqRel) {
            return;
        }
        let Some(parts) = self.take_parts() else {
            return;
        };
        let transport = (self.make_transport)(&self.options);
        let sender = Sender::new(Arc::clone(self), parts.reader, transport);
        let spawned =
            sender::spawn(sender).and_then(|()| keeper::spawn(Arc::clone(self), parts.keeper));
        if let Err(error) = spawned {
            let message = format!("no thread for the client: {error}; records wait in the journal");
            self.tally().last_error = Some(message.clone());
            self.events.push(Event::Alert { reason: "threads", message });
        }
    }
}
