//! The journal's everyday life, through its public surface.

mod support;

use std::time::{Duration, Instant};

use dlogs_journal::{Journal, Limits, Place, Refusal, RefusedReason, Settings, StreamId, Taken};
use support::{ALL, Scratch, bodies, small};

#[test]
fn what_is_appended_is_taken_in_order_and_byte_for_byte() {
    let scratch = Scratch::new();
    for settings in [scratch.settings(), Settings { place: Place::Memory, ..small() }] {
        let mut opened = Journal::open(settings).unwrap();
        for n in 1..=200_u64 {
            let body = vec![n as u8; n as usize];
            assert_eq!(opened.journal.append(n * 10, n % 2 == 0, &body), Ok(n));
            opened.keeper.keep(Instant::now());
        }
        let mut seen = 0;
        let mut out = Vec::new();
        while let Taken::Batch { first_seq, last_seq, count, salt } =
            opened.reader.take(ALL, Instant::now(), &mut out)
        {
            assert_eq!((first_seq, last_seq), (seen + 1, seen + count as u64));
            for (seq, time_ns, important, body) in
                bodies(&out, first_seq, salt, opened.reader.stream())
            {
                assert_eq!((seq * 10, seq % 2 == 0), (time_ns, important));
                assert_eq!(body, vec![seq as u8; seq as usize]);
                seen = seq;
            }
            out.clear();
        }
        assert_eq!(seen, 200);
        assert!(opened.reader.losses().is_empty());
        opened.reader.release(200);
        assert_eq!((opened.reader.waiting(), opened.journal.released()), (0, 200));
    }
}

#[test]
fn a_batch_keeps_to_its_limits_and_to_one_segment() {
    let mut opened = Journal::open(Settings { place: Place::Memory, ..small() }).unwrap();
    for _ in 0..300 {
        opened.journal.append(1, false, &[7; 40]).unwrap();
        opened.keeper.keep(Instant::now());
    }
    let mut salts = Vec::new();
    let mut total = 0;
    loop {
        let mut out = Vec::new();
        let limits = Limits { max_records: 10, max_bytes: 300 };
        let Taken::Batch { count, salt, .. } = opened.reader.take(limits, Instant::now(), &mut out)
        else {
            break;
        };
        assert!((1..=4).contains(&count), "64 bytes a frame, 300 bytes a batch: {count}");
        assert_eq!(out.len(), 64 * count);
        total += count;
        salts.push(salt);
    }
    salts.dedup();
    assert_eq!(total, 300);
    assert!(salts.len() >= 3, "{salts:?}");
    let mut out = Vec::new();
    opened.reader.rewind(1);
    let one = Limits { max_records: 1, max_bytes: 0 };
    assert!(matches!(
        opened.reader.take(one, Instant::now(), &mut out),
        Taken::Batch { count: 1, first_seq: 1, .. }
    ));
}

#[test]
fn rewinding_gives_the_same_bytes_again_and_never_what_was_released() {
    let mut opened = Journal::open(Settings { place: Place::Memory, ..small() }).unwrap();
    for n in 0..100_u8 {
        opened.journal.append(1, false, &[n; 16]).unwrap();
    }
    let (mut first, mut again) = (Vec::new(), Vec::new());
    opened.reader.take(ALL, Instant::now(), &mut first);
    opened.reader.rewind(1);
    opened.reader.take(ALL, Instant::now(), &mut again);
    assert_eq!(first, again);
    opened.reader.release(40);
    opened.reader.rewind(1);
    assert_eq!(opened.reader.next_seq(), 41);
    opened.reader.rewind(70);
    assert_eq!(opened.reader.next_seq(), 41, "rewinding goes back only");
    again.clear();
    assert!(matches!(
        opened.reader.take(ALL, Instant::now(), &mut again),
        Taken::Batch { first_seq: 41, last_seq: 100, count: 60, .. }
    ));
    assert_eq!(again, first[40 * 40..]);
}

#[test]
fn what_never_fits_is_too_large_and_everything_else_finds_a_segment() {
    let settings = Settings { place: Place::Memory, memory_max_bytes: 1 << 20, ..small() };
    let max = settings.max_segment_bytes as usize - 4096 - 24;
    let mut opened = Journal::open(settings).unwrap();
    assert_eq!(opened.journal.append(1, true, &vec![0; max + 1]), Err(Refusal::TooLarge));
    let deadline = Instant::now() + Duration::from_secs(90);
    while opened.journal.append(1, true, &vec![1; max]).is_err() {
        opened.keeper.keep(Instant::now());
        let mut out = Vec::new();
        opened.reader.take(ALL, Instant::now(), &mut out);
        assert!(Instant::now() < deadline);
    }
    let mut appended = 1;
    while opened.journal.append(1, true, &vec![1; max]).is_ok() {
        appended += 1;
    }
    assert_eq!(
        opened.journal.append(1, true, b""),
        Err(Refusal::Full),
        "the keeper has not prepared the next one"
    );
    opened.keeper.keep(Instant::now());
    appended += 1;
    assert_eq!(opened.journal.append(1, true, b""), Ok(appended));
    let mut out = Vec::new();
    let mut last = 0;
    while let Taken::Batch { last_seq, .. } = opened.reader.take(ALL, Instant::now(), &mut out) {
        last = last_seq;
    }
    assert_eq!(last, appended);
}

#[test]
fn after_close_nothing_is_appended_and_the_reader_comes_to_the_end() {
    let scratch = Scratch::new();
    let mut opened = Journal::open(scratch.settings()).unwrap();
    for _ in 0..5 {
        opened.journal.append(1, false, b"x").unwrap();
    }
    opened.journal.clone().close();
    assert_eq!(opened.journal.append(1, true, b"x"), Err(Refusal::Closed));
    assert_eq!(opened.journal.accepted(), 5);
    assert!(!opened.reader.finished());
    let mut out = Vec::new();
    opened.reader.take(ALL, Instant::now(), &mut out);
    assert!(opened.reader.finished() && opened.reader.closed());
    let file = scratch.segments().pop().unwrap();
    // Windows cuts no file that is mapped; there whoever adopts the stream does it.
    let held = if cfg!(windows) { 8192 } else { 4096 + 5 * 32 };
    assert_eq!(file.metadata().unwrap().len(), held, "cut to what it holds");
    opened.reader.release(5);
    assert!(opened.reader.finish(), "released to the end");
    assert_eq!(scratch.entries(), Vec::<String>::new(), "nothing is left of it");
}

#[test]
fn refusals_are_counted_in_the_mapped_header_and_survive() {
    let scratch = Scratch::new();
    let opened = Journal::open(scratch.settings()).unwrap();
    opened.journal.append(1, false, b"x").unwrap();
    for reason in RefusedReason::ALL {
        (0..=reason as usize).for_each(|_| opened.journal.refuse(reason));
    }
    assert_eq!(opened.journal.refused(), [1, 2, 3, 4]);
    let copy = scratch.crash(opened.journal.stream());
    let reader = dlogs_journal::inspect::adopt(&copy).unwrap().unwrap();
    assert_eq!(reader.refused(), [1, 2, 3, 4]);
    assert!(!reader.closed());
}

#[test]
fn a_stream_is_spelled_in_one_way() {
    let stream = StreamId { instance: [0xAB; 16], lane: 7 };
    let text = stream.to_string();
    assert_eq!(text, format!("{}.7", "ab".repeat(16)));
    assert_eq!(text.parse(), Ok(stream));
    for bad in [
        "",
        ".7",
        &text.to_uppercase(),
        &text.replace(".7", ".07"),
        &text.replace(".7", ".65536"),
        "+b.0",
    ] {
        assert!(bad.parse::<StreamId>().is_err(), "{bad}");
    }
}

/// Writers that found no successor have gone; then it is prepared, and the reader is done with the first segment before any
/// writer comes back.
#[test]
fn a_writer_that_comes_back_late_finds_the_way_to_the_next_segment() {
    let mut opened = Journal::open(Settings { place: Place::Memory, ..small() }).unwrap();
    while opened.journal.append(1, true, &[7; 500]).is_ok() {}
    opened.keeper.keep(Instant::now());
    let mut out = Vec::new();
    while matches!(opened.reader.take(ALL, Instant::now(), &mut out), Taken::Batch { .. }) {}
    let accepted = opened.journal.accepted();
    opened.reader.release(accepted);
    opened.keeper.keep(Instant::now());
    assert_eq!(opened.journal.append(1, false, &[7; 500]), Ok(accepted + 1));
}
