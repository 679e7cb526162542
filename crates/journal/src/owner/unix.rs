//! Reads `/proc` where there is one.

use std::{fs, os::unix::fs::MetadataExt};

/// What is to be seen of a process.
pub(super) enum Seen {
    /// There is none with this number, or it is dead and only not yet buried.
    Dead,
    /// It lives since so many clock ticks after the machine's start.
    Since(u64),
    /// It lives, and the system does not say since when.
    Alive,
}

pub(super) fn look(pid: u32) -> Seen {
    match start_of(pid) {
        Some(start) => Seen::Since(start),
        None if fs::exists("/proc/self/stat").unwrap_or(false) => Seen::Dead,
        None => {
            let pid = rustix::process::Pid::from_raw(pid as i32);
            let lives = pid.is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok());
            if lives { Seen::Alive } else { Seen::Dead }
        }
    }
}

/// The start time in `/proc/<pid>/stat`; `None` if there is no such process, or it is dead and only not yet buried.
fn start_of(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces and parentheses itself, so the fields are counted from its end.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

/// Drawn by the kernel at every boot.
pub(super) fn boot() -> [u8; 16] {
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let hex: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    u128::from_str_radix(&hex, 16).unwrap_or(0).to_be_bytes()
}

/// The inode of the namespace in which the process numbers are ours.
pub(super) fn namespace() -> u64 {
    fs::metadata("/proc/self/ns/pid").map_or(0, |found| found.ino())
}
