//! The binary as a child process, and a server of one's own for each test.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const DEADLINE: Duration = Duration::from_secs(90);

/// `dlogs` in an empty directory, with nothing of the tester's environment that it would read.
pub(crate) fn dlogs(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dlogs"));
    command.env_clear().current_dir(home).env("HOME", home).stdin(Stdio::null());
    command
}

/// A run to the end.
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn run(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let ran = Ran { exit: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) };
    for sign in ["panicked", "Some(", "Err(", "Custom {", "Os {"] {
        assert!(!ran.err.contains(sign), "a program's words, not a person's: {}", ran.err);
    }
    ran
}

/// Polls until a condition holds.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !holds() {
        assert!(Instant::now() < end, "waited too long for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A process that is ended with the test.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// The exit code, awaited.
    pub(crate) fn exit(&mut self) -> Option<i32> {
        let mut code = None;
        until("the process to end", || match self.0.try_wait().unwrap() {
            Some(status) => {
                code = status.code();
                true
            }
            None => false,
        });
        code
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `dlogs serve` with data of its own.
pub(crate) struct Server {
    pub(crate) running: Running,
    pub(crate) url: String,
    pub(crate) home: TempDir,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), 0)
    }

    pub(crate) fn start_in(home: TempDir, port: u16) -> Self {
        let mut child = dlogs(home.path())
            .args(["serve", "--data", "data", "--port", &port.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split_whitespace().find(|word| word.starts_with("http://"));
        let Some(url) = url.map(str::to_owned) else {
            let mut why = String::new();
            let _ = child.kill();
            child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            panic!("the server says {line:?} and {why:?}");
        };
        Self { running: Running(child), url, home }
    }

    /// Kills without warning and gives back the data and the port.
    pub(crate) fn kill(mut self) -> (TempDir, u16) {
        let _ = self.running.0.kill();
        let _ = self.running.0.wait();
        let port = self.url.rsplit(':').next().unwrap().parse().unwrap();
        (self.home, port)
    }

    pub(crate) fn post(&self, records: &Value) {
        let answer = ureq::post(format!("{}/api/logs", self.url))
            .header("Content-Type", "application/json")
            .send(records.to_string());
        let text = answer.unwrap().body_mut().read_to_string().unwrap();
        assert!(text.contains("\"dlogs\":1"), "{text}");
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let mut answer = ureq::get(format!("{}{path}", self.url)).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// `dlogs` that talks to this server.
    pub(crate) fn dlogs(&self, arguments: &[&str]) -> Command {
        let mut command = dlogs(self.home.path());
        command.args(arguments).args(["--url", &self.url]);
        command
    }

    /// `dlogs query --json`, parsed.
    pub(crate) fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        let ran = run(self.dlogs(&["query", "--json"]).args(arguments));
        assert_eq!(ran.exit, 0, "{}", ran.err);
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// What is stored becomes visible a moment after the answer at the latest.
    pub(crate) fn await_rows(&self, n: usize) {
        until("the records to be found", || self.rows(&["--limit", "100000"]).len() >= n);
    }
}
