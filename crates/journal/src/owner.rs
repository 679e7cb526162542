//! Who a process is, so that it is never mistaken for another one that got the same number. Reads `/proc` where there is one.

use std::{fs, os::unix::fs::MetadataExt, str::FromStr};

/// A process, distinct from every other one on this machine since it was built.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Owner {
    pub(crate) pid: u32,
    /// Clock ticks between the machine's start and the process's; 0 where the system does not say.
    pub(crate) start: u64,
    /// Drawn by the kernel at every boot; zeros where the system does not say.
    pub(crate) boot: [u8; 16],
    /// The inode of the namespace in which `pid` is a number; 0 where the system does not say.
    pub(crate) namespace: u64,
}

impl Owner {
    /// The calling process.
    pub(crate) fn current() -> Self {
        let pid = std::process::id();
        Self { pid, start: start_of(pid).unwrap_or(0), boot: boot(), namespace: namespace() }
    }

    /// Whether this process still runs, as far as can be seen from `here`. Where it cannot be seen, the lock alone decides;
    /// where the system does not tell start times, any process with the number counts as this one.
    pub(crate) fn lives(&self, here: &Self) -> bool {
        if self.pid == 0 || self.boot != here.boot || self.namespace != here.namespace {
            return false;
        }
        match start_of(self.pid) {
            Some(start) => self.start == 0 || start == self.start,
            None if fs::exists("/proc/self/stat").unwrap_or(false) => false,
            None => rustix::process::Pid::from_raw(self.pid as i32)
                .is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok()),
        }
    }
}

impl std::fmt::Display for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let boot = u128::from_be_bytes(self.boot);
        write!(f, "{} {} {boot:032x} {}", self.pid, self.start, self.namespace)
    }
}

impl FromStr for Owner {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut words = text.split_ascii_whitespace();
        let mut word = || words.next().ok_or(());
        let owner = Self {
            pid: word()?.parse().map_err(|_| ())?,
            start: word()?.parse().map_err(|_| ())?,
            boot: u128::from_str_radix(word()?, 16).map_err(|_| ())?.to_be_bytes(),
            namespace: word()?.parse().map_err(|_| ())?,
        };
        if words.next().is_none() { Ok(owner) } else { Err(()) }
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

fn boot() -> [u8; 16] {
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let hex: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    u128::from_str_radix(&hex, 16).unwrap_or(0).to_be_bytes()
}

fn namespace() -> u64 {
    fs::metadata("/proc/self/ns/pid").map_or(0, |found| found.ino())
}

#[cfg(test)]
mod tests;
