//! Writers that are stopped between reserving and committing, as debuggers and freezers stop them.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::*;
use crate::frame::Checker;
use crate::segment::commit;
use crate::{Journal, Limits, Loss, LossReason, Opened, Reader, Settings, Taken};

const ALL: Limits = Limits { max_records: usize::MAX, max_bytes: usize::MAX };
const PATIENCE: Duration = Duration::from_secs(10);

fn open() -> Opened {
    let settings = Settings {
        first_segment_bytes: 8192,
        max_segment_bytes: 8192,
        memory_max_bytes: 1 << 20,
        ..Settings::default()
    };
    Journal::open(settings).unwrap()
}

/// An append that stops after its reservation. Gives the segment and the place.
fn reserve_only(journal: &Journal, body_bytes: usize) -> (Arc<Segment>, Reserved) {
    let segment = journal.shared.current.get().unwrap();
    let need = span(body_bytes) as u64;
    let before =
        reserve::take(segment.reserve(), need, segment.capacity(), segment.capacity()).unwrap();
    (segment, before)
}

fn take(reader: &mut Reader, now: Instant) -> Taken {
    reader.take(ALL, now, &mut Vec::new())
}

fn torn(from: u64, to: u64) -> Loss {
    Loss { from, to, reason: LossReason::Torn }
}

#[test]
fn the_reader_waits_for_a_frame_and_takes_it_when_it_commits() {
    let mut opened = open();
    let now = Instant::now();
    opened.journal.append(1, false, b"first").unwrap();
    let (segment, place) = reserve_only(&opened.journal, 6);
    opened.journal.append(1, false, b"third").unwrap();
    assert!(matches!(take(&mut opened.reader, now), Taken::Batch { last_seq: 1, .. }));
    assert_eq!(
        take(&mut opened.reader, now + Duration::from_secs(1)),
        Taken::Uncommitted { since: now }
    );
    assert!(write(&segment, place.offset as usize, 2, Record::new(1, 0, b"second")));
    let late = now + PATIENCE * 2;
    assert!(matches!(
        take(&mut opened.reader, late),
        Taken::Batch { first_seq: 2, last_seq: 3, count: 2, .. }
    ));
    assert!(opened.reader.losses().is_empty());
}

#[test]
fn after_its_patience_the_reader_kills_the_frame_and_its_writer_loses_the_race() {
    let mut opened = open();
    let now = Instant::now();
    let (segment, place) = reserve_only(&opened.journal, 6);
    opened.journal.append(1, false, b"second").unwrap();
    assert_eq!(take(&mut opened.reader, now), Taken::Uncommitted { since: now });
    assert_eq!(take(&mut opened.reader, now + PATIENCE / 2), Taken::Uncommitted { since: now });
    assert!(matches!(
        take(&mut opened.reader, now + PATIENCE),
        Taken::Batch { first_seq: 1, last_seq: 2, count: 1, .. }
    ));
    assert_eq!(opened.reader.losses(), [torn(1, 1)]);
    assert!(
        !write(&segment, place.offset as usize, 1, Record::new(1, 0, b"first!")),
        "so that it appends again"
    );
    assert_eq!(opened.journal.append(1, false, b"first!"), Ok(3));
    assert!(matches!(take(&mut opened.reader, now), Taken::Batch { first_seq: 3, count: 1, .. }));
    opened.reader.release(3);
    assert_eq!(opened.reader.released(), 0, "nothing is forgotten before the loss is acknowledged");
    opened.reader.forget_losses(&[torn(1, 1)]);
    assert_eq!((opened.reader.released(), opened.reader.waiting()), (3, 0));
}

#[test]
fn no_writer_behind_a_killed_frame_is_stepped_over_unless_it_appends_again() {
    let mut opened = open();
    let now = Instant::now();
    let first = reserve_only(&opened.journal, 100);
    let second = reserve_only(&opened.journal, 0);
    let third = reserve_only(&opened.journal, 33);
    assert!(
        write(&third.0, third.1.offset as usize, 3, Record::new(1, 0, &[0; 33])),
        "committed, full of zeros"
    );
    let fourth = reserve_only(&opened.journal, 50);
    take(&mut opened.reader, now);
    assert!(matches!(
        take(&mut opened.reader, now + PATIENCE),
        Taken::Batch { first_seq: 1, last_seq: 3, count: 1, .. }
    ));
    assert_eq!(opened.reader.losses(), [torn(1, 2)]);
    assert!(!write(&first.0, first.1.offset as usize, 1, Record::new(1, 0, &[9; 100])));
    assert!(!write(&second.0, second.1.offset as usize, 2, Record::new(1, 0, b"")));
    // Going over it again finds the same, now that the killed writers have written what they had.
    opened.reader.rewind(1);
    assert!(write(&fourth.0, fourth.1.offset as usize, 4, Record::new(1, 0, &[7; 50])));
    let mut out = Vec::new();
    let taken = opened.reader.take(ALL, now + PATIENCE, &mut out);
    assert!(matches!(taken, Taken::Batch { first_seq: 1, last_seq: 4, count: 2, .. }), "{taken:?}");
    assert_eq!(opened.reader.losses(), [torn(1, 2)]);
}

#[test]
fn a_killed_frame_at_the_end_is_stepped_over_and_what_follows_is_found() {
    let mut opened = open();
    let now = Instant::now();
    let (segment, place) = reserve_only(&opened.journal, 20);
    take(&mut opened.reader, now);
    assert_eq!(take(&mut opened.reader, now + PATIENCE), Taken::Nothing);
    assert_eq!(opened.reader.losses(), [torn(1, 1)]);
    assert!(!write(&segment, place.offset as usize, 1, Record::new(1, 0, &[1; 20])));
    opened.journal.append(1, false, b"second").unwrap();
    assert!(matches!(take(&mut opened.reader, now), Taken::Batch { first_seq: 2, count: 1, .. }));
    opened.reader.forget_losses(&[torn(1, 1)]);
    assert_eq!(opened.reader.released(), 1, "an acknowledged loss needs no release");
}

#[test]
fn a_segment_is_not_reused_while_a_writer_is_in_it() {
    let mut opened = open();
    let now = Instant::now();
    let (held, place) = reserve_only(&opened.journal, 16);
    let fill = |opened: &mut Opened| {
        for _ in 0..2000 {
            opened.keeper.keep(now);
            let _ = opened.journal.append(1, false, &[5; 100]);
            let taken = opened.reader.take(ALL, now + PATIENCE, &mut Vec::new());
            if let Taken::Batch { last_seq, .. } = taken {
                opened.reader.release(last_seq);
            }
            let losses = opened.reader.losses().to_vec();
            opened.reader.forget_losses(&losses);
        }
    };
    take(&mut opened.reader, now);
    fill(&mut opened);
    assert!(opened.reader.released() > 1000);
    assert_eq!(held.number, 1);
    assert_eq!(held.first_seq(), 1, "it was released long ago, and is as it was");
    assert_eq!(
        held.memory.u32_at(place.offset as usize + CHECK_AT).load(Ordering::Acquire),
        commit::TORN
    );
    assert!(!write(&held, place.offset as usize, 1, Record::new(1, 0, &[1; 16])));
    drop(held);
    fill(&mut opened);
    assert!(
        opened.journal.bytes() <= 4 * 8192,
        "{} bytes: segments are reused",
        opened.journal.bytes()
    );
}

#[test]
fn a_body_that_looks_like_a_frame_is_none() {
    let mut opened = open();
    let now = Instant::now();
    let (segment, _) = reserve_only(&opened.journal, 64);
    // What an attacker could know is everything but the salt.
    let forged =
        Checker::new(0, &opened.journal.stream()).check(2, 8, 7, 0, crc::tail(b"forged!!"));
    let mut frame = 8_u32.to_le_bytes().to_vec();
    frame.extend(forged.to_le_bytes());
    frame.extend(7_u64.to_le_bytes());
    frame.extend(2_u64.to_le_bytes());
    frame.extend(b"forged!!");
    segment.memory.store(4096 + FRAME_HEADER_BYTES, &frame);
    opened.journal.append(1, false, &frame).unwrap();
    take(&mut opened.reader, now);
    let mut out = Vec::new();
    let taken = opened.reader.take(ALL, now + PATIENCE, &mut out);
    assert!(matches!(taken, Taken::Batch { count: 1, last_seq: 2, .. }));
    assert_eq!(out.len(), span(frame.len()));
    assert_eq!(opened.reader.losses(), [torn(1, 1)]);
}
