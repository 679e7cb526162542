//! A segment cut at every byte and flipped in every bit: no panic, no hang, no record invented, at most one lost.
//! `DAMAGE=full` tries all of them; by default one in 16, others on every run of another seed.
#![allow(clippy::unwrap_used)]

mod support;

use std::{collections::BTreeSet, fs, path::PathBuf, time::Instant};

use dlogs_journal::{Journal, LossReason, Settings, Taken, inspect};
use support::{ALL, Scratch, bodies, bury, copy_directory, number};

/// One closed 16 KiB segment, nearly full, and its records.
struct Sample {
    scratch: Scratch,
    directory: PathBuf,
    bytes: Vec<u8>,
    records: u64,
}

fn sample() -> Sample {
    let scratch = Scratch::fast();
    let settings = Settings { first_segment_bytes: 16384, ..scratch.settings() };
    let opened = Journal::open(settings).unwrap();
    let mut records = 0;
    while opened.journal.append(records + 1, true, &body(records + 1)).is_ok() {
        records += 1;
    }
    let directory = scratch.crash(opened.journal.stream());
    let bytes = fs::read(directory.join("0000000001.seg")).unwrap();
    assert_eq!(bytes.len(), 16384);
    assert!(records > 80);
    Sample { scratch, directory, bytes, records }
}

fn body(seq: u64) -> Vec<u8> {
    format!("{seq}:").repeat(seq as usize % 40 + 1).into_bytes()
}

/// Adopts the stream with these bytes as its only segment; gives the numbers that it delivers and those that it tells as lost.
fn deliver(sample: &Sample, bytes: &[u8]) -> (Vec<u64>, BTreeSet<u64>) {
    let copy = sample.scratch.root().join("damaged").join(sample.directory.file_name().unwrap());
    let _ = fs::remove_dir_all(&copy);
    copy_directory(&sample.directory, &copy);
    fs::write(copy.join("0000000001.seg"), bytes).unwrap();
    bury(&copy);
    let started = Instant::now();
    let mut delivered = Vec::new();
    let mut lost = BTreeSet::new();
    if let Some(mut reader) = inspect::adopt(&copy).unwrap() {
        let mut out = Vec::new();
        while let Taken::Batch { first_seq, salt, .. } = reader.take(ALL, Instant::now(), &mut out)
        {
            for (seq, time_ns, important, got) in bodies(&out, first_seq, salt, reader.stream()) {
                assert_eq!(
                    (time_ns, important, got),
                    (seq, true, body(seq)),
                    "invented or changed"
                );
                delivered.push(seq);
            }
            out.clear();
        }
        for loss in reader.losses() {
            assert_ne!(loss.reason, LossReason::Expired);
            lost.extend(loss.from..=loss.to);
        }
    }
    assert!(started.elapsed().as_secs() < 20, "bounded");
    assert!(delivered.is_sorted_by(|a, b| a < b), "in order, none twice");
    assert!(delivered.iter().all(|seq| !lost.contains(seq)), "delivered or lost, not both");
    (delivered, lost)
}

fn every() -> u64 {
    if std::env::var("DAMAGE").is_ok_and(|text| text == "full") { 1 } else { 16 }
}

#[test]
fn cut_at_any_byte_what_is_left_is_delivered() {
    let sample = sample();
    let ends: Vec<usize> = frame_ends(&sample);
    let offset = number("SEED", u64::from(std::process::id())) % every();
    for length in (offset as usize..sample.bytes.len()).step_by(every() as usize) {
        let (delivered, lost) = deliver(&sample, &sample.bytes[..length]);
        let whole = ends.iter().filter(|end| **end <= length).count() as u64;
        assert_eq!(delivered, (1..=whole).collect::<Vec<_>>(), "cut at {length}");
        assert!(
            lost.iter().all(|seq| *seq > whole && *seq <= sample.records),
            "cut at {length}: {lost:?}"
        );
    }
}

#[test]
fn with_any_bit_flipped_at_most_one_record_is_lost() {
    let sample = sample();
    let seed = number("SEED", u64::from(std::process::id()));
    let every = every();
    for bit in 0..sample.bytes.len() as u64 * 8 {
        // A step that changes with the place, so that over 16 runs every bit of every field has its turn.
        if !(bit / every + bit + seed).is_multiple_of(every) {
            continue;
        }
        let mut bytes = sample.bytes.clone();
        bytes[bit as usize / 8] ^= 1 << (bit % 8);
        let (delivered, lost) = deliver(&sample, &bytes);
        let missing = sample.records - delivered.len() as u64;
        if bit < 132 * 8 {
            assert!(
                missing == 0 || missing == sample.records,
                "bit {bit} of the header: {missing} missing"
            );
        } else {
            assert!(missing <= 1, "bit {bit}: {missing} missing");
            assert!(lost.iter().all(|seq| *seq <= sample.records), "bit {bit}: {lost:?} invented");
            assert_eq!(lost.len() as u64, missing, "bit {bit}: every loss is told: {lost:?}");
        }
    }
}

fn frame_ends(sample: &Sample) -> Vec<usize> {
    let view = inspect::SegmentView::of_bytes(PathBuf::new(), sample.bytes.clone());
    let end = |entry: &inspect::Entry<'_>| match entry {
        inspect::Entry::Frame { offset, body, .. } => {
            Some((offset + 24 + body.len()).next_multiple_of(8))
        }
        inspect::Entry::Gap { .. } => None,
    };
    view.entries().iter().filter_map(end).collect()
}
