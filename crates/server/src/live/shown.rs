//! A frame of rows as viewers get it: encoded once, shared by all who look at the same. Knows no viewer.

use std::sync::{Arc, OnceLock};

use axum::extract::ws::Utf8Bytes;

use super::frames;
use super::slot::{Frame, LEVELS};

/// A row as it is sent, encoded once.
pub type RowText = Arc<str>;

/// Rows with the exact counts of what was matched and of what was left out.
#[derive(Debug)]
pub struct Shown {
    /// The rows, a JSON array.
    pub array: String,
    /// Rows in the array.
    pub rows: u64,
    /// Records that matched, by level's number.
    pub matched_by_level: [u64; LEVELS],
    /// Records that matched and are not among the rows.
    pub skipped_by_level: [u64; LEVELS],
    message: OnceLock<Utf8Bytes>,
}

impl Shown {
    /// A slot's frame, encoded.
    pub fn of(frame: &Frame<RowText>) -> Self {
        Self {
            array: frames::array(frame.rows.iter().map(AsRef::as_ref)),
            rows: frame.rows.len() as u64,
            matched_by_level: frame.matched_by_level,
            skipped_by_level: frame.skipped_by_level,
            message: OnceLock::new(),
        }
    }

    /// Several frames as one, with what was missed beside them.
    pub fn merged<'a>(
        frames: impl Iterator<Item = &'a Self> + Clone,
        missed: [u64; LEVELS],
    ) -> Self {
        let within = |frame: &'a Self| &frame.array[1..frame.array.len() - 1];
        let texts = frames.clone().map(within).filter(|rows| !rows.is_empty());
        let (mut matched_by_level, mut skipped_by_level) = (missed, missed);
        for frame in frames.clone() {
            add(&mut matched_by_level, &frame.matched_by_level);
            add(&mut skipped_by_level, &frame.skipped_by_level);
        }
        Self {
            array: frames::array(texts),
            rows: frames.map(|frame| frame.rows).sum(),
            matched_by_level,
            skipped_by_level,
            message: OnceLock::new(),
        }
    }

    /// Records that matched.
    pub fn matched(&self) -> u64 {
        self.matched_by_level.iter().sum()
    }

    /// Records that matched and are not among the rows.
    pub fn skipped(&self) -> u64 {
        self.skipped_by_level.iter().sum()
    }

    /// The message of the live socket, the same bytes for everybody.
    pub fn message(&self) -> Utf8Bytes {
        self.message.get_or_init(|| frames::rows(self).into()).clone()
    }
}

/// Adds counts by level.
pub fn add(sums: &mut [u64; LEVELS], counts: &[u64; LEVELS]) {
    sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}
