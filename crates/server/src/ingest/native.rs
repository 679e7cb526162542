//! Native batches: every length, number and check is verified; the bytes go on as they came.

use bytes::Bytes;
use dlogs_record::{Rejected, View};

use super::gather::{TOLD_MAX, message};
use super::header;
use super::{Edge, Prepared, RECORDS_MAX, Told};
use crate::batch::{Encoding, Summary};
use crate::entry::{Claim, Entry, Head, Memory, Reason};
use crate::frame::{Checker, Frames};
use crate::ranges::Ranges;
use crate::refusal::Refusal;
use crate::rejects::{Author, Subject};

/// Checks a batch and keeps its bytes, packed and unpacked.
pub(super) fn prepare(
    edge: Edge,
    encoding: Encoding,
    packed: Bytes,
    decoded: &Bytes,
) -> Result<Prepared, Refusal> {
    let (header, frames_at) = header::read(decoded)?;
    let checker = Checker::new(header.salt, header.stream);
    let mut present = Ranges::default();
    let (mut rejected, mut told) = (Vec::new(), Vec::new());
    let mut summary = Summary::default();
    let mut count = 0;
    let mut next_seq = header.first_seq;
    let bytes = decoded.get(frames_at..).unwrap_or_default();
    for frame in Frames::new(bytes) {
        let frame = frame.map_err(|at| {
            Refusal::bad("frame", format!("The bytes at {} are no whole frame.", frames_at + at))
        })?;
        count += 1;
        if count > RECORDS_MAX {
            return Err(Refusal::too_large(
                "too_many_records",
                format!("The batch has more than {RECORDS_MAX} records; send smaller batches."),
                RECORDS_MAX,
            ));
        }
        let seq =
            frame.seq(header.first_seq).filter(|seq| (next_seq..=header.last_seq).contains(seq));
        let seq = seq.ok_or_else(|| {
            Refusal::bad(
                "frame",
                format!(
                    "Frame {count} has the low number {}, which does not follow in {}-{}.",
                    frame.seq_low, header.first_seq, header.last_seq
                ),
            )
        })?;
        next_seq = seq + 1;
        if frame.reserved != 0 {
            return Err(Refusal::bad("frame", format!("Frame {seq} has reserved bits set.")));
        }
        if checker.check(&frame, seq) != frame.check {
            return Err(Refusal::bad(
                "check",
                format!("The check of frame {seq} does not match: its bytes were changed."),
            ));
        }
        let time_ns = i64::try_from(frame.time_ns).unwrap_or(i64::MAX);
        let reject = match View::parse(frame.body) {
            _ if frame.is_too_large() => Some(Rejected::TooLarge),
            Err(_) => Some(Rejected::Malformed),
            Ok(view) => {
                let reject = edge.refuses_time(time_ns);
                if reject.is_none() {
                    summary.count(&header.client, view.head().level as u8, time_ns);
                }
                reject
            }
        };
        match reject {
            Some(reason) => {
                rejected.push((seq, Reason(reason)));
                if told.len() < TOLD_MAX {
                    let sentence = format!("the record is rejected as {}", reason.as_str());
                    let subject = Subject::by(Author::of(&header.client), &message(frame.body));
                    told.push(Told { seq, sentence, subject });
                }
            }
            None => present.insert(seq, seq),
        }
    }
    let durable = count > 0 || !header.losses.is_empty() || header.end_of_stream;
    let claim = Claim {
        stream: header.stream,
        memory: Memory::Stream,
        received_ns: edge.received_ns,
        last_seq: header.last_seq,
        present,
        rejected,
        losses: header.losses,
        end_of_stream: header.end_of_stream,
        digest: 0,
    };
    let head = Head {
        claim,
        first_seq: header.first_seq,
        encoding,
        decoded_bytes: decoded.len() as u32,
        frames_at: frames_at as u32,
        clients: vec![header.client],
        summary,
        identities: Vec::new(),
    };
    // A batch without frames is all header: its body need not be kept.
    let (body, unpacked) =
        if count > 0 { (packed, Some(decoded.clone())) } else { (Bytes::new(), None) };
    let entry = Entry { head, body, unpacked };
    Ok(Prepared { entry, statistics: header.statistics, durable, told })
}
