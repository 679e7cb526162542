//! What the store holds and what is wrong with it, in numbers.

/// The state of the store, for `/api/stats` and `/metrics`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoreState {
    /// Bytes of batches that are in no part yet, against `max_bytes`.
    pub queue_bytes: u64,
    /// `max_unsealed_bytes`.
    pub queue_max_bytes: u64,
    /// Batches that are in no part yet.
    pub queue_batches: u64,
    /// Parts.
    pub parts: u64,
    /// Bytes of all parts.
    pub part_bytes: u64,
    /// Records in them.
    pub part_records: u64,
    /// Free bytes on the data directory's disk.
    pub disk_free_bytes: u64,
    /// Records that left the store since it was made, as expired.
    pub expired_records: u64,
    /// Why ingest is refused now: `disk`, `disk_full`, `queue`, `stopping`; none when all is well.
    pub trouble: Option<String>,
}
