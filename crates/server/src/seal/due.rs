//! When what is in memory becomes a part, and how much of it at once. Pure.

/// However small `Limits::bytes` is, what waits together up to this becomes one part.
const PORTION_MIN_BYTES: u64 = 1 << 20;

/// From when on the writer seals.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Unpacked bytes of records.
    pub(crate) bytes: u64,
    /// Since the oldest batch arrived, nanoseconds.
    pub(crate) age_ns: i64,
    /// Bytes of batches that ingest may keep unsealed; sealing begins at a quarter of it.
    pub(crate) max_unsealed_bytes: u64,
}

/// What is not sealed yet.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Load {
    /// Bytes of batches, packed as they came.
    pub(crate) packed_bytes: u64,
    /// The same, unpacked.
    pub(crate) unpacked_bytes: u64,
    /// When the oldest batch arrived, nanoseconds since 1970 UTC; none when there is none.
    pub(crate) oldest_ns: Option<i64>,
}

/// Whether to seal now.
pub(crate) fn due(load: Load, limits: Limits, now_ns: i64) -> bool {
    load.oldest_ns.is_some_and(|oldest_ns| {
        load.packed_bytes >= limits.max_unsealed_bytes / 4
            || load.unpacked_bytes >= limits.bytes
            || now_ns.saturating_sub(oldest_ns) >= limits.age_ns
    })
}

/// How many of the oldest entries, of these unpacked bytes, are sealed at once: at least one, and no
/// more than memory was meant to hold. After a long trouble far more than a part's worth may wait.
pub(crate) fn portion(unpacked_bytes: impl Iterator<Item = u64>, limits: Limits) -> usize {
    let most = limits.bytes.max(PORTION_MIN_BYTES);
    let mut sum: u64 = 0;
    let fits = unpacked_bytes.enumerate().take_while(|(at, bytes)| {
        sum = sum.saturating_add(*bytes);
        *at == 0 || sum <= most
    });
    fits.count()
}
