//! What becomes of streams whose process is gone.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant, SystemTime},
};

use dlogs_journal::{Journal, Loss, LossReason, Opened, Reader, StreamId, Taken, inspect};
use support::{ALL, Scratch, bodies, close_to_others, names, write_at};

/// A journal with `records` records in several segments.
fn filled(scratch: &Scratch, records: u64) -> Opened {
    let mut opened = Journal::open(scratch.settings()).unwrap();
    for n in 1..=records {
        opened
            .journal
            .append(n, false, format!("record {n} {}", "x".repeat(100)).as_bytes())
            .unwrap();
        opened.keeper.keep(Instant::now());
    }
    opened
}

/// The numbers that a reader still gives.
fn drain(reader: &mut Reader) -> Vec<u64> {
    let mut seqs = Vec::new();
    let mut out = Vec::new();
    while let Taken::Batch { first_seq, salt, .. } = reader.take(ALL, Instant::now(), &mut out) {
        for (seq, time_ns, _, body) in bodies(&out, first_seq, salt, reader.stream()) {
            assert_eq!(seq, time_ns);
            assert!(body.starts_with(format!("record {seq} ").as_bytes()));
            seqs.push(seq);
        }
        out.clear();
    }
    seqs
}

fn segments_of(directory: &Path) -> Vec<PathBuf> {
    names(directory)
        .into_iter()
        .filter(|name| name.ends_with(".seg"))
        .map(|name| directory.join(name))
        .collect()
}

#[test]
fn an_orphan_is_shipped_to_the_end_and_its_directory_removed() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 300);
    let copy = scratch.crash(opened.journal.stream());
    let mut reader = inspect::adopt(&copy).unwrap().unwrap();
    assert_eq!(
        (reader.stream(), reader.label(), reader.waiting()),
        (opened.journal.stream(), &b"label"[..], 300)
    );
    assert!(inspect::adopt(&copy).unwrap().is_none(), "one at a time");
    assert_eq!(drain(&mut reader), (1..=300).collect::<Vec<_>>());
    assert!(reader.finished() && !reader.closed() && reader.losses().is_empty());
    reader.release(150);
    drop(reader);
    let mut again = inspect::adopt(&copy).unwrap().unwrap();
    assert_eq!((again.waiting(), again.next_seq()), (150, 151));
    assert_eq!(drain(&mut again), (151..=300).collect::<Vec<_>>());
    again.release(300);
    assert!(again.finish());
    assert!(!copy.exists());
}

#[test]
fn finish_leaves_what_is_not_released() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 10);
    let copy = scratch.crash(opened.journal.stream());
    let mut reader = inspect::adopt(&copy).unwrap().unwrap();
    drain(&mut reader);
    reader.release(9);
    assert!(!reader.finish());
    assert_eq!(inspect::adopt(&copy).unwrap().unwrap().waiting(), 1);
}

#[test]
fn a_stream_whose_process_lives_is_left_alone_even_without_its_lock() {
    let scratch = Scratch::new();
    let mut opened = filled(&scratch, 10);
    let home = scratch.root().join(opened.journal.stream().to_string());
    assert!(inspect::adopt(&home).unwrap().is_none(), "locked");
    // A copy has no lock, as after a daemonizer closed everything, but we, who are named in it, live.
    let copy = scratch.crash(opened.journal.stream());
    fs::copy(home.join("lock"), copy.join("lock")).unwrap();
    assert!(inspect::adopt(&copy).unwrap().is_none());
    fs::write(copy.join("lock"), "damaged").unwrap();
    assert!(inspect::adopt(&copy).unwrap().is_none(), "the segments name us, too");
    assert!(opened.keeper.orphans().is_empty());
}

#[test]
fn a_journal_that_was_let_go_is_adopted_by_the_same_process() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 10);
    let stream = opened.journal.stream();
    opened.journal.close();
    drop(opened);
    let mut next = Journal::open(scratch.settings()).unwrap();
    let mut orphans = next.keeper.orphans();
    assert_eq!(orphans.len(), 1);
    assert!(next.keeper.orphans().is_empty(), "at most one at a time");
    let mut reader = orphans.remove(0);
    assert_eq!(reader.stream(), stream);
    assert!(reader.closed());
    assert_eq!(drain(&mut reader).len(), 10);
    reader.release(10);
    assert!(reader.finish());
    assert!(next.keeper.orphans().is_empty());
    assert_eq!(scratch.entries(), [next.journal.stream().to_string()]);
}

#[test]
fn the_oldest_orphan_comes_first_and_a_broken_one_is_not_in_the_way() {
    let scratch = Scratch::new();
    let mut streams = Vec::new();
    for age_s in [30, 20, 10] {
        let opened = filled(&scratch, 2);
        streams.push(opened.journal.stream());
        drop(opened);
        let directory = scratch.root().join(streams.last().unwrap().to_string());
        for path in segments_of(&directory) {
            let file = fs::File::options().write(true).open(path).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age_s)).unwrap();
        }
    }
    let directory = |stream: StreamId| scratch.root().join(stream.to_string());
    let damaged = segments_of(&directory(streams[0])).remove(0);
    fs::write(&damaged, "damaged from the first byte on").unwrap();
    let oldest = SystemTime::now() - Duration::from_secs(30);
    fs::File::options().write(true).open(damaged).unwrap().set_modified(oldest).unwrap();
    let mut next = Journal::open(scratch.settings()).unwrap();
    let orphans = next.keeper.orphans();
    assert_eq!(orphans.iter().map(Reader::stream).collect::<Vec<_>>(), [streams[1]]);
    assert_eq!(names(&directory(streams[0])), Vec::<String>::new(), "nothing was left of it");
    assert!(!directory(streams[0]).exists());
    let aside = names(&scratch.root().join("quarantine"));
    assert_eq!(aside, [format!("{}-0000000001.seg", streams[0])]);
    drop(orphans);
    let again = next.keeper.orphans();
    assert_eq!(
        again.iter().map(Reader::stream).collect::<Vec<_>>(),
        [streams[1]],
        "still the oldest"
    );
}

#[test]
fn an_unknown_version_is_left_as_it_is() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 100);
    let copy = scratch.crash(opened.journal.stream());
    let newest = segments_of(&copy).pop().unwrap();
    write_at(&newest, &2_u32.to_le_bytes(), 8);
    let before = names(&copy);
    assert!(inspect::adopt(&copy).unwrap().is_none());
    assert_eq!(names(&copy), before);
    let view = inspect::stream(&copy).unwrap();
    assert_eq!(view.last().unwrap().verdict, inspect::Verdict::Version(2));
    assert!(view[0].entries().len() > 10);
}

#[test]
fn a_segment_with_a_bad_header_is_set_aside_and_its_numbers_are_told_as_corrupt() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 300);
    let copy = scratch.crash(opened.journal.stream());
    let views = inspect::stream(&copy).unwrap();
    let (from, to) = (views[1].first_seq, views[2].first_seq - 1);
    write_at(&views[1].path, b"?", 60);
    let mut reader = inspect::adopt(&copy).unwrap().unwrap();
    let got = drain(&mut reader);
    assert_eq!(got, (1..=300).filter(|seq| *seq < from || *seq > to).collect::<Vec<_>>());
    let lost = [Loss { from, to, reason: LossReason::Corrupt }];
    assert_eq!(reader.losses(), lost);
    reader.release(300);
    assert_eq!(reader.released(), from - 1);
    drop(reader);
    let mut again = inspect::adopt(&copy).unwrap().unwrap();
    drain(&mut again);
    assert_eq!(again.losses(), lost, "derived again from what is on the disk");
    again.forget_losses(&lost);
    again.release(300);
    assert!(again.finish());
}

#[test]
fn a_segment_that_was_never_used_is_removed() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 1);
    let copy = scratch.crash(opened.journal.stream());
    let unused = inspect::stream(&copy).unwrap().pop().unwrap();
    assert_eq!(unused.verdict, inspect::Verdict::Unused);
    fs::write(copy.join("0000000009.seg"), [0; 8192]).unwrap();
    fs::write(copy.join("0000000010.seg"), "").unwrap();
    let mut reader = inspect::adopt(&copy).unwrap().unwrap();
    assert_eq!(drain(&mut reader), [1]);
    assert_eq!(names(&copy), ["0000000001.seg", "lock"]);
    assert_eq!(
        fs::metadata(copy.join("0000000001.seg")).unwrap().len(),
        4096 + 136,
        "cut to what it holds"
    );
}

#[test]
fn what_is_too_old_is_told_as_expired_and_a_crash_does_not_bring_it_back() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 300);
    let stream = opened.journal.stream();
    drop(opened);
    let home = scratch.root().join(stream.to_string());
    let views = inspect::stream(&home).unwrap();
    let old = SystemTime::now() - Duration::from_secs(31 * 24 * 3600);
    fs::File::options().write(true).open(&views[0].path).unwrap().set_modified(old).unwrap();
    let mut next = Journal::open(scratch.settings()).unwrap();
    let mut reader = next.keeper.orphans().remove(0);
    let got = drain(&mut reader);
    let lost = Loss { from: 1, to: views[1].first_seq - 1, reason: LossReason::Expired };
    assert_eq!(got[0], lost.to + 1);
    assert_eq!(reader.losses(), [lost]);
    assert_eq!(fs::metadata(&views[0].path).unwrap().len(), 4096, "cut to its header");
    drop(reader);
    let mut again = next.keeper.orphans().remove(0);
    assert_eq!(drain(&mut again)[0], lost.to + 1);
    assert_eq!(again.losses(), [lost]);
    again.forget_losses(&[lost]);
    assert_eq!(again.released(), lost.to);
    assert!(!views[0].path.exists(), "acknowledged, and gone");
}

#[test]
fn of_two_adopters_one_wins() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 3);
    for _ in 0..50 {
        let copy = scratch.crash(opened.journal.stream());
        let start = Arc::new(Barrier::new(4));
        let adopters: Vec<_> = (0..4)
            .map(|_| {
                let (start, copy) = (Arc::clone(&start), copy.clone());
                thread::spawn(move || {
                    start.wait();
                    inspect::adopt(&copy).unwrap()
                })
            })
            .collect();
        let readers: Vec<_> =
            adopters.into_iter().filter_map(|adopter| adopter.join().unwrap()).collect();
        assert_eq!(readers.len(), 1);
    }
}

#[test]
fn an_adopter_races_with_one_who_just_finished() {
    let scratch = Scratch::new();
    let opened = filled(&scratch, 3);
    for _ in 0..50 {
        let copy = scratch.crash(opened.journal.stream());
        let mut reader = inspect::adopt(&copy).unwrap().unwrap();
        drain(&mut reader);
        reader.release(3);
        let other = {
            let copy = copy.clone();
            thread::spawn(move || {
                inspect::adopt(&copy).ok().flatten().map(|mut reader| drain(&mut reader))
            })
        };
        assert!(reader.finish());
        assert!(other.join().unwrap().is_none(), "it is either taken or gone");
    }
}

#[test]
#[cfg(unix)]
fn strange_things_in_a_directory_are_refused_or_stepped_over() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scratch = Scratch::new();
    let opened = filled(&scratch, 3);
    let copy = scratch.crash(opened.journal.stream());
    let link = copy.parent().unwrap().join("link");
    symlink(&copy, &link).unwrap();
    assert!(inspect::adopt(&link).is_err(), "a symbolic link");
    fs::create_dir(copy.join("0000000007.seg")).unwrap();
    let real = segments_of(&copy).remove(0);
    symlink(&real, copy.join("0000000008.seg")).unwrap();
    let view = inspect::stream(&copy).unwrap();
    assert!(view.iter().any(|view| matches!(view.verdict, inspect::Verdict::Bad(_))));
    let mut reader = inspect::adopt(&copy).unwrap().unwrap();
    assert_eq!(drain(&mut reader), [1, 2, 3]);
    drop(reader);
    assert!(names(&copy).contains(&"0000000008.seg".into()), "left alone");
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(inspect::adopt(&copy).is_err(), "open to all");
}

#[test]
fn a_directory_that_was_half_made_is_swept() {
    let scratch = Scratch::new();
    let mut opened = filled(&scratch, 1);
    let stream = StreamId { instance: [7; 16], lane: 0 };
    let hidden = scratch.root().join(format!(".{stream}"));
    support::copy_directory(&scratch.crash(opened.journal.stream()), &hidden);
    let fresh = scratch.root().join(format!(".{}", StreamId { instance: [8; 16], lane: 0 }));
    fs::create_dir(&fresh).unwrap();
    close_to_others(&fresh);
    assert!(opened.keeper.orphans().is_empty());
    assert!(!hidden.exists(), "its maker is dead");
    assert!(fresh.exists(), "somebody may be making it");
}
