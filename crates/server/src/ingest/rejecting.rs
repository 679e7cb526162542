//! Samples of a batch's rejects, for people. What is counted is counted by the writer's observers.

use super::{Prepared, Told};
use crate::app::App;
use crate::entry::{Memory, Reason};
use crate::rejects::{SAMPLES_OF_A_BATCH, Sample};
use crate::stream_id::StreamId;

/// The batch of which something cannot be kept.
pub(super) struct Rejecting {
    /// Absent where the stream is only ours, for this batch.
    stream: Option<StreamId>,
}

impl Rejecting {
    /// Of this batch, before it is stored.
    pub(super) fn of(prepared: &Prepared) -> Self {
        let head = &prepared.entry.head;
        let living = head.claim.memory == Memory::Stream;
        let stream = living.then_some(head.claim.stream);
        Self { stream }
    }

    /// Keeps samples of what was rejected now.
    pub(super) fn note(self, app: &App, told: &[Told], rejected: &[(u64, Reason)]) {
        for told in told.iter().take(SAMPLES_OF_A_BATCH) {
            let Some((_, reason)) = rejected.iter().find(|(seq, _)| *seq == told.seq) else {
                continue;
            };
            app.rejects.note(Sample {
                at_ms: app.now_ms(),
                reason: reason.0.as_str(),
                error: format!("{}.", told.sentence),
                language: told.subject.author.language.clone(),
                service: told.subject.author.service.clone(),
                stream: self.stream.map(|stream| stream.to_string()),
                excerpt: told.subject.excerpt.clone(),
            });
        }
    }
}
