//! Who a process is, so that it is never mistaken for another one that got the same number.

use std::str::FromStr;

#[cfg_attr(unix, path = "owner/unix.rs")]
#[cfg_attr(windows, path = "owner/windows.rs")]
mod system;

use system::Seen;

/// A process, distinct from every other one on this machine since it was built.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Owner {
    pub(crate) pid: u32,
    /// When it started, as the system tells it; 0 where the system does not say.
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
        let start = match system::look(pid) {
            Seen::Since(start) => start,
            Seen::Dead | Seen::Alive => 0,
        };
        Self { pid, start, boot: system::boot(), namespace: system::namespace() }
    }

    /// Whether this process still runs, as far as can be seen from `here`. Where it cannot be seen, the lock alone decides;
    /// where the system does not tell start times, any process with the number counts as this one.
    pub(crate) fn lives(&self, here: &Self) -> bool {
        if self.pid == 0 || self.boot != here.boot || self.namespace != here.namespace {
            return false;
        }
        match system::look(self.pid) {
            Seen::Since(start) => self.start == 0 || start == self.start,
            Seen::Alive => true,
            Seen::Dead => false,
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

#[cfg(test)]
mod tests;
