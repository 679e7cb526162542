//! The records, each from its number alone. Pure.

use std::fmt::Write;

use crate::dice::Dice;
use crate::process::{PROCESSES, Process};
use crate::schedule::Schedule;
use crate::template::{self, Template};
use crate::values::{self, Value};

/// Stands in the messages of a few records and nowhere else.
pub(crate) const RARE_WORD: &str = "zugzwang";
/// So many records have it.
pub(crate) const RARE_RECORDS: u64 = 7;

const STEP_NS: i64 = 1_000_000;

/// All records of a run.
pub(crate) struct Records {
    pub(crate) count: u64,
    pub(crate) schedule: Schedule,
    start_ns: i64,
    wheel: Vec<&'static Template>,
}

/// One of them.
pub(crate) struct Record {
    pub(crate) process: &'static Process,
    pub(crate) seq: u64,
    pub(crate) time_ns: i64,
    pub(crate) template: &'static Template,
    pub(crate) message: String,
    pub(crate) fields: Vec<(&'static str, Value)>,
    pub(crate) trace_id: Option<String>,
}

impl Records {
    pub(crate) fn new(count: u64, start_s: i64) -> Self {
        let start_ns = start_s.saturating_mul(1_000_000_000);
        Self { count, schedule: Schedule::new(), start_ns, wheel: template::wheel() }
    }

    /// Record `number`, from 0. Later numbers have later times.
    pub(crate) fn get(&self, number: u64) -> Record {
        let mut dice = Dice::of(number);
        let (process, seq) = self.schedule.writer(number);
        let template = dice.one_of(&self.wheel);
        let time_ns = self.start_ns + number as i64 * STEP_NS + dice.below(STEP_NS as u64) as i64;
        // A fresh trace for each record: real ones are shared, and pack better.
        let trace_id =
            template.traced.then(|| format!("{:016x}{:016x}", dice.number(), dice.number()));
        let keys = template.inside.iter().chain(template.fields);
        let mut fields: Vec<_> = keys.map(|&key| (key, values::of(key, &mut dice))).collect();
        let mut message = message(template.message, &fields);
        fields.drain(..template.inside.len());
        if self.is_rare(number) {
            message.push_str(": ");
            message.push_str(RARE_WORD);
        }
        let process = &PROCESSES[process];
        Record { process, seq, time_ns, template, message, fields, trace_id }
    }

    /// In the middle of each seventh of the run.
    fn is_rare(&self, number: u64) -> bool {
        let seventh = (number * RARE_RECORDS / self.count).min(RARE_RECORDS - 1);
        number == (2 * seventh + 1) * self.count / (2 * RARE_RECORDS)
    }
}

/// The template with its values.
fn message(template: &str, values: &[(&'static str, Value)]) -> String {
    let mut message = String::with_capacity(64);
    for (at, piece) in template.split(['{', '}']).enumerate() {
        let value = values.iter().find(|(key, _)| at % 2 == 1 && *key == piece);
        // Writing to a String cannot fail.
        let _ = match value {
            Some((_, value)) => write!(message, "{value}"),
            None => write!(message, "{piece}"),
        };
    }
    message
}
