//! The server as a process of its own: its address, its CPU time, its memory.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
    _data: tempfile::TempDir,
}

impl Server {
    pub(crate) fn start(dlogs: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        // Small seals: what lies in memory is then the same in every phase.
        let mut child = Command::new(dlogs)
            .args(["serve", "--port", "0", "--seal-mib", "8", "--data"])
            .arg(data.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next());
        Self { address: address.unwrap().parse().unwrap(), child, _data: data }
    }

    /// CPU time of all of its threads.
    pub(crate) fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let numbers = stat.rsplit(')').next().unwrap().split_whitespace();
        let ticks: u64 = numbers.skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum();
        Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
    }

    /// Looks at its memory until it is asked for the peak.
    pub(crate) fn watch_memory(&self) -> Watch {
        let (stop, peak) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (stopped, seen, id) = (stop.clone(), peak.clone(), self.child.id());
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                let statm = fs::read_to_string(format!("/proc/{id}/statm")).unwrap_or_default();
                let pages: u64 = statm.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
                seen.fetch_max(pages * rustix::param::page_size() as u64, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(50));
            }
        });
        Watch { stop, peak, thread }
    }

    /// A number of `/metrics`.
    pub(crate) fn metric(&self, name: &str) -> u64 {
        let mut socket = TcpStream::connect(self.address).unwrap();
        let head = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.write_all(head.as_bytes()).unwrap();
        let mut page = String::new();
        socket.read_to_string(&mut page).unwrap();
        let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap().trim().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) struct Watch {
    stop: Arc<AtomicBool>,
    peak: Arc<AtomicU64>,
    thread: JoinHandle<()>,
}

impl Watch {
    pub(crate) fn peak(self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap();
        self.peak.load(Ordering::Relaxed)
    }
}
