//! Where a journal refuses to live, and how it stays within its room.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    fs,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

#[cfg(unix)]
use std::{
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

#[cfg(unix)]
use dlogs_journal::OpenError;
use dlogs_journal::{Journal, Medium, Place, Refusal, Settings, Taken};
use support::{ALL, Scratch, small};

fn at(root: impl Into<PathBuf>) -> Settings {
    Settings { place: Place::Disk { root: root.into() }, ..small() }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
#[cfg(unix)]
fn directories_and_files_are_closed_to_others() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("deep/er/root");
    let opened = Journal::open(at(&root)).unwrap();
    let home = root.join(opened.journal.stream().to_string());
    assert_eq!((mode(&root), mode(&home)), (0o700, 0o700));
    for name in support::names(&home) {
        assert_eq!(mode(&home.join(&name)), 0o600, "{name}");
    }
    assert!(matches!(opened.journal.medium(), Medium::Disk | Medium::Tmpfs | Medium::Overlay));
}

#[test]
#[cfg(unix)]
fn what_others_could_read_change_or_exchange_is_refused() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("root");
    fs::create_dir(&root).unwrap();
    let refused = |settings: Settings| {
        matches!(Journal::open(settings).err(), Some(OpenError::Unsafe { .. }))
    };
    fs::set_permissions(&root, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(refused(at(&root)));
    fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(Journal::open(at(&root)).is_ok());
    assert_eq!(mode(&root), 0o700, "only too open for reading: closed");
    let link = scratch.path().join("link");
    symlink(&root, &link).unwrap();
    assert!(refused(at(&link)));
    let parent = scratch.path().join("parent");
    fs::create_dir(&parent).unwrap();
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(refused(at(parent.join("root"))), "anybody could exchange it");
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o1777)).unwrap();
    assert!(Journal::open(at(parent.join("root"))).is_ok(), "sticky, like /tmp");
    let file = scratch.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(Journal::open(at(&file)).is_err());
    assert!(Journal::open(at("/proc/self/nowhere")).is_err());
}

#[test]
#[cfg(unix)]
fn a_foreign_owner_is_refused() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path().join("root");
    fs::create_dir(&root).unwrap();
    if std::os::unix::fs::chown(&root, Some(65534), None).is_err() {
        eprintln!("SKIPPED: only root can give a directory to somebody else");
        return;
    }
    let error = Journal::open(at(&root)).err().unwrap();
    assert!(matches!(error, OpenError::Unsafe { .. }), "{error}");
    assert!(error.to_string().contains("65534"), "{error}");
}

#[test]
fn settings_that_make_no_sense_are_refused_with_the_reason() {
    let refused = |settings: Settings| Journal::open(settings).err().unwrap().to_string();
    assert!(refused(Settings { label: vec![0; 2049], ..small() }).contains("2048"));
    assert!(refused(Settings { first_segment_bytes: 5000, ..small() }).contains("4096"));
    assert!(refused(Settings { first_segment_bytes: 4096, ..small() }).contains("8192"));
    assert!(refused(Settings { max_segment_bytes: 4096, ..small() }).contains("8192"));
    assert!(Journal::open(Settings { label: vec![7; 2048], ..small() }).is_ok());
}

#[test]
fn the_room_is_kept_and_its_last_tenth_is_for_important_frames() {
    let scratch = Scratch::new();
    for settings in [scratch.settings(), Settings { place: Place::Memory, ..small() }] {
        let max_bytes = 256 << 10;
        let settings = Settings { max_bytes, memory_max_bytes: max_bytes, ..settings };
        let mut opened = Journal::open(settings).unwrap();
        let mut fill = |important: bool| {
            let mut bytes = 0;
            for _ in 0..2 {
                opened.keeper.keep(Instant::now());
                while opened.journal.append(1, important, &[0; 100]).is_ok() {
                    bytes += 128;
                    opened.keeper.keep(Instant::now());
                }
            }
            bytes
        };
        let ordinary = fill(false);
        let important = fill(true);
        let headers = 4096 * 20;
        assert!(
            ordinary > 9 * max_bytes / 10 - headers && ordinary <= 9 * max_bytes / 10,
            "{ordinary}"
        );
        assert!(important > 12_000 && important <= max_bytes / 10, "{important} of the last tenth");
        assert!(opened.journal.bytes() <= max_bytes, "{}", opened.journal.bytes());
        assert_eq!(opened.journal.append(1, true, &[0; 100]), Err(Refusal::Full));
        let mut out = Vec::new();
        while let Taken::Batch { last_seq, .. } = opened.reader.take(ALL, Instant::now(), &mut out)
        {
            opened.reader.release(last_seq);
        }
        opened.keeper.keep(Instant::now());
        assert!(opened.journal.append(1, false, &[0; 100]).is_ok(), "it heals by itself");
        assert!(opened.journal.bytes() <= 5 * 16384, "{}", opened.journal.bytes());
    }
}

#[test]
fn a_first_segment_is_allowed_however_full_the_root_is() {
    let scratch = Scratch::new();
    let settings = Settings { max_bytes: 10_000, ..scratch.settings() };
    let mut first = Journal::open(settings.clone()).unwrap();
    let mut second = Journal::open(settings).unwrap();
    for opened in [&mut first, &mut second] {
        opened.keeper.keep(Instant::now());
        assert!(opened.journal.append(1, false, &[0; 100]).is_ok());
        opened.keeper.keep(Instant::now());
    }
    while second.journal.append(1, true, &[0; 100]).is_ok() {}
    second.keeper.keep(Instant::now());
    assert_eq!(second.journal.append(1, true, &[0; 100]), Err(Refusal::Full), "and no second one");
}

#[test]
fn a_full_disk_refuses_and_heals_by_itself() {
    let scratch = Scratch::new();
    let mount = scratch.root();
    fs::create_dir(&mount).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(&mount)
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no tmpfs can be mounted here");
        return;
    }
    let unmount = Unmount(mount.clone());
    let settings = Settings { max_bytes: 64 << 20, ..at(mount.join("root")) };
    let mut opened = Journal::open(settings.clone()).unwrap();
    assert_eq!(opened.journal.medium(), Medium::Tmpfs);
    let mut accepted = 0;
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        opened.keeper.keep(Instant::now());
        match opened.journal.append(1, false, &[1; 100]) {
            Ok(seq) => accepted = seq,
            Err(refusal) => {
                assert_eq!(refusal, Refusal::Full);
                break;
            }
        }
        assert!(Instant::now() < deadline);
    }
    let trouble = opened.journal.trouble().unwrap();
    assert!(trouble.contains("preallocate"), "{trouble}");
    assert!(Journal::open(settings).is_err(), "nothing half-made is left by one that cannot open");
    assert_eq!(support::names(&mount.join("root")).len(), 1);

    let mut out = Vec::new();
    while let Taken::Batch { last_seq, .. } = opened.reader.take(ALL, Instant::now(), &mut out) {
        opened.reader.release(last_seq);
    }
    assert_eq!(opened.reader.released(), accepted);
    opened.keeper.keep(Instant::now());
    assert_eq!(opened.journal.append(1, false, &[1; 100]), Ok(accepted + 1));
    opened.keeper.keep(Instant::now());
    assert_eq!(opened.journal.trouble(), None);
    drop(opened);
    drop(unmount);
}

struct Unmount(PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn synced_journals_work_like_others() {
    let scratch = Scratch::new();
    let settings = Settings { sync_every: Some(Duration::from_millis(1)), ..scratch.settings() };
    let mut opened = Journal::open(settings).unwrap();
    let mut now = Instant::now();
    for seq in 1..=500 {
        assert_eq!(opened.journal.append(1, false, &[0; 100]), Ok(seq));
        now += Duration::from_millis(1);
        assert!(opened.keeper.keep(now) <= Duration::from_millis(1));
    }
    assert_eq!(opened.journal.trouble(), None);
}
