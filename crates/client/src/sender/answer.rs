//! What an answer does to the records of its batch: released, kept, halved, or put aside.

use super::parcel::Parcel;
use super::{Lane, STALLED, Sender};
use crate::engine::{Heard, Input};
use crate::events::Event;
use crate::ledger::LostReason;
use crate::retry::verdict::{Row, row, verdict};
use crate::retry::{OurAnswer, Rejected, Reply, Verdict};
use crate::sender::stream::Stream;
use crate::window::{Next, Refusal};

impl Sender {
    pub(super) fn answered(&mut self, lane: Lane, parcel: &Parcel, reply: &Reply, took_ms: u64) {
        let Parcel { first_seq, last_seq, count, .. } = *parcel;
        self.tally.requests += 1;
        self.tally.sent += count;
        self.tally.bytes_sent += parcel.wire_bytes;
        let verdict = verdict(reply, first_seq, last_seq, count);
        let mut heard = Heard::from(verdict);
        if verdict != (Verdict::Accepted { through: last_seq }) {
            self.put_back();
        }
        if let Verdict::Accepted { through } = verdict {
            self.tally.round_trip_ms = Some(took_ms);
            if count > 0 && through < first_seq {
                heard = STALLED;
            }
            self.accepted(lane, parcel, reply, through, took_ms);
        } else {
            self.failed(parcel, reply);
            match verdict {
                Verdict::Halve => self.refused(lane, parcel, reply, Refusal::Large),
                Verdict::Bisect => self.refused(lane, parcel, reply, Refusal::Poison),
                Verdict::SetAside if row(reply, first_seq, last_seq) == Row::Large => {
                    self.refused(lane, parcel, reply, Refusal::Large);
                }
                Verdict::SetAside => self.refused(lane, parcel, reply, Refusal::Poison),
                _ if row(reply, first_seq, last_seq) == Row::Busy && count > 0 => {
                    self.refused(lane, parcel, reply, Refusal::Busy);
                }
                _ => self.stream(lane).rewind(first_seq),
            }
        }
        let dice = self.roll();
        self.step(Input::Answered { heard, dice });
        self.finish_backlog();
        self.publish();
    }

    pub(super) fn stream(&mut self, lane: Lane) -> &mut Stream {
        Stream::of(lane, &mut self.live, &mut self.backlog)
    }

    fn accepted(&mut self, lane: Lane, parcel: &Parcel, reply: &Reply, through: u64, took_ms: u64) {
        if let Reply::Answer { ours: Some(OurAnswer { rejected, .. }), .. } = reply {
            for Rejected { seq, reason } in rejected {
                if (parcel.first_seq..=through).contains(seq) {
                    self.put_file(parcel, *seq, "rejected", reason);
                    let event = self.stream(lane).lose(*seq, LostReason::Rejected);
                    self.station.events.push(event);
                }
            }
        }
        let stream = self.stream(lane);
        stream.acknowledge(through, &parcel.losses);
        if through < parcel.last_seq {
            stream.rewind(through + 1);
        } else if parcel.count > 0 {
            stream.window.accepted(parcel.count);
        }
        // Whatever was accepted proves the server for whoever waits for proof, but for the batch that it came from.
        if parcel.count == 0 || lane == Lane::Backlog {
            self.live.window.proved();
        }
        if let Some(backlog) = &mut self.backlog
            && (parcel.count == 0 || lane == Lane::Live)
        {
            backlog.window.proved();
        }
        self.farewell_said |= parcel.end_of_stream && through == parcel.last_seq;
        if parcel.count > 0 {
            self.station.events.push(Event::BatchSent {
                stream: parcel.stream.clone(),
                first_seq: parcel.first_seq,
                last_seq: through,
                count: parcel.count,
                bytes: parcel.wire_bytes,
                round_trip_ms: took_ms,
            });
        }
    }

    fn failed(&mut self, parcel: &Parcel, reply: &Reply) {
        self.last_error = reply.describe();
        self.tally.failed += 1;
        self.tally.retried += parcel.count;
        self.tally.last_error = Some(self.last_error.clone());
        self.tally.last_error_at = Some(dlogs_record::time::to_rfc3339(self.clock.wall_ns()));
        self.station.events.push(Event::BatchFailed {
            stream: parcel.stream.clone(),
            first_seq: parcel.first_seq,
            last_seq: parcel.last_seq,
            count: parcel.count,
            status: reply.status(),
            error: self.last_error.clone(),
        });
    }

    fn refused(&mut self, lane: Lane, parcel: &Parcel, reply: &Reply, why: Refusal) {
        let Parcel { first_seq, last_seq, count, frame_bytes, .. } = *parcel;
        let stream = self.stream(lane);
        match stream.window.refused(first_seq, count, frame_bytes, why) {
            Next::Resend | Next::Prove => stream.rewind(first_seq),
            Next::SetAside => {
                // The file first: after a crash it is what tells of the loss.
                self.put_file(parcel, last_seq, "set_aside", &reply.describe());
                let event = self.stream(lane).lose(last_seq, LostReason::SetAside);
                self.station.events.push(event);
                self.stream(lane).put_aside(last_seq);
            }
        }
    }

    fn put_file(&mut self, parcel: &Parcel, seq: u64, reason: &str, answer: &str) {
        let frames = self.load.frames();
        if let Err(error) = self.aside.put(&parcel.stream, seq, reason, answer, frames) {
            self.tally.last_error = Some(format!("set_aside: {error}"));
        }
    }
}
