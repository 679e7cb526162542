//! `dlogs tail`: prints records as they are stored, and connects again when the server was away.

use std::io::{BufRead, BufReader};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::Args;
use serde_json::Value;

use crate::failure::Failure;
use crate::row;
use crate::server::Server;
use crate::terminal::Terminal;
use crate::wanted::Wanted;

/// The server says something at least every 20 s.
const SILENCE_MAX: Duration = Duration::from_secs(45);

/// Pauses between attempts to connect again.
const AGAIN_MIN: Duration = Duration::from_millis(500);
const AGAIN_MAX: Duration = Duration::from_secs(10);

/// Show records as they are stored
#[derive(Debug, Args)]
pub(crate) struct Tail {
    #[command(flatten)]
    wanted: Wanted,

    /// Rows a second, 1 to 1000; above it a sample is shown, with every error, and the rest counted
    #[arg(long, default_value_t = 200)]
    budget: u32,

    /// One JSON object a line
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    server: Server,
}

impl Tail {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        // The first connection has to work: a wrong address should not look like a quiet service.
        let mut events = self.connect()?;
        loop {
            let lost = self.show(&terminal, events)?;
            let since = SystemTime::now();
            let from = Instant::now();
            terminal.notice(&format!("Connection lost ({lost}). Connecting again …"));
            events = self.connect_again()?;
            let after_s = from.elapsed().as_secs_f64();
            let since_s = since.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
            terminal.notice(&format!(
                "Connected again after {after_s:.1} s. What was stored meanwhile: dlogs query --since {since_s}"
            ));
        }
    }

    fn connect(&self) -> Result<Events, Failure> {
        let budget = self.budget.to_string();
        let mut parameters = self.wanted.parameters();
        parameters.push(("budget", &budget));
        let answer = self.server.get("/api/logs/tail", &parameters, SILENCE_MAX)?;
        let kind = answer.headers().get("content-type").and_then(|value| value.to_str().ok());
        if kind.is_none_or(|kind| !kind.starts_with("text/event-stream")) {
            return Err(self.server.foreign());
        }
        Ok(BufReader::new(answer.into_body().into_reader()))
    }

    /// Tries until the server is there again. What it refuses now it had taken before, so that ends the verb.
    fn connect_again(&self) -> Result<Events, Failure> {
        let mut pause = AGAIN_MIN;
        loop {
            match self.connect() {
                Err(Failure::Told { exit: crate::failure::Exit::Unreachable, .. }) => {
                    thread::sleep(pause);
                    pause = (pause * 2).min(AGAIN_MAX);
                }
                other => return other,
            }
        }
    }

    /// Prints until the connection ends, and says why it did.
    fn show(&self, terminal: &Terminal, mut events: Events) -> Result<String, Failure> {
        let mut line = String::new();
        let mut event = String::new();
        loop {
            line.clear();
            match events.read_line(&mut line) {
                Ok(0) => return Ok("the server closed it".to_owned()),
                Ok(_) => {}
                Err(error) => return Ok(error.to_string()),
            }
            let text = line.trim_end_matches(['\r', '\n']);
            if let Some(name) = text.strip_prefix("event: ") {
                name.clone_into(&mut event);
            } else if let Some(data) = text.strip_prefix("data: ") {
                self.print(terminal, &event, data)?;
            }
        }
    }

    fn print(&self, terminal: &Terminal, event: &str, data: &str) -> Result<(), Failure> {
        let Ok(data) = serde_json::from_str::<Value>(data) else {
            return Err(self.server.foreign());
        };
        match (event, data) {
            ("rows", Value::Array(rows)) => {
                for found in &rows {
                    if self.json {
                        terminal.json(&found.to_string())?;
                    } else {
                        terminal.line(&row::line(terminal, found))?;
                    }
                }
            }
            ("skipped", counts) => {
                let number = |key: &str| counts.get(key).and_then(Value::as_u64).unwrap_or(0);
                let (matched, skipped) = (number("matched"), number("skipped"));
                terminal.notice(&format!(
                    "… {skipped} of {matched} records not shown (budget {} a second; narrow the query or raise --budget)",
                    self.budget
                ));
            }
            // An event of a newer server.
            _ => {}
        }
        Ok(())
    }
}

type Events = BufReader<ureq::BodyReader<'static>>;
