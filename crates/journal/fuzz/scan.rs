// The target of both fuzzers, `tests/fuzz.rs` and cargo-fuzz: a segment, damaged as the input says, is scanned to its end, and
// nothing comes out that was not written.

use std::{collections::BTreeMap, path::PathBuf, sync::OnceLock, time::Instant};

use dlogs_journal::inspect::{Entry, SegmentView, Verdict};
use dlogs_journal::{Journal, Place, Settings};

struct Sample {
    bytes: Vec<u8>,
    records: BTreeMap<u64, Vec<u8>>,
}

/// The input: 4 bytes an edit (place, place, what, how), over a good segment; an odd first byte takes it as the whole file.
pub fn scan(input: &[u8]) {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    let sample = SAMPLE.get_or_init(sample);
    let Some((first, rest)) = input.split_first() else { return };
    if first % 2 == 1 {
        let frames = look(rest.to_vec());
        assert!(frames.is_empty() || rest.len() > 4096, "nobody knows a salt");
        return;
    }
    let mut bytes = sample.bytes.clone();
    for edit in rest.chunks_exact(4) {
        edit_at(&mut bytes, usize::from(u16::from_le_bytes([edit[0], edit[1]])), edit[2], edit[3]);
    }
    for (seq, body) in look(bytes) {
        assert_eq!(sample.records.get(&seq), Some(&body), "seq {seq} was invented");
    }
}

fn edit_at(bytes: &mut Vec<u8>, at: usize, what: u8, how: u8) {
    let length = bytes.len();
    if length == 0 {
        return;
    }
    let at = at % length;
    match how % 6 {
        0 => bytes[at] = what,
        1 => bytes[at] ^= 1 << (what % 8),
        2 => bytes.truncate(at),
        3 => bytes[at..(at + usize::from(what)).min(length)].fill(0),
        // A piece of the file in another place: what a disk that mixes its sectors up leaves.
        4 => {
            let from = usize::from(what) * 64 % length;
            let piece = bytes[from..(from + 512).min(length)].to_vec();
            let end = (at + piece.len()).min(length);
            bytes[at..end].copy_from_slice(&piece[..end - at]);
        }
        _ => bytes[at..(at + 4).min(length)].fill(what),
    }
}

fn look(bytes: Vec<u8>) -> Vec<(u64, Vec<u8>)> {
    let started = Instant::now();
    let view = SegmentView::of_bytes(PathBuf::new(), bytes);
    let entries = view.entries();
    assert!(entries.is_empty() || view.verdict == Verdict::Good);
    let mut next = view.first_seq;
    let mut frames = Vec::new();
    for entry in entries {
        let (from, to) = match entry {
            Entry::Frame { seq, body, .. } => {
                frames.push((seq, body.to_vec()));
                (seq, seq)
            }
            Entry::Gap { from, to, .. } => (from, to),
        };
        assert!(from == next && to >= from, "{from}..{to} after {next}");
        next = to + 1;
    }
    assert!(started.elapsed().as_secs() < 5, "bounded");
    frames
}

fn sample() -> Sample {
    let root = std::env::temp_dir().join(format!("dlogs-fuzz-{}", std::process::id()));
    let place = Place::Disk { root: root.clone() };
    let settings = Settings { place, first_segment_bytes: 16384, ..Settings::default() };
    let Ok(opened) = Journal::open(settings) else { panic!("no journal at {}", root.display()) };
    let mut records = BTreeMap::new();
    for n in 0..80_u8 {
        let body = vec![n; usize::from(n)];
        if let Ok(seq) = opened.journal.append(u64::from(n), n % 2 == 0, &body) {
            records.insert(seq, body);
        }
    }
    let file = root.join(opened.journal.stream().to_string()).join("0000000001.seg");
    let bytes = std::fs::read(file).unwrap_or_default();
    drop(opened);
    let _ = std::fs::remove_dir_all(root);
    Sample { bytes, records }
}
