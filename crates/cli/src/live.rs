//! Rows as they are stored, over server-sent events; connects again when the server was away, and never hides that it was.

use std::io::{BufRead, BufReader};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::failure::{Exit, Failure};
use crate::server::Server;
use crate::terminal::Terminal;
use crate::wanted::Wanted;

/// Rows a second that the server sends at most.
pub(crate) const BUDGET_MAX: u32 = 1000;

/// The server says something at least every 20 s.
const SILENCE_MAX: Duration = Duration::from_secs(45);

/// Pauses between attempts to connect again.
const AGAIN_MIN: Duration = Duration::from_millis(500);
const AGAIN_MAX: Duration = Duration::from_secs(10);

/// Which rows, from where, and how many a second.
pub(crate) struct Live<'a> {
    pub(crate) server: &'a Server,
    pub(crate) wanted: &'a Wanted,
    pub(crate) budget: u32,
}

/// An open connection.
pub(crate) type Events = BufReader<ureq::BodyReader<'static>>;

/// What becomes of a row.
type Each<'a> = &'a mut dyn FnMut(&Value) -> Result<(), Failure>;

impl Live<'_> {
    /// Begins to watch: what is stored from now on will come.
    pub(crate) fn connect(&self) -> Result<Events, Failure> {
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

    /// Hands on row after row; ends with a failure only.
    pub(crate) fn watch(
        &self,
        terminal: &Terminal,
        mut events: Events,
        each: Each<'_>,
    ) -> Result<(), Failure> {
        loop {
            let lost = self.read(terminal, events, each)?;
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

    /// Tries until the server is there again. What it refuses now it had taken before, so that ends the verb.
    fn connect_again(&self) -> Result<Events, Failure> {
        let mut pause = AGAIN_MIN;
        loop {
            match self.connect() {
                Err(Failure::Told { exit: Exit::Unreachable, .. }) => {
                    thread::sleep(pause);
                    pause = (pause * 2).min(AGAIN_MAX);
                }
                other => return other,
            }
        }
    }

    /// Reads until the connection ends, and says why it did.
    fn read(
        &self,
        terminal: &Terminal,
        mut events: Events,
        each: Each<'_>,
    ) -> Result<String, Failure> {
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
                self.take(terminal, &event, data, each)?;
            }
        }
    }

    fn take(
        &self,
        terminal: &Terminal,
        event: &str,
        data: &str,
        each: Each<'_>,
    ) -> Result<(), Failure> {
        let Ok(data) = serde_json::from_str::<Value>(data) else {
            return Err(self.server.foreign());
        };
        match (event, data) {
            ("rows", Value::Array(rows)) => rows.iter().try_for_each(each)?,
            ("skipped", counts) => {
                let number = |key: &str| counts.get(key).and_then(Value::as_u64).unwrap_or(0);
                let (matched, skipped) = (number("matched"), number("skipped"));
                let raise = if self.budget < BUDGET_MAX { " or raise --budget" } else { "" };
                terminal.notice(&format!(
                    "… {skipped} of {matched} records not shown (budget {} a second; narrow the query{raise})",
                    self.budget
                ));
            }
            // An event of a newer server.
            _ => {}
        }
        Ok(())
    }
}
