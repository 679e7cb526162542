//! Version 1 is read for ever: a segment that was written once, and lies in spec/cases/golden/journal-v1, still says the same.
#![allow(clippy::unwrap_used)]

mod support;

use std::{fs, path::PathBuf, time::Instant};

use dlogs_journal::inspect::{Entry, SegmentView, Verdict};
use dlogs_journal::{LossReason, StreamId, Taken, inspect};
use support::{ALL, bodies, bury};

const STREAM: StreamId = StreamId {
    instance: [
        0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE,
        0xFF,
    ],
    lane: 0,
};
const SALT: u64 = 0x0123_4567_89AB_CDEF;
const FIRST_SEQ: u64 = (1 << 32) - 1;

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../spec/cases/golden/journal-v1/0000000007.seg")
}

/// The file, made by the words of spec/journal.md alone.
fn written() -> Vec<u8> {
    let mut file = vec![0_u8; 4096];
    let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    let label = br#"{"language":"python","service":"golden"}"#;
    put(0, b"DLOGJ1\0\0");
    put(8, &1_u32.to_le_bytes());
    put(12, &4096_u32.to_le_bytes());
    put(16, &STREAM.instance);
    put(32, &STREAM.lane.to_le_bytes());
    put(40, &7_u64.to_le_bytes());
    put(48, &FIRST_SEQ.to_le_bytes());
    put(56, &SALT.to_le_bytes());
    put(64, &8192_u64.to_le_bytes());
    put(72, &4242_u32.to_le_bytes());
    put(80, &1_000_u64.to_le_bytes());
    put(88, &[0xB0; 16]);
    put(104, &4_026_531_836_u64.to_le_bytes());
    put(112, &1_763_830_000_000_u64.to_le_bytes());
    put(120, &(label.len() as u32).to_le_bytes());
    put(124, &crc32c::crc32c(label).to_le_bytes());
    put(2048, label);
    put(256, &0_u64.to_le_bytes());
    put(264, &(!0_u64).to_le_bytes());
    put(272, &0xFFFF_u32.to_le_bytes());
    for (index, count) in [3_u64, 0, 2, 1].into_iter().enumerate() {
        put(320 + 8 * index, &count.to_le_bytes());
    }
    let crc = crc32c::crc32c(&file[..128]);
    file[128..132].copy_from_slice(&crc.to_le_bytes());
    for (seq, time_ns, flags, body) in frames() {
        let at = file.len();
        file.resize((at + 24 + body.len()).next_multiple_of(8), 0);
        file[at..at + 4].copy_from_slice(&(body.len() as u32).to_le_bytes());
        file[at + 8..at + 16].copy_from_slice(&time_ns.to_le_bytes());
        file[at + 16..at + 20].copy_from_slice(&(seq as u32).to_le_bytes());
        file[at + 20..at + 22].copy_from_slice(&flags.to_le_bytes());
        file[at + 24..at + 24 + body.len()].copy_from_slice(body);
        let mut source = SALT.to_le_bytes().to_vec();
        source.extend(STREAM.instance);
        source.extend(STREAM.lane.to_le_bytes());
        source.extend(seq.to_le_bytes());
        source.extend((body.len() as u32).to_le_bytes());
        source.extend(time_ns.to_le_bytes());
        source.extend(flags.to_le_bytes());
        source.extend([0, 0]);
        source.extend(body);
        // The second frame is one that the reader gave up.
        let check = if seq == FIRST_SEQ + 1 { u32::MAX } else { crc32c::crc32c(&source) };
        file[at + 4..at + 8].copy_from_slice(&check.to_le_bytes());
    }
    let reserve = 1 << 63 | 4 << 40 | file.len() as u64;
    file[192..200].copy_from_slice(&u64::to_le_bytes(reserve));
    file
}

fn frames() -> [(u64, u64, u16, &'static [u8]); 4] {
    [
        (FIRST_SEQ, 1_763_830_000_000_000_001, 0, b"the first body"),
        (FIRST_SEQ + 1, 1_763_830_000_000_000_002, 0, b"torn"),
        (FIRST_SEQ + 2, 1_763_830_000_000_000_003, 1, b""),
        (FIRST_SEQ + 3, 1_763_830_000_000_000_004, 1, b"the last body, 31 bytes long ..."),
    ]
}

#[test]
fn the_golden_segment_is_read_as_it_was_written() {
    if std::env::var_os("WRITE_GOLDEN").is_some() {
        fs::write(golden(), written()).unwrap();
    }
    let bytes = fs::read(golden()).unwrap();
    assert_eq!(
        bytes,
        written(),
        "the file, or the words about it, have changed: a new version needs a new folder"
    );
    let view = SegmentView::of_bytes(golden(), bytes);
    assert_eq!((view.verdict, view.stream, view.number), (Verdict::Good, STREAM, 7));
    assert_eq!((view.first_seq, view.salt, view.owner_pid), (FIRST_SEQ, SALT, 4242));
    assert_eq!((view.sealed, view.reserved, view.released, view.ended), (true, 4, 0, true));
    assert_eq!(view.refused, [3, 0, 2, 1]);
    let entries = view.entries();
    let got = entries.iter().filter_map(|entry| match *entry {
        Entry::Frame { seq, time_ns, important, body, .. } => {
            Some((seq, time_ns, u16::from(important), body))
        }
        Entry::Gap { from, to, reason, .. } => {
            assert_eq!((from, to, reason), (FIRST_SEQ + 1, FIRST_SEQ + 1, LossReason::Torn));
            None
        }
    });
    let expected: Vec<_> = frames().into_iter().filter(|frame| frame.0 != FIRST_SEQ + 1).collect();
    assert_eq!(got.collect::<Vec<_>>(), expected);
}

#[test]
fn the_golden_segment_is_adopted_across_the_32_bits_of_its_numbers() {
    let scratch = tempfile::tempdir().unwrap();
    let home = scratch.path().join(STREAM.to_string());
    support::copy_directory(golden().parent().unwrap(), &home);
    bury(&home);
    let mut reader = inspect::adopt(&home).unwrap().unwrap();
    assert_eq!(
        (reader.label(), reader.refused()),
        (&br#"{"language":"python","service":"golden"}"#[..], [3, 0, 2, 1])
    );
    assert!(reader.closed());
    let mut out = Vec::new();
    let taken = reader.take(ALL, Instant::now(), &mut out);
    assert_eq!(
        taken,
        Taken::Batch { first_seq: FIRST_SEQ, last_seq: FIRST_SEQ + 3, count: 3, salt: SALT }
    );
    assert_eq!(bodies(&out, FIRST_SEQ, SALT, STREAM)[2].3, b"the last body, 31 bytes long ...");
}
