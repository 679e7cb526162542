//! Who logs: one entry a stream, with its presence, its own statistics and the law. It never guesses a state and never
//! stores a record.

mod history;
pub mod presence;
pub mod registry;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::batch::{Batch, Summary};
use crate::client_block::ClientBlock;
use crate::observe::{Observer, Sighting};

use presence::Presence;
use registry::{Entry, Registry};

/// The registry, fed by the writer and read by the page.
#[derive(Default)]
pub struct Clients {
    registry: Mutex<Registry>,
}

impl Clients {
    /// A JSON object `{"clients": […]}` as spec/api.md draws it.
    pub fn json(&self, now_ms: u64) -> String {
        #[derive(serde::Serialize)]
        struct Answer<'a> {
            clients: Vec<Entry<'a>>,
        }
        let registry = self.lock();
        text(&Answer { clients: registry.entries(now_ms) })
    }

    /// The `clients` frame of the live socket.
    pub fn frame(&self, now_ms: u64) -> String {
        #[derive(serde::Serialize)]
        struct Frame<'a> {
            r#type: &'static str,
            clients: Vec<Entry<'a>>,
        }
        let registry = self.lock();
        text(&Frame { r#type: "clients", clients: registry.entries(now_ms) })
    }

    /// A number that differs when the frame would: something was heard, or a presence changed by time alone.
    pub fn version(&self, now_ms: u64) -> u64 {
        self.lock().version(now_ms)
    }

    /// How many clients of each language are in each presence.
    pub fn census(&self, now_ms: u64) -> HashMap<String, HashMap<Presence, u64>> {
        self.lock().census(now_ms)
    }

    /// Sequence numbers that clients declared lost, by reason, over all streams seen since the start.
    pub fn lost(&self) -> Vec<(String, u64)> {
        self.lock().lost()
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        // A panic elsewhere cannot leave the registry half changed in a way that matters: it is only shown.
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Clients {
    fn seen(&self, sighting: &Sighting) {
        self.lock().see(sighting);
    }

    fn stored(&self, _: &Arc<Batch>, _: bool) {}
    fn rejected(&self, _: &ClientBlock, _: &'static str, _: u64) {}
    fn duplicates(&self, _: &ClientBlock, _: u64) {}
    fn held(&self, _: &Summary) {}
    fn expired(&self, _: u64) {}
}

/// These types have string keys and no failing serializer, so the empty object is never seen.
fn text(answer: &impl serde::Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_else(|_| String::from("{}"))
}
