//! Options as the core resolves them, back to Python as JSON.

use dlogs::Options;
use dlogs::options::{Compression, Durability, JournalChoice, Overflow};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::json;

/// Resolves a JSON object of explicit options against environment, file and defaults: all options, as JSON.
#[pyfunction]
pub(crate) fn resolve(options: &str) -> PyResult<String> {
    let options = parsed(options)?;
    let path = |path: &Option<std::path::PathBuf>| {
        path.as_ref().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let journal = match options.journal {
        JournalChoice::Auto => "auto",
        JournalChoice::Disk => "disk",
        JournalChoice::Memory => "memory",
    };
    let durability = match options.durability {
        Durability::Process => "process",
        Durability::Disk => "disk",
    };
    let overflow = match options.overflow {
        Overflow::DropNewest => "drop_newest",
        Overflow::Block => "block",
    };
    let compression = match options.compression {
        Compression::Zstd => "zstd",
        Compression::Gzip => "gzip",
        Compression::None => "none",
    };
    let resolved = json!({
        "endpoint": options.endpoint,
        "service_name": options.service_name,
        "component_name": options.component_name,
        "environment": options.environment,
        "api_key": options.api_key,
        "level": options.level.as_str(),
        "metadata": options.metadata,
        "batch_size": options.batch_size,
        "batch_interval_ms": options.batch_interval_ms,
        "batch_max_bytes": options.batch_max_bytes,
        "journal": journal,
        "journal_dir": path(&options.journal_dir),
        "journal_max_bytes": options.journal_max_bytes,
        "journal_max_age_days": options.journal_max_age_days,
        "memory_max_bytes": options.memory_max_bytes,
        "durability": durability,
        "overflow": overflow,
        "block_timeout_ms": options.block_timeout_ms,
        "retry_initial_ms": options.retry_initial_ms,
        "retry_max_ms": options.retry_max_ms,
        "failed_after": options.failed_after,
        "request_timeout_ms": options.request_timeout_ms,
        "shutdown_timeout_ms": options.shutdown_timeout_ms,
        "compression": compression,
        "heartbeat_ms": options.heartbeat_ms,
        "redact_keys": options.redact_keys,
        "ca_file": path(&options.ca_file),
    });
    Ok(resolved.to_string())
}

/// Options from JSON; what is wrong with them as a `ValueError`.
pub(crate) fn parsed(options: &str) -> PyResult<Options> {
    Options::from_json(options).map_err(|error| PyValueError::new_err(error.to_string()))
}
