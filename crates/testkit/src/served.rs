//! A real `dlogs serve` as a process that can be killed and started again on the same port and data. It never reads them.

use std::fs::OpenOptions;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a start may take, also with a long queue to read.
const START: Duration = Duration::from_secs(30);

/// The server, running or not.
pub struct Served {
    binary: PathBuf,
    data: PathBuf,
    port: u16,
    more: &'static [&'static str],
    child: Option<Child>,
    /// How long each start took until the server was ready.
    pub starts: Vec<Duration>,
}

impl Served {
    /// Takes a free port and starts for the first time. What the server writes goes to `<data>.log`.
    pub fn start(binary: &Path, data: &Path) -> Result<Self, String> {
        Self::start_with(binary, data, &[])
    }

    /// The same, with more arguments of `dlogs serve`, at every start.
    pub fn start_with(
        binary: &Path,
        data: &Path,
        more: &'static [&'static str],
    ) -> Result<Self, String> {
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| format!("no free port: {error}"))?.port();
        let (binary, data) = (binary.to_path_buf(), data.to_path_buf());
        let mut served = Self { binary, data, port, more, child: None, starts: Vec::new() };
        served.restart()?;
        Ok(served)
    }

    /// `http://127.0.0.1:<port>`.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where clients send.
    pub fn endpoint(&self) -> String {
        format!("{}/api/logs", self.base())
    }

    /// Starts again, and waits until the server is ready.
    pub fn restart(&mut self) -> Result<(), String> {
        let begun = Instant::now();
        self.launch()?;
        while begun.elapsed() < START {
            if ureq::get(format!("{}/health/ready", self.base())).call().is_ok() {
                self.starts.push(begun.elapsed());
                return Ok(());
            }
            if let Some(Ok(Some(status))) = self.child.as_mut().map(Child::try_wait) {
                return Err(format!(
                    "the server ended at its start: {status}; see {}",
                    self.log().display()
                ));
            }
            thread::sleep(Duration::from_millis(5));
        }
        Err(format!("the server was not ready within {} s", START.as_secs()))
    }

    /// Starts without waiting, for whoever kills servers also while they start.
    pub fn launch(&mut self) -> Result<(), String> {
        self.kill();
        let log = OpenOptions::new().create(true).append(true).open(self.log());
        let log = log.map_err(|error| format!("{}: {error}", self.log().display()))?;
        let child = Command::new(&self.binary)
            .args(["serve", "--host", "127.0.0.1", "--port", &self.port.to_string(), "--data"])
            .arg(&self.data)
            .args(["--max-unsealed-mib", "8000"])
            .args(self.more)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.child = Some(child.map_err(|error| format!("{}: {error}", self.binary.display()))?);
        Ok(())
    }

    fn log(&self) -> PathBuf {
        self.data.with_extension("log")
    }

    /// SIGKILL, if it runs.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.kill();
    }
}
