//! The list of streams that were heard from, bounded in number and in bytes.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::client_block::ClientBlock;
use crate::clock::ms;
use crate::observe::{Law, Sighting};
use crate::stream_id::StreamId;

use super::history::History;
use super::presence::{Presence, Signs};

/// Streams remembered. Beyond it the one that matters least is forgotten (its records are not).
pub const CLIENTS_MAX: usize = 2_000;

/// Longer statistics are not shown: what is shown of a client must not fill the server.
const STATISTICS_MAX_BYTES: usize = 8 * 1024;

/// Longer names are cut in the list.
const NAME_MAX_CHARS: usize = 256;

/// Every stream that was heard from since the start or the replay.
#[derive(Default)]
pub struct Registry {
    clients: HashMap<StreamId, Client>,
    /// Counts what was heard, so that a reader knows whether anything is new.
    heard: u64,
    /// Over all streams, also those that were forgotten.
    lost: BTreeMap<String, u64>,
}

/// What is known of one stream.
struct Client {
    block: ClientBlock,
    statistics: Option<Arc<RawValue>>,
    waiting: u64,
    law: Law,
    last_seen_ms: u64,
    /// Since the start: what was read again at it tells nothing about the time between.
    history: History,
}

/// One client as spec/api.md shows it.
#[derive(Serialize)]
pub struct Entry<'a> {
    stream: String,
    language: &'a str,
    service: &'a str,
    component: &'a str,
    environment: &'a str,
    host: &'a str,
    pid: Option<u64>,
    sdk_version: &'a str,
    runtime_version: &'a str,
    started_at: &'a str,
    state: &'a str,
    activity: &'a str,
    presence: &'static str,
    last_seen_ms: u64,
    history: Vec<(u64, &'static str)>,
    adopted_by: Option<&'a str>,
    statistics: Option<&'a RawValue>,
    law: LawEntry<'a>,
}

#[derive(Serialize)]
struct LawEntry<'a> {
    stored: u64,
    rejected: u64,
    lost: BTreeMap<&'a str, u64>,
    waiting: u64,
    gaps: &'a [(u64, u64)],
    through: u64,
}

impl Registry {
    /// Notes a hearing. Those without a stream (plain JSON) are no clients: nothing of them can be silent.
    pub fn see(&mut self, sighting: &Sighting) {
        let Some(stream) = sighting.stream else {
            return;
        };
        self.heard += 1;
        if !self.clients.contains_key(&stream) && self.clients.len() >= CLIENTS_MAX {
            self.forget_one();
        }
        let client = self.clients.entry(stream).or_insert_with(Client::unheard);
        client.hear(sighting, &mut self.lost);
    }

    /// All clients: those that are there first, then by name, so that the list stands still.
    pub fn entries(&self, now_ms: u64) -> Vec<Entry<'_>> {
        let mut clients: Vec<_> = self
            .clients
            .iter()
            .map(|(stream, client)| (client.presence(now_ms), stream, client))
            .collect();
        clients.sort_unstable_by_key(|(presence, stream, client)| {
            (*presence, &client.block.language, &client.block.service, *stream)
        });
        clients
            .into_iter()
            .map(|(presence, stream, client)| client.entry(*stream, presence, now_ms))
            .collect()
    }

    /// Differs when [`Registry::entries`] does.
    pub fn version(&self, now_ms: u64) -> u64 {
        // A sum, because the map has no order.
        let presences = self.clients.iter().map(|(stream, client)| {
            let mut hasher = DefaultHasher::new();
            (stream, client.presence(now_ms)).hash(&mut hasher);
            hasher.finish()
        });
        presences.fold(self.heard, u64::wrapping_add)
    }

    /// How many clients of each language are in each presence.
    pub fn census(&self, now_ms: u64) -> HashMap<String, HashMap<Presence, u64>> {
        let mut census: HashMap<String, HashMap<Presence, u64>> = HashMap::new();
        for client in self.clients.values() {
            let presences = census.entry(client.block.language.clone()).or_default();
            *presences.entry(client.presence(now_ms)).or_default() += 1;
        }
        census
    }

    /// Declared losses by reason.
    pub fn lost(&self) -> Vec<(String, u64)> {
        self.lost.iter().map(|(reason, n)| (reason.clone(), *n)).collect()
    }

    /// Forgets one that has ended, else the one that was heard from longest ago.
    fn forget_one(&mut self) {
        let rank = |client: &Client| {
            let over = client.law.ended || !client.block.adopted_by.is_empty();
            (!over, client.last_seen_ms)
        };
        let least = self.clients.iter().min_by_key(|(_, client)| rank(client));
        if let Some(stream) = least.map(|(stream, _)| *stream) {
            self.clients.remove(&stream);
        }
    }
}

impl Client {
    fn unheard() -> Self {
        Self {
            block: ClientBlock::default(),
            statistics: None,
            waiting: 0,
            law: Law::default(),
            last_seen_ms: 0,
            history: History::default(),
        }
    }

    fn hear(&mut self, sighting: &Sighting, lost: &mut BTreeMap<String, u64>) {
        let received_ms = ms(sighting.received_ns);
        self.history = self.settled(received_ms);
        self.block = shortened(&sighting.client);
        self.last_seen_ms = self.last_seen_ms.max(received_ms);
        if let Some(statistics) = &sighting.statistics {
            self.waiting = waiting(statistics);
            let short = statistics.get().len() <= STATISTICS_MAX_BYTES;
            self.statistics = short.then(|| statistics.clone());
        }
        if let Some(law) = &sighting.law {
            for (reason, n) in &law.lost {
                let known = self.law.lost.iter().find(|(name, _)| name == reason);
                let new = n.saturating_sub(known.map_or(0, |(_, n)| *n));
                *lost.entry(reason.clone()).or_default() += new;
            }
            self.law = law.clone();
        }
        self.law.ended |= sighting.end_of_stream;
        if !sighting.replay {
            self.history.note(received_ms, self.after(0));
        }
    }

    /// The history with what time alone has changed until now.
    fn settled(&self, now_ms: u64) -> History {
        let mut history = self.history.clone();
        history.settle(self.last_seen_ms, now_ms, |silent_for_ms| self.after(silent_for_ms));
        history
    }

    fn presence(&self, now_ms: u64) -> Presence {
        self.after(now_ms.saturating_sub(self.last_seen_ms))
    }

    /// What it is when nothing more is heard for so long.
    fn after(&self, silent_for_ms: u64) -> Presence {
        Presence::of(Signs {
            silent_for_ms,
            state: &self.block.state,
            ended: self.law.ended,
            adopted: !self.block.adopted_by.is_empty(),
        })
    }

    fn entry(&self, stream: StreamId, presence: Presence, now_ms: u64) -> Entry<'_> {
        let block = &self.block;
        let lost = self.law.lost.iter().map(|(reason, n)| (reason.as_str(), *n)).collect();
        Entry {
            stream: stream.to_string(),
            language: &block.language,
            service: &block.service,
            component: &block.component,
            environment: &block.environment,
            host: &block.host,
            pid: block.pid,
            sdk_version: &block.sdk_version,
            runtime_version: &block.runtime_version,
            started_at: &block.started_at,
            state: &block.state,
            activity: &block.activity,
            presence: presence.as_str(),
            last_seen_ms: self.last_seen_ms,
            history: self.settled(now_ms).shown(),
            adopted_by: Some(block.adopted_by.as_str()).filter(|adopter| !adopter.is_empty()),
            statistics: self.statistics.as_deref(),
            law: LawEntry {
                stored: self.law.stored,
                rejected: self.law.rejected,
                lost,
                waiting: self.waiting,
                gaps: &self.law.gaps,
                through: self.law.through,
            },
        }
    }
}

/// The block without its metadata, every name at most 256 characters: a block may be 64 KiB, and there may be thousands.
fn shortened(block: &ClientBlock) -> ClientBlock {
    let short = |text: &str| text.chars().take(NAME_MAX_CHARS).collect::<String>();
    ClientBlock {
        language: short(&block.language),
        sdk_version: short(&block.sdk_version),
        runtime_version: short(&block.runtime_version),
        service: short(&block.service),
        component: short(&block.component),
        environment: short(&block.environment),
        host: short(&block.host),
        pid: block.pid,
        started_at: short(&block.started_at),
        state: short(&block.state),
        activity: short(&block.activity),
        metadata: serde_json::Map::new(),
        adopted_by: short(&block.adopted_by),
    }
}

/// `waiting` of the client's statistics; 0 when it does not say.
fn waiting(statistics: &RawValue) -> u64 {
    #[derive(Deserialize)]
    struct Waiting {
        #[serde(default)]
        waiting: u64,
    }
    serde_json::from_str::<Waiting>(statistics.get()).map_or(0, |found| found.waiting)
}
