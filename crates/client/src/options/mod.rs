//! What a client can be told: every option with its type, resolved once from four sources. Never reads them after that.

mod error;
mod read;
mod resolve;
mod sdk;
mod spec;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use dlogs_record::Level;
use serde_json::{Map, Value};

pub use self::error::{OptionError, Source};
pub use self::resolve::{Sources, resolve};
pub use self::sdk::Sdk;
pub use self::spec::{OptionKind, OptionSpec};
pub use crate::generated::options::OPTIONS;

/// Where records wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalChoice {
    /// On disk where that can be, else in memory.
    Auto,
    /// On disk, or the client cannot be built.
    Disk,
    /// In memory.
    Memory,
}

/// What accepted records survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// The death of the process.
    Process,
    /// A power cut too, but for the last second.
    Disk,
}

/// What happens to a record when the journal is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// It is refused and counted.
    DropNewest,
    /// The caller waits for room, up to `block_timeout_ms`.
    Block,
}

/// How batches travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Zstandard.
    Zstd,
    /// Gzip, for proxies that know nothing newer.
    Gzip,
    /// As it is.
    None,
}

/// Every option, resolved. The sentences are in spec/options.toml.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // one field an option; the list documents them
pub struct Options {
    pub endpoint: String,
    pub service_name: String,
    pub component_name: String,
    pub environment: String,
    pub api_key: String,
    pub level: Level,
    pub metadata: Map<String, Value>,
    pub batch_size: u64,
    pub batch_interval_ms: u64,
    pub batch_max_bytes: u64,
    pub journal: JournalChoice,
    pub journal_dir: Option<PathBuf>,
    pub journal_max_bytes: u64,
    pub journal_max_age_days: u64,
    pub memory_max_bytes: u64,
    pub durability: Durability,
    pub overflow: Overflow,
    pub block_timeout_ms: u64,
    pub retry_initial_ms: u64,
    pub retry_max_ms: u64,
    pub failed_after: u64,
    pub request_timeout_ms: u64,
    pub shutdown_timeout_ms: u64,
    pub compression: Compression,
    pub heartbeat_ms: u64,
    pub redact_keys: Vec<String>,
    pub ca_file: Option<PathBuf>,
    /// Who speaks to the core. Not an option: a library sets it, not its user.
    pub sdk: Sdk,
}

impl Options {
    /// Resolves options from a JSON object of explicit ones, the environment, the file and the defaults.
    ///
    /// This is how bindings in other languages hand over their configuration. Besides the options, the key `sdk`
    /// may hold `{"language", "version", "runtime"}`. A key with the value `null` counts as not given.
    ///
    /// # Errors
    /// Names the option, the bad value, what is allowed, and which of the four sources it came from.
    pub fn from_json(json: &str) -> Result<Options, OptionError> {
        let explicit: Map<String, Value> = serde_json::from_str(json).map_err(|error| {
            OptionError::unreadable(&Source::Explicit, &format!("is not a JSON object: {error}"))
        })?;
        Options::from_map(explicit)
    }

    /// The directory below which journals lie: `journal_dir`, else `$XDG_STATE_HOME/dlogs`, else
    /// `~/.local/state/dlogs`, on Windows `%LOCALAPPDATA%\dlogs\state`. `None` where nothing names one.
    #[must_use]
    pub fn journal_root(&self) -> Option<PathBuf> {
        crate::station::root(self)
    }

    /// As [`Options::from_json`], from a map.
    ///
    /// # Errors
    /// As [`Options::from_json`].
    pub fn from_map(mut explicit: Map<String, Value>) -> Result<Options, OptionError> {
        let sdk = Sdk::taken_from(&mut explicit)?.unwrap_or_default();
        resolve(&Sources { sdk, ..Sources::of_this_process(explicit)? })
    }
}
