//! Who listens on a port, for the error that says it is taken. Linux only; elsewhere nobody knows.

use std::fs;

/// Such as `python3 (process 4711)`. `None` when it cannot be found out.
pub(crate) fn holder(port: u16) -> Option<String> {
    let inode = ["/proc/net/tcp", "/proc/net/tcp6"].iter().find_map(|table| {
        let table = fs::read_to_string(table).ok()?;
        table.lines().skip(1).find_map(|line| listening(line, port).map(str::to_owned))
    })?;
    let socket = format!("socket:[{inode}]");
    fs::read_dir("/proc").ok()?.flatten().find_map(|process| {
        let pid: u32 = process.file_name().to_str()?.parse().ok()?;
        let has = fs::read_dir(process.path().join("fd")).ok()?.flatten().any(|file| {
            fs::read_link(file.path()).is_ok_and(|target| target.as_os_str() == socket.as_str())
        });
        let name = || fs::read_to_string(process.path().join("comm")).unwrap_or_default();
        has.then(|| format!("{} (process {pid})", name().trim()))
    })
}

/// The socket's inode, when the line of `/proc/net/tcp` is of a listener on this port.
fn listening(line: &str, port: u16) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (_, hex) = words.get(1)?.rsplit_once(':')?;
    let listens = words.get(3) == Some(&"0A");
    (listens && u16::from_str_radix(hex, 16) == Ok(port)).then_some(*words.get(9)?)
}
