//! What `dlogs serve` can be told. Every number has its unit in its name.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use crate::retention::{Reserve, Rules};
use crate::seal::Limits;
use crate::settings::Setting;

/// The server's configuration; `Config::at(data_dir)` has the defaults.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to listen on. Anything but loopback needs an API key, or `no_auth`.
    pub host: IpAddr,
    /// Port; 0 takes a free one.
    pub port: u16,
    /// Directory of the queue and the catalog; created with mode 0700.
    pub data_dir: PathBuf,
    /// Serve other machines without API keys.
    pub no_auth: bool,
    /// Origins besides our own address that browsers may come from, such as `https://logs.example.com`.
    pub public_urls: Vec<String>,
    /// Bytes of batches that are in no part yet; past it 429. Sealing begins at a quarter of it.
    pub max_unsealed_bytes: u64,
    /// Unpacked bytes of records from which on they are sealed into a part.
    pub seal_bytes: u64,
    /// Records wait no longer than this for their part.
    pub seal_age_ms: u64,
    /// Parts whose newest record is older leave.
    pub keep_age_ms: u64,
    /// Bytes of all parts; past it the oldest leave. 0 sets no bound.
    pub keep_bytes: u64,
    /// While the disk has less free, the oldest parts leave; 0 keeps them whatever happens.
    pub keep_free_bytes: u64,
    /// How often what is due by time is looked for (seals, retention, merges), and what failed is
    /// tried again.
    pub housekeeping_ms: u64,
    /// Bytes of the disk that are held back and given up below `min_free_bytes`; 0 holds none.
    pub reserve_bytes: u64,
    /// Bytes of request bodies in flight, over all connections; past it 429.
    pub max_inflight_bytes: u64,
    /// Below this free space ingest answers 503 `disk_full`.
    pub min_free_bytes: u64,
    /// Open connections; more wait in the kernel's backlog.
    pub max_connections: usize,
    /// A connection must send a request's head within this time.
    pub header_timeout_ms: u64,
    /// A request's body must arrive within this time.
    pub body_timeout_ms: u64,
    /// A graceful stop waits this long for requests in flight.
    pub shutdown_timeout_ms: u64,
    /// Older records are rejected as `too_old`.
    pub max_age_ms: u64,
    /// Records further in the future are rejected as `too_new`.
    pub max_ahead_ms: u64,
    /// A query that takes longer answers with what it has, `partial: true`.
    pub query_timeout_ms: u64,
    /// What a flag said and the page therefore may not change.
    pub flagged: Vec<Setting>,
}

impl Config {
    /// The defaults, with the data under the given directory.
    pub fn at(data_dir: impl Into<PathBuf>) -> Self {
        const MIB: u64 = 1024 * 1024;
        const DAY_MS: u64 = 86_400_000;
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 5000,
            data_dir: data_dir.into(),
            no_auth: false,
            public_urls: Vec::new(),
            max_unsealed_bytes: 128 * MIB,
            seal_bytes: 64 * MIB,
            seal_age_ms: 300_000,
            keep_age_ms: 180 * DAY_MS,
            keep_bytes: 0,
            keep_free_bytes: 256 * MIB,
            housekeeping_ms: 1000,
            reserve_bytes: 64 * MIB,
            max_inflight_bytes: 64 * MIB,
            min_free_bytes: 64 * MIB,
            max_connections: 4096,
            header_timeout_ms: 30_000,
            body_timeout_ms: 30_000,
            shutdown_timeout_ms: 10_000,
            max_age_ms: 180 * DAY_MS,
            max_ahead_ms: DAY_MS,
            query_timeout_ms: 5_000,
            flagged: Vec::new(),
        }
    }

    pub(crate) fn limits(&self) -> Limits {
        Limits {
            bytes: self.seal_bytes,
            age_ns: ns(self.seal_age_ms),
            max_unsealed_bytes: self.max_unsealed_bytes,
        }
    }

    pub(crate) fn reserve(&self) -> Reserve {
        Reserve { bytes: self.reserve_bytes, min_free_bytes: self.min_free_bytes }
    }

    pub(crate) fn rules(&self) -> Rules {
        Rules {
            age_ns: ns(self.keep_age_ms),
            bytes: self.keep_bytes,
            free_bytes: self.keep_free_bytes,
        }
    }
}

fn ns(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX).saturating_mul(1_000_000)
}
