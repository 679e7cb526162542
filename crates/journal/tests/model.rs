//! Random lives of a journal against a model that is a list of records. `JOURNAL_SEQUENCES` says how many, `SEED` which first.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use dlogs_journal::{
    Journal, Limits, Loss, LossReason, Opened, Place, Reader, Refusal, Settings, Taken, inspect,
};
use support::{Scratch, bodies, number};

/// A small generator whose every run can be repeated (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

const MAX_AGE: Duration = Duration::from_secs(1000);

/// What must be true of one stream, as far as an observer of its callers knows.
#[derive(Default, Clone)]
struct Model {
    /// Every accepted record.
    accepted: BTreeMap<u64, (u64, bool, Vec<u8>)>,
    /// What the server has; a record may come twice, and is then the same.
    stored: BTreeMap<u64, Vec<u8>>,
    lost: BTreeMap<u64, LossReason>,
    released: u64,
}

impl Model {
    fn store(&mut self, seq: u64, time_ns: u64, important: bool, body: Vec<u8>) {
        let expected = self.accepted.get(&seq).unwrap_or_else(|| panic!("seq {seq} was invented"));
        assert_eq!((expected.0, expected.1, &expected.2), (time_ns, important, &body), "seq {seq}");
        assert!(!self.lost.contains_key(&seq), "seq {seq} was lost before it came");
        self.stored.insert(seq, body);
    }

    fn lose(&mut self, losses: &[Loss]) {
        for loss in losses {
            for seq in loss.from..=loss.to {
                assert!(self.accepted.contains_key(&seq), "seq {seq} was lost and never accepted");
                // Stored, the answer lost, and then expired: the server knows better, and counts it as stored.
                if !self.stored.contains_key(&seq) {
                    self.lost.insert(seq, loss.reason);
                }
            }
        }
    }

    /// accepted = stored + lost, once everything is shipped.
    fn law(&self) {
        for seq in self.accepted.keys() {
            assert!(
                self.stored.contains_key(seq) ^ self.lost.contains_key(seq),
                "seq {seq} is neither or both"
            );
        }
    }
}

/// One end that sends: takes, sometimes fails, sometimes forgets that it succeeded.
struct Sender {
    reader: Reader,
    /// Taken and not yet answered.
    on_the_way: Option<(u64, u64)>,
}

impl Sender {
    fn new(reader: Reader) -> Self {
        Self { reader, on_the_way: None }
    }

    fn take(&mut self, model: &mut Model, dice: &mut Dice, now: Instant) -> bool {
        let limits = Limits {
            max_records: 1 + dice.below(40) as usize,
            max_bytes: 1 + dice.below(4000) as usize,
        };
        let mut out = Vec::new();
        let before = self.reader.next_seq();
        let Taken::Batch { first_seq, last_seq, count, salt } =
            self.reader.take(limits, now, &mut out)
        else {
            return false;
        };
        assert_eq!(first_seq, before);
        assert!(first_seq > model.released, "released records do not come again");
        let frames = bodies(&out, first_seq, salt, self.reader.stream());
        assert_eq!(frames.len(), count);
        assert!(count <= limits.max_records && (out.len() <= limits.max_bytes || count == 1));
        assert_eq!(frames.last().unwrap().0, last_seq);
        let mut expected = first_seq;
        for (seq, time_ns, important, body) in frames {
            for gap in expected..seq {
                assert!(
                    self.reader.losses().iter().any(|loss| (loss.from..=loss.to).contains(&gap)),
                    "{gap}"
                );
            }
            model.store(seq, time_ns, important, body);
            expected = seq + 1;
        }
        self.on_the_way = Some((self.on_the_way.map_or(first_seq, |(first, _)| first), last_seq));
        true
    }

    /// The server's answer: stored, or not, with the losses that travelled along.
    fn answer(&mut self, model: &mut Model, ok: bool) {
        let losses = self.reader.losses().to_vec();
        if let Some((first, last)) = self.on_the_way.take() {
            if ok {
                self.reader.release(last);
            } else {
                self.reader.rewind(first);
            }
        }
        if ok {
            model.lose(&losses);
            self.reader.forget_losses(&losses);
            assert!(self.reader.losses().is_empty());
        }
        assert!(self.reader.released() >= model.released);
        model.released = self.reader.released();
    }

    fn ship_all(&mut self, model: &mut Model, dice: &mut Dice, now: Instant) {
        while self.take(model, dice, now) {
            self.answer(model, true);
        }
        self.answer(model, true);
    }
}

fn settings(place: Place) -> Settings {
    Settings {
        place,
        label: b"model".to_vec(),
        max_bytes: 96 << 10,
        memory_max_bytes: 96 << 10,
        first_segment_bytes: 8192,
        max_segment_bytes: 16384,
        max_age: MAX_AGE,
        ..Settings::default()
    }
}

fn open(scratch: &Scratch, dice: &mut Dice) -> Opened {
    let place =
        if dice.below(8) == 0 { Place::Memory } else { Place::Disk { root: scratch.root() } };
    Journal::open(settings(place)).unwrap()
}

/// One life: a process that logs and ships, dies at some point, and is adopted until everything is told.
fn live(seed: u64) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let scratch = Scratch::fast();
    let mut now = Instant::now();
    let Opened { journal, reader, mut keeper } = open(&scratch, &mut dice);
    let mut model = Model::default();
    let mut sender = Sender::new(reader);
    let steps = 20 + dice.below(300);
    for _ in 0..steps {
        match dice.below(100) {
            0..50 => append(&journal, &mut model, &mut dice),
            50..65 => drop(sender.take(&mut model, &mut dice, now)),
            65..75 => sender.answer(&mut model, true),
            75..82 => sender.answer(&mut model, false),
            82..96 => drop(keeper.keep(now)),
            96..98 => now += Duration::from_secs(dice.below(600)),
            _ => {
                for _ in 0..dice.below(200) {
                    append(&journal, &mut model, &mut dice);
                }
            }
        }
    }
    assert_eq!(journal.accepted(), model.accepted.len() as u64, "dense");
    if journal.medium().name() == "memory" || dice.below(4) == 0 {
        end_well(journal, sender, keeper, model, &mut dice, now);
    } else {
        let copy = scratch.crash(journal.stream());
        die(copy, model, &mut dice);
    }
}

fn append(journal: &Journal, model: &mut Model, dice: &mut Dice) {
    let max_bytes = if dice.below(20) == 0 { 3000 } else { 200 };
    let body = vec![dice.next() as u8; dice.below(max_bytes) as usize];
    let (time_ns, important) = (dice.next(), dice.below(4) == 0);
    match journal.append(time_ns, important, &body) {
        Ok(seq) => {
            assert_eq!(seq, model.accepted.len() as u64 + 1);
            model.accepted.insert(seq, (time_ns, important, body));
        }
        Err(refusal) => assert_eq!(refusal, Refusal::Full),
    }
}

fn end_well(
    journal: Journal,
    mut sender: Sender,
    mut keeper: dlogs_journal::Keeper,
    mut model: Model,
    dice: &mut Dice,
    now: Instant,
) {
    journal.close();
    assert_eq!(journal.append(1, true, b""), Err(Refusal::Closed));
    sender.answer(&mut model, false);
    sender.ship_all(&mut model, dice, now);
    keeper.keep(now);
    assert!(sender.reader.finished() && sender.reader.closed());
    assert_eq!(sender.reader.waiting(), 0);
    model.law();
    assert!(sender.reader.finish());
}

/// The process is dead; adopters come, ship some, and die, too, until one comes to the end.
fn die(mut directory: PathBuf, mut model: Model, dice: &mut Dice) {
    for generation in 0.. {
        if dice.below(3) == 0 {
            wreck(&directory, dice);
        }
        let Some(reader) = inspect::adopt(&directory).unwrap() else { break };
        assert_eq!(reader.label(), b"model");
        assert!(reader.released() >= model.released, "a release is not forgotten");
        let mut sender = Sender::new(reader);
        if generation > 3 || dice.below(2) == 0 {
            sender.ship_all(&mut model, dice, Instant::now());
            assert!(sender.reader.finished());
            assert!(sender.reader.finish());
            break;
        }
        for _ in 0..dice.below(10) {
            sender.take(&mut model, dice, Instant::now());
            let ok = dice.below(2) == 0;
            sender.answer(&mut model, ok);
        }
        let next = directory.parent().unwrap().join(format!("next{generation}"));
        support::copy_directory(&directory, &next);
        support::bury(&next);
        directory = next;
    }
    model.law();
}

/// What a crash of the machine's administrator could do without harm: leftovers of a segment that was being prepared.
fn wreck(directory: &std::path::Path, dice: &mut Dice) {
    let name = format!("{:010}.seg", 5000 + dice.below(10));
    fs::write(directory.join(name), vec![0; dice.below(3) as usize * 4096]).unwrap();
}

#[test]
fn random_lives_keep_the_law() {
    let sequences = number("JOURNAL_SEQUENCES", 300);
    let seed = number("SEED", 1);
    for seed in seed..seed + sequences {
        let result = std::panic::catch_unwind(|| live(seed));
        assert!(result.is_ok(), "repeat with SEED={seed} JOURNAL_SEQUENCES=1");
    }
}
