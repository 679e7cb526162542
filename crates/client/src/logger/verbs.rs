//! The verbs as methods, for fields that come as a map or a list. The macros are for fields known in the source.

use dlogs_record::{Kind, Level};

use super::Logger;
use crate::outcome::Outcome;
use crate::value::ToFields;

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident $level:ident;)*) => {
        impl Logger {
            $($(#[$doc])*
            pub fn $name(&self, message: &str, fields: impl ToFields) -> Outcome {
                self.log(Level::$level, message, fields)
            })*
        }
    };
}

verbs! {
    /// Steps of an algorithm, for its author.
    trace Trace;
    /// For whoever looks for a defect.
    debug Debug;
    /// The normal course of things.
    info Info;
    /// Something that should be looked at, and did no harm yet.
    warning Warning;
    /// Something failed. Sent within 50 ms.
    error Error;
    /// The program or a vital part of it cannot go on. Sent within 50 ms.
    critical Critical;
}

impl Logger {
    /// Logs a message with fields: a map, a slice of pairs, a `serde_json::Value`, or `()` for none.
    pub fn log(&self, level: Level, message: &str, fields: impl ToFields) -> Outcome {
        if !self.enabled(level) {
            return Outcome::Filtered;
        }
        self.write_text(level, Kind::Log, message, |to| fields.to_fields(to))
    }

    /// A custom event, for business metrics: a record of kind 1 whose message is the event's name, at level INFO.
    pub fn custom(&self, event: &str, fields: impl ToFields) -> Outcome {
        if !self.enabled(Level::Info) {
            return Outcome::Filtered;
        }
        self.write_text(Level::Info, Kind::Event, event, |to| fields.to_fields(to))
    }
}
