//! Samples of a batch's rejects, for people. What is counted is counted by the writer's observers.

use super::Told;
use crate::app::App;
use crate::entry::{Claim, Memory, Reason};
use crate::rejects::{SAMPLES_OF_A_BATCH, Sample};
use crate::stream_id::StreamId;

/// The stream that people know a batch by; none where it is only ours, for this batch.
pub(super) fn known_stream(claim: &Claim) -> Option<StreamId> {
    (claim.memory == Memory::Stream).then_some(claim.stream)
}

/// Keeps samples of what was rejected now.
pub(super) fn note(app: &App, stream: Option<StreamId>, told: &[Told], rejected: &[(u64, Reason)]) {
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
            stream: stream.map(|stream| stream.to_string()),
            excerpt: told.subject.excerpt.clone(),
        });
    }
}
