//! The reserve: bytes of the disk that are given up when it is full, so that the catalog can still
//! commit and retention can make room. Pure.

/// What the reserve is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reserve {
    /// Its size; 0 means that there is none.
    pub(crate) bytes: u64,
    /// Ingest is refused below so much free space.
    pub(crate) min_free_bytes: u64,
}

/// What to do with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Keep,
    Take,
    GiveUp,
}

/// Taken only where there is room for it twice over, so that it never goes to and fro.
pub(crate) fn step(reserve: Reserve, taken: bool, free_bytes: u64) -> Step {
    let Reserve { bytes, min_free_bytes } = reserve;
    match taken {
        true if free_bytes < min_free_bytes => Step::GiveUp,
        false if bytes > 0 && free_bytes > min_free_bytes.saturating_add(bytes * 2) => Step::Take,
        _ => Step::Keep,
    }
}
