//! The Rust driver of spec/cases: translates JSON lines into calls of the crate dlogs. It decides nothing and checks nothing.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "its answers are what it is for")]

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::time::Duration;

use dlogs::{Events, Level, Logger};
use dlogs_testkit::typed::{TypedFields, text};
use serde_json::{Value, json};

/// What `flush` gets where a case does not say it.
const FLUSH: Duration = Duration::from_secs(10);

/// A logger with its listener and everything that it has heard.
struct Opened {
    logger: Logger,
    events: Events,
    heard: Vec<Value>,
}

#[derive(Default)]
struct Driver {
    opened: HashMap<String, Opened>,
}

fn main() -> ExitCode {
    let mut driver = Driver::default();
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        let op: Value = serde_json::from_str(&line).unwrap_or_default();
        if op["op"] == "exit" {
            // Rust's exit hook is the drop of the loggers.
            drop(driver);
            return ExitCode::from(op["code"].as_u64().unwrap_or(0) as u8);
        }
        let answer = driver.answer(&op).unwrap_or_else(|why| json!({"ok": false, "error": why}));
        println!("{answer}");
        drop(io::stdout().flush());
    }
    ExitCode::SUCCESS
}

impl Driver {
    fn answer(&mut self, op: &Value) -> Result<Value, String> {
        match op["op"].as_str().unwrap_or_default() {
            "hello" => return Ok(json!({"ok": true, "language": "rust", "can": ["block"]})),
            "open" => self.open(op)?,
            "start" => self.logger(op)?.start(),
            "log" => log(self.logger(op)?, op)?,
            "custom" => custom(self.logger(op)?, op),
            "child" => {
                let logger = self.logger(op)?;
                let child = logger.child(TypedFields { fields: &op["fields"], n: 0, logger });
                self.keep(op, child);
            }
            "enabled" => {
                let value = self.logger(op)?.enabled(level(op)?);
                return Ok(json!({"ok": true, "value": value}));
            }
            "set_level" => self.logger(op)?.set_level(level(op)?),
            "flush" => {
                let waiting = self.logger(op)?.flush(timeout(op).unwrap_or(FLUSH));
                return Ok(json!({"ok": true, "waiting": waiting}));
            }
            "close" => {
                let logger = self.logger(op)?;
                let closed =
                    timeout(op).map_or_else(|| logger.close(), |time| logger.close_within(time));
                let (sent, waiting, lost) = (closed.sent, closed.waiting, closed.lost);
                return Ok(json!({"ok": true, "sent": sent, "waiting": waiting, "lost": lost}));
            }
            "stats" => return Ok(json!({"ok": true, "stats": self.logger(op)?.stats()})),
            "state" => {
                let logger = self.logger(op)?;
                return Ok(
                    json!({"ok": true, "state": logger.state(), "activity": logger.activity()}),
                );
            }
            "events" => return Ok(json!({"ok": true, "events": self.events(op)?})),
            other => return Err(format!("the op {other} is not in spec/cases/README.md")),
        }
        Ok(json!({"ok": true}))
    }

    fn open(&mut self, op: &Value) -> Result<(), String> {
        let mut builder = Logger::builder();
        for (name, value) in op["config"].as_object().into_iter().flatten() {
            builder = builder.option(name, value.clone());
        }
        let logger = builder.build().map_err(|error| error.to_string())?;
        self.keep(op, logger);
        Ok(())
    }

    fn keep(&mut self, op: &Value, logger: Logger) {
        let name = op["as"].as_str().unwrap_or("main").to_owned();
        let events = logger.events();
        self.opened.insert(name, Opened { logger, events, heard: Vec::new() });
    }

    fn logger(&self, op: &Value) -> Result<&Logger, String> {
        let name = op["on"].as_str().unwrap_or("main");
        let opened = self.opened.get(name).ok_or_else(|| format!("no logger is called {name}"))?;
        Ok(&opened.logger)
    }

    fn events(&mut self, op: &Value) -> Result<&[Value], String> {
        let name = op["on"].as_str().unwrap_or("main");
        let opened =
            self.opened.get_mut(name).ok_or_else(|| format!("no logger is called {name}"))?;
        while let Some(event) = opened.events.try_next() {
            opened.heard.push(serde_json::from_str(&event.to_json()).unwrap_or_default());
        }
        Ok(&opened.heard)
    }
}

fn log(logger: &Logger, op: &Value) -> Result<(), String> {
    let (level, message) = (level(op)?, text(&op["message"]));
    for n in 1..=op["count"].as_u64().unwrap_or(1) {
        let fields = TypedFields { fields: &op["fields"], n, logger };
        let message = message.replace("{n}", &n.to_string());
        match level {
            Level::Trace => logger.trace(&message, fields),
            Level::Debug => logger.debug(&message, fields),
            Level::Info => logger.info(&message, fields),
            Level::Warning => logger.warning(&message, fields),
            Level::Error => logger.error(&message, fields),
            Level::Critical => logger.critical(&message, fields),
        };
    }
    Ok(())
}

fn custom(logger: &Logger, op: &Value) {
    let event = text(&op["event"]);
    for n in 1..=op["count"].as_u64().unwrap_or(1) {
        let fields = TypedFields { fields: &op["fields"], n, logger };
        logger.custom(&event.replace("{n}", &n.to_string()), fields);
    }
}

fn level(op: &Value) -> Result<Level, String> {
    let name = op["level"].as_str().unwrap_or_default();
    name.parse().map_err(|_| format!("the level {name} is not known"))
}

fn timeout(op: &Value) -> Option<Duration> {
    op["timeout_ms"].as_u64().map(Duration::from_millis)
}
