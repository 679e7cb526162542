//! What was refused for good, with a few samples for people. It counts and never keeps a whole record.

mod author;
mod subject;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use crate::refusal::{Refusal, Refused};

pub(crate) use author::Author;
pub(crate) use subject::Subject;

/// Samples shown, in all and of one reason: a sender that is wrong all day must not hide the others.
const SAMPLES_MAX: usize = 50;
const SAMPLES_OF_A_REASON: usize = 10;
/// Of one batch.
pub(crate) const SAMPLES_OF_A_BATCH: usize = 3;
const EXCERPT_MAX_CHARS: usize = 256;
const ERROR_MAX_CHARS: usize = 512;

/// One refusal as people see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Sample {
    pub(crate) at_ms: u64,
    pub(crate) reason: &'static str,
    pub(crate) error: String,
    pub(crate) language: String,
    pub(crate) service: String,
    pub(crate) stream: Option<String>,
    pub(crate) excerpt: String,
}

/// The samples, and how many requests were refused as a whole.
#[derive(Debug, Default)]
pub(crate) struct Rejects {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// Oldest first.
    samples: VecDeque<Sample>,
    requests: BTreeMap<&'static str, u64>,
}

impl Rejects {
    /// Keeps a sample; the oldest of its reason, or of all, makes room.
    pub(crate) fn note(&self, sample: Sample) {
        let samples = &mut self.lock().samples;
        let mut same = samples.iter().enumerate().filter(|(_, old)| old.reason == sample.reason);
        let oldest = same.next().map(|(at, _)| at);
        if oldest.is_some() && same.count() + 1 >= SAMPLES_OF_A_REASON {
            oldest.map(|at| samples.remove(at));
        } else if samples.len() >= SAMPLES_MAX {
            samples.pop_front();
        }
        samples.push_back(sample);
    }

    /// Notes a batch that was answered with a refusal, unless its sender is to come again with it.
    pub(crate) fn note_answer(&self, response: &Response, at_ms: u64) {
        let Some(Refused(refusal)) = response.extensions().get::<Refused>() else { return };
        if !is_final(refusal.status) {
            return;
        }
        let Refusal { reason, error, subject, .. } = refusal.as_ref();
        *self.lock().requests.entry(reason).or_default() += 1;
        let Subject { excerpt, author } = subject.as_deref().cloned().unwrap_or_default();
        let error = error.chars().take(ERROR_MAX_CHARS).collect();
        let Author { language, service } = author;
        self.note(Sample { at_ms, reason, error, language, service, stream: None, excerpt });
    }

    /// Requests refused as a whole, by reason.
    pub(crate) fn requests(&self) -> BTreeMap<&'static str, u64> {
        self.lock().requests.clone()
    }

    /// The samples, newest first.
    pub(crate) fn samples(&self) -> Vec<Sample> {
        self.lock().samples.iter().rev().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the same request would be refused again: not for want of room, time or a server.
fn is_final(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400 | 401 | 403 | 413 | 415 | 422)
}

/// How bytes begin, as people can read it.
pub(crate) fn beginning(bytes: &[u8]) -> String {
    // A character has at most four bytes.
    let some = bytes.get(..EXCERPT_MAX_CHARS * 4).unwrap_or(bytes);
    String::from_utf8_lossy(some).chars().take(EXCERPT_MAX_CHARS).collect()
}
