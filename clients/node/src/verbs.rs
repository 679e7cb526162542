//! The verbs that are called seldom, in safe Rust: arguments in, an answer out. The one that is called often is in `border`.

use std::time::Duration;

use dlogs::{Level, Logger, Options};
use dlogs_record::{View, json};
use serde_json::json;

use crate::loggers::Loggers;
use crate::waiting::Waiting;

/// What a verb works on: everything that one JavaScript environment has.
#[derive(Default)]
pub(crate) struct Environment {
    pub(crate) loggers: Loggers,
    waiting: Waiting,
}

/// An argument that JavaScript gave.
pub(crate) enum Argument {
    Number(f64),
    Text(String),
    Bytes(Vec<u8>),
    Nothing,
}

/// What JavaScript gets.
pub(crate) enum Answer {
    Number(f64),
    Text(String),
    Nothing,
    /// Thrown.
    Error(String),
}

pub(crate) type Verb = fn(&Environment, &[Argument]) -> Answer;

/// Names as JavaScript knows them (lib/native.ts).
pub(crate) const VERBS: &[(&str, Verb)] = &[
    ("version", |_, _| Answer::Text(env!("CARGO_PKG_VERSION").to_owned())),
    ("open", |env, given| open(env, text(given, 0))),
    ("release", |env, given| {
        env.loggers.release(whole(given, 0));
        Answer::Nothing
    }),
    ("start", |env, given| {
        on(env, given, |logger| {
            logger.start();
            Answer::Nothing
        })
    }),
    ("setLevel", |env, given| {
        on(env, given, |logger| {
            let level = u8::try_from(whole(given, 1)).ok().and_then(Level::from_u8);
            logger.set_level(level.unwrap_or(Level::Info));
            Answer::Nothing
        })
    }),
    ("state", |env, given| {
        on(env, given, |logger| {
            let activity = logger.activity().map_or(0, |activity| 256 * (1 + activity as u32));
            Answer::Number((logger.state() as u32 + activity).into())
        })
    }),
    ("stream", |env, given| on(env, given, |logger| Answer::Text(logger.stream()))),
    ("stats", |env, given| on(env, given, |logger| Answer::Text(logger.stats().to_json()))),
    ("flush", |env, given| {
        on(env, given, |logger| {
            let (logger, timeout) = (logger.clone(), milliseconds(given));
            begin(env, move || json!([logger.flush(timeout)]).to_string())
        })
    }),
    ("close", |env, given| {
        on(env, given, |logger| {
            let (logger, timeout) = (logger.clone(), milliseconds(given));
            begin(env, move || close(&logger, timeout))
        })
    }),
    ("closeNow", |env, given| {
        on(env, given, |logger| Answer::Text(close(logger, milliseconds(given))))
    }),
    ("answer", |env, given| {
        let ticket = u32::try_from(whole(given, 0)).unwrap_or(u32::MAX);
        env.waiting.answer(ticket).map_or(Answer::Nothing, Answer::Text)
    }),
    ("events", |env, given| {
        let events = env.loggers.new_events(whole(given, 0));
        let events: Vec<String> = events.iter().map(dlogs::Event::to_json).collect();
        Answer::Text(format!("[{}]", events.join(",")))
    }),
    ("show", |_, given| match given.first() {
        Some(Argument::Bytes(body)) => show(body),
        _ => Answer::Error("show: a body is missing".to_owned()),
    }),
];

/// Makes a logger from the JSON of `Options::from_json`; its number, its level and how long closing may take.
fn open(env: &Environment, options: &str) -> Answer {
    let opened = Options::from_json(options).and_then(Logger::new);
    match opened {
        Ok(logger) => {
            let options = logger.options();
            let told = [options.level as u64, options.shutdown_timeout_ms];
            let handle = env.loggers.keep(logger.clone());
            Answer::Text(
                json!({"handle": handle, "level": told[0], "shutdownTimeoutMs": told[1]})
                    .to_string(),
            )
        }
        Err(error) => Answer::Error(error.to_string()),
    }
}

fn on(env: &Environment, given: &[Argument], verb: impl FnOnce(&Logger) -> Answer) -> Answer {
    match env.loggers.get(whole(given, 0)) {
        Some(logger) => verb(&logger),
        None => Answer::Error("this logger was released".to_owned()),
    }
}

fn begin(env: &Environment, answer: impl FnOnce() -> String + Send + 'static) -> Answer {
    match env.waiting.begin(answer) {
        Some(ticket) => Answer::Number(ticket.into()),
        None => Answer::Nothing,
    }
}

fn close(logger: &Logger, timeout: Duration) -> String {
    let closed = logger.close_within(timeout);
    json!([closed.sent, closed.waiting, closed.lost]).to_string()
}

/// A body as the JSON of a row (spec/api.md), for tests.
fn show(body: &[u8]) -> Answer {
    let view = match View::parse(body) {
        Ok(view) => view,
        Err(error) => return Answer::Error(error.to_string()),
    };
    let shown = serde_json::to_string(&json::row(&view, None));
    shown.map_or_else(|error| Answer::Error(error.to_string()), Answer::Text)
}

fn milliseconds(given: &[Argument]) -> Duration {
    Duration::from_millis(whole(given, 1) as u64)
}

/// A whole number, saturated; anything else is beyond every number that is meant.
fn whole(given: &[Argument], place: usize) -> usize {
    match given.get(place) {
        Some(Argument::Number(number)) if *number >= 0.0 => *number as usize,
        Some(Argument::Number(_)) => 0,
        _ => usize::MAX,
    }
}

fn text(given: &[Argument], place: usize) -> &str {
    match given.get(place) {
        Some(Argument::Text(text)) => text,
        _ => "",
    }
}
