//! The one writer: takes entries in queue order, drops repeats, fills the memtable, tells observers.

mod keep;
mod merge;
mod room;
mod seal;
mod thread;

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use room::Room;
pub(crate) use thread::{Job, run};

use crate::batch::{Batch, Body, Encoding, Summary};
use crate::catalog::{Catalog, State};
use crate::client_block::ClientBlock;
use crate::entry::{Claim, Entry, Head, Memory};
use crate::ingest::Identity;
use crate::memtable::Memtable;
use crate::merge::{MergeJob, Merged};
use crate::observe::{Law, Observer, Observers, Sighting};
use crate::parts::{PartMeta, PartStore};
use crate::queue::{Appended, Queue};
use crate::seal::{Limits, SealJob, Trouble};
use crate::settings::Settings;
use crate::stream::{Outcome, Stream};
use crate::stream_id::StreamId;

/// Batches remembered by their `Idempotency-Key`, in memory as in the catalog.
const KEYED_MAX: usize = 100_000;
pub(crate) const KEYED_NS: i64 = 24 * 3600 * 1_000_000_000;
/// Client blocks that are shared between a stream's batches.
const CLIENTS_MAX: usize = 10_000;

/// What the writer shows to everybody else.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) memtable: Memtable,
    streams: Mutex<HashMap<StreamId, Stream>>,
    pub(crate) unsealed_bytes: AtomicU64,
    pub(crate) expired_records: AtomicU64,
    /// Everything below has been applied: what a query pins.
    pub(crate) applied: AtomicU64,
    /// Why batches cannot become parts, when they cannot.
    pub(crate) trouble: Mutex<Option<Trouble>>,
}

impl Store {
    /// What is known about a stream.
    pub(crate) fn law(&self, stream: StreamId) -> Option<Law> {
        self.streams().get(&stream).map(Stream::law)
    }

    /// The outcome of a batch that changes nothing, because all of it is held (and durable)
    /// already: it needs no room in the queue, however often an impatient client repeats it.
    pub(crate) fn repeated(&self, claim: &Claim) -> Option<Outcome> {
        let streams = self.streams();
        let known = streams.get(&claim.stream).filter(|known| claim.last_seq <= known.through)?;
        let mut then = known.clone();
        let outcome = then.apply(claim);
        then.last_ns = known.last_ns;
        (then == *known).then_some(outcome)
    }

    fn streams(&self) -> std::sync::MutexGuard<'_, HashMap<StreamId, Stream>> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A batch that is in the queue, on its way into the memtable.
pub(crate) struct Arrival {
    pub(crate) place: Appended,
    pub(crate) entry: Entry,
    pub(crate) statistics: Option<Arc<serde_json::value::RawValue>>,
    pub(crate) replay: bool,
}

/// The writer's own state. One thread owns it; all of it follows from the catalog and the queue.
pub(crate) struct Writer {
    store: Arc<Store>,
    queue: Arc<dyn Queue>,
    catalog: Arc<dyn Catalog>,
    parts: Arc<dyn PartStore>,
    observers: Observers,
    sealer: Sender<SealJob>,
    clock: Arc<dyn Fn() -> i64 + Send + Sync>,
    room: Room,
    limits: Limits,
    settings: Arc<Settings>,
    merger: Sender<MergeJob>,
    merge_stop: Arc<AtomicBool>,
    merging: bool,
    /// Ticks before the next one may begin.
    merge_pause: u32,
    /// A merge that the catalog has not taken yet.
    merged: Option<Merged>,
    epoch: u64,
    committed: u64,
    pending: VecDeque<Pending>,
    /// Of all that is pending.
    unpacked_bytes: u64,
    sealing: Option<seal::Sealing>,
    /// The last seal failed: that is told until one comes through, whatever else the catalog takes meanwhile.
    seal_failed: bool,
    /// Something failed: nothing new is begun before the next tick.
    resting: bool,
    /// Parts without files that the catalog still lists.
    gone: Vec<PartMeta>,
    keyed: VecDeque<(i64, StreamId)>,
    clients: HashMap<StreamId, Arc<ClientBlock>>,
    /// The catalog belongs to another writer: nothing may be done any more.
    deposed: bool,
}

/// An entry that the catalog has not committed yet.
struct Pending {
    next: u64,
    cost_bytes: u64,
    unpacked_bytes: u64,
    claim: Claim,
    identities: Vec<Identity>,
}

/// What a writer works with.
pub(crate) struct Tools {
    pub(crate) store: Arc<Store>,
    pub(crate) queue: Arc<dyn Queue>,
    pub(crate) catalog: Arc<dyn Catalog>,
    pub(crate) parts: Arc<dyn PartStore>,
    pub(crate) observers: Observers,
    pub(crate) sealer: Sender<SealJob>,
    pub(crate) clock: Arc<dyn Fn() -> i64 + Send + Sync>,
    pub(crate) merger: Sender<MergeJob>,
    pub(crate) room: Room,
    pub(crate) limits: Limits,
    pub(crate) settings: Arc<Settings>,
}

impl Writer {
    /// A writer in the state of the catalog. Parts without files are `gone`.
    pub(crate) fn new(tools: Tools, state: State, gone: Vec<PartMeta>) -> Self {
        let Tools { store, queue, catalog, parts, observers, sealer, clock, .. } = tools;
        let keyed = state.streams.iter().filter(|(_, kept, _)| *kept == crate::catalog::Kept::Key);
        let keyed = keyed.map(|(id, _, stream)| (stream.last_ns, *id)).collect();
        store.expired_records.store(state.expired_records, Ordering::Relaxed);
        store.applied.store(state.offset, Ordering::Release);
        store.streams().extend(state.streams.into_iter().map(|(id, _, stream)| (id, stream)));
        Self {
            store,
            queue,
            catalog,
            parts,
            observers,
            sealer,
            clock,
            room: tools.room,
            merger: tools.merger,
            merge_stop: Arc::default(),
            merging: false,
            merge_pause: 0,
            merged: None,
            limits: tools.limits,
            settings: tools.settings,
            epoch: state.epoch,
            committed: state.offset,
            pending: VecDeque::new(),
            unpacked_bytes: 0,
            sealing: None,
            seal_failed: false,
            resting: false,
            gone,
            keyed,
            clients: HashMap::new(),
            deposed: false,
        }
    }

    /// Takes a batch in. When this returns, queries see it.
    pub(crate) fn apply(&mut self, arrival: Arrival) -> Outcome {
        let Arrival { place, entry, statistics, replay } = arrival;
        let claim = &entry.head.claim;
        let outcome = self.account(claim);
        let client = self.share(claim, &entry.head.clients[0]);
        let cost_bytes = Entry::cost_bytes((place.next - place.offset) as usize);
        if !outcome.kept.is_empty() {
            match self.batch(place, &entry, &client, outcome.kept.clone(), cost_bytes) {
                Some(batch) => {
                    self.store.memtable.push(batch.clone());
                    self.observers.stored(&batch, replay);
                }
                None => self.set_aside(place, &entry),
            }
        }
        for (reason, count) in &outcome.newly_rejected {
            self.observers.rejected(&client, reason, *count);
        }
        if outcome.duplicates > 0 {
            self.observers.duplicates(&client, outcome.duplicates);
        }
        if !outcome.conflict {
            self.tell(claim, client, statistics, replay);
        }
        self.store.applied.store(place.next, Ordering::Release);
        self.store.unsealed_bytes.fetch_add(cost_bytes, Ordering::Relaxed);
        let unpacked_bytes = u64::from(entry.head.decoded_bytes);
        self.unpacked_bytes += unpacked_bytes;
        let Head { claim, identities, .. } = entry.head;
        let next = place.next;
        self.pending.push_back(Pending { next, cost_bytes, unpacked_bytes, claim, identities });
        // All that is read again at start is sealed together, when the server is ready.
        if !replay {
            self.seal_if_due();
        }
        outcome
    }

    /// A heartbeat, or a repeated batch: nothing durable changes.
    pub(crate) fn hear(
        &mut self,
        claim: &Claim,
        client: &ClientBlock,
        statistics: Option<Arc<serde_json::value::RawValue>>,
        duplicates: u64,
    ) {
        let client = self.share(claim, client);
        if duplicates > 0 {
            self.observers.duplicates(&client, duplicates);
        }
        self.tell(claim, client, statistics, false);
    }

    /// Shows what is wrong, or that nothing is.
    fn show(&self, trouble: Option<Trouble>) {
        *self.store.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    fn account(&mut self, claim: &Claim) -> Outcome {
        let mut streams = self.store.streams();
        match claim.memory {
            Memory::Once => Stream::default().apply(claim),
            Memory::Stream => streams.entry(claim.stream).or_default().apply(claim),
            Memory::Key => {
                let oldest_ns = claim.received_ns - KEYED_NS;
                while let Some(&(seen_ns, id)) = self.keyed.front() {
                    if seen_ns >= oldest_ns && self.keyed.len() < KEYED_MAX {
                        break;
                    }
                    self.keyed.pop_front();
                    streams.remove(&id);
                }
                let known = streams.contains_key(&claim.stream);
                if !known {
                    self.keyed.push_back((claim.received_ns, claim.stream));
                }
                streams.entry(claim.stream).or_default().apply(claim)
            }
        }
    }

    /// The same block for all batches of a stream, as long as it says the same.
    fn share(&mut self, claim: &Claim, client: &ClientBlock) -> Arc<ClientBlock> {
        if let Some(known) = self.clients.get(&claim.stream)
            && **known == *client
        {
            return known.clone();
        }
        let client = Arc::new(client.clone());
        if claim.memory == Memory::Stream {
            if self.clients.len() >= CLIENTS_MAX {
                self.clients.clear();
            }
            self.clients.insert(claim.stream, client.clone());
        }
        client
    }

    fn tell(
        &self,
        claim: &Claim,
        client: Arc<ClientBlock>,
        statistics: Option<Arc<serde_json::value::RawValue>>,
        replay: bool,
    ) {
        let living = claim.memory == Memory::Stream;
        self.observers.seen(&Sighting {
            stream: living.then_some(claim.stream),
            client,
            statistics,
            losses: claim.losses.clone(),
            end_of_stream: claim.end_of_stream,
            received_ns: claim.received_ns,
            law: living.then(|| self.store.law(claim.stream).unwrap_or_default()),
            replay,
        });
    }

    fn batch(
        &self,
        place: Appended,
        entry: &Entry,
        client: &Arc<ClientBlock>,
        kept: crate::ranges::Ranges,
        cost_bytes: u64,
    ) -> Option<Arc<Batch>> {
        let head = &entry.head;
        let partly = kept != head.claim.present;
        let mut batch = Batch {
            offset: place.offset,
            stream: head.claim.stream,
            client: client.clone(),
            others: head.clients[1..].iter().cloned().map(Arc::new).collect(),
            received_ns: head.claim.received_ns,
            first_seq: head.first_seq,
            kept,
            summary: head.summary.clone(),
            body: self.body(entry),
            cost_bytes,
        };
        if partly {
            let unpacked = batch.unpack().ok()?;
            let mut summary = Summary { mixed: head.summary.mixed, ..Summary::default() };
            unpacked.rows(&batch).for_each(|row| summary.count(row.client, row.level, row.time_ns));
            batch.summary = summary;
        }
        Some(Arc::new(batch))
    }

    /// The body as it was unpacked at the edge, so that neither queries nor the sealer do it again; packed when as
    /// much is unpacked as one seal takes and as comes while it does.
    fn body(&self, entry: &Entry) -> Body {
        let Head { encoding, decoded_bytes, frames_at, .. } = entry.head;
        let unpacked_bytes = self.unpacked_bytes + u64::from(decoded_bytes);
        let room = unpacked_bytes <= self.limits.bytes.saturating_mul(2);
        match entry.unpacked.clone().filter(|_| room) {
            Some(bytes) => Body { encoding: Encoding::Identity, bytes, decoded_bytes, frames_at },
            None => Body { encoding, bytes: entry.body.clone(), decoded_bytes, frames_at },
        }
    }

    /// An entry whose body has spoilt between the edge and here: kept for a human, told, stepped over.
    fn set_aside(&self, place: Appended, entry: &Entry) {
        let kept = self.queue.set_aside(place.offset, &entry.body);
        tracing::error!(offset = place.offset, kept = kept.is_ok(), "a batch cannot be unpacked");
    }
}
