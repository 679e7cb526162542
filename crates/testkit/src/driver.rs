//! A language's driver process: asks it in JSON lines, stops, continues and kills it. It knows nothing of the ops.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// No answer of a driver takes longer, whatever it was asked.
const PATIENCE: Duration = Duration::from_secs(60);

/// How to start a driver: program and arguments.
#[derive(Clone, Debug)]
pub struct DriverCommand {
    words: Vec<String>,
}

impl DriverCommand {
    /// Splits at spaces. Words that are paths of existing files become absolute, because every
    /// driver runs in a directory of its own.
    pub fn parse(text: &str) -> Self {
        let absolute = |word: &str| {
            let path = Path::new(word);
            // Not canonicalized: a virtual environment's python must keep its own path.
            let path = std::path::absolute(path).ok().filter(|_| path.is_file() || path.is_dir());
            path.map_or(word.to_owned(), |path| path.to_string_lossy().into_owned())
        };
        Self { words: text.split_whitespace().map(absolute).collect() }
    }
}

/// A running driver.
pub struct Driver {
    child: Child,
    stdin: Option<ChildStdin>,
    answers: Receiver<String>,
    stderr: PathBuf,
}

impl Driver {
    /// Starts one in `dir`, without any `DLOGS_*` or `XDG_*` of ours. Its stderr is kept in a file beside `dir`.
    pub fn start(
        command: &DriverCommand,
        dir: &Path,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, String> {
        let stderr = dir.with_extension("stderr");
        let (program, arguments) = command.words.split_first().ok_or("--driver is empty")?;
        let mut builder = Command::new(program);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("DLOGS_") || name.starts_with("XDG_") {
                builder.env_remove(name.as_ref());
            }
        }
        let errors = OpenOptions::new().create(true).append(true).open(&stderr);
        builder
            .args(arguments)
            .current_dir(dir)
            .env("HOME", dir)
            .env("XDG_STATE_HOME", dir.join("state"))
            .envs(env)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors.map_err(|error| format!("stderr of the driver: {error}"))?);
        let mut child =
            builder.spawn().map_err(|error| format!("cannot start {program}: {error}"))?;
        let stdout = child.stdout.take().ok_or("the driver has no stdout")?;
        let (sender, answers) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { stdin: child.stdin.take(), child, answers, stderr })
    }

    /// Sends an op without waiting for its answer.
    pub fn tell(&mut self, op: &Value) -> Result<(), String> {
        let stdin = self.stdin.as_mut().ok_or("the driver's stdin is closed")?;
        let sent = stdin.write_all(format!("{op}\n").as_bytes()).and_then(|()| stdin.flush());
        sent.map_err(|error| format!("the driver does not listen any more: {error}"))
    }

    /// The next answer, in order of the ops.
    pub fn hear(&mut self) -> Result<Value, String> {
        let line = self.answers.recv_timeout(PATIENCE).map_err(|error| match error {
            RecvTimeoutError::Timeout => format!("no answer within {} s", PATIENCE.as_secs()),
            RecvTimeoutError::Disconnected => "the driver ended without an answer".to_owned(),
        })?;
        serde_json::from_str(&line).map_err(|_| format!("the driver's answer is not JSON: {line}"))
    }

    /// Asks, and adds how long it took.
    pub fn ask(&mut self, op: &Value) -> Result<Value, String> {
        let asked = Instant::now();
        self.tell(op)?;
        let mut answer = self.hear()?;
        answer["took_ms"] = (asked.elapsed().as_millis() as u64).into();
        Ok(answer)
    }

    /// SIGKILL, SIGSTOP, SIGCONT.
    pub fn signal(&mut self, signal: Signal) -> Result<(), String> {
        let sent = kill_process(Pid::from_child(&self.child), signal);
        sent.map_err(|error| format!("signal to the driver: {error}"))?;
        if signal == Signal::KILL {
            drop(self.child.wait());
        }
        Ok(())
    }

    /// Waits for the driver's own end and returns its exit code; -1 for a signal.
    pub fn ended(&mut self, within: Duration) -> Result<i32, String> {
        self.stdin = None;
        let deadline = Instant::now() + within;
        while Instant::now() < deadline {
            match self.child.try_wait() {
                Ok(Some(status)) => return Ok(status.code().unwrap_or(-1)),
                Ok(None) => thread::sleep(Duration::from_millis(2)),
                Err(error) => return Err(format!("waiting for the driver: {error}")),
            }
        }
        Err(format!("the driver did not end within {} ms", within.as_millis()))
    }

    /// Everything that was written to stderr since the first start.
    pub fn stderr(&self) -> String {
        fs::read_to_string(&self.stderr).unwrap_or_default()
    }

    /// Starts the collection of stderr anew.
    pub fn clear_stderr(&self) {
        drop(File::create(&self.stderr));
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
