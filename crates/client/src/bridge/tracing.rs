//! The layer for `tracing`: events become records with their spans' fields (outermost first) and the target as `@logger`.

use std::error::Error;
use std::fmt::{self, Write as _};

use dlogs_record::{Encoder, Kind, Level, reserved};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

use crate::Logger;
use crate::value::ToValue;

/// A `tracing_subscriber` layer that writes into a logger. It filters by the logger's level and disables nothing for others.
#[derive(Debug)]
pub struct DlogsLayer(Logger);

impl DlogsLayer {
    /// A layer for this logger.
    #[must_use]
    pub fn new(logger: Logger) -> DlogsLayer {
        DlogsLayer(logger)
    }
}

/// A span's fields, encoded once.
#[derive(Default)]
struct SpanFields {
    count: u16,
    bytes: Vec<u8>,
}

impl SpanFields {
    fn take_in(&mut self, record: impl FnOnce(&mut Visitor<'_, '_>)) {
        let mut more = Vec::new();
        let mut encoder = Encoder::bound(&mut more);
        encoder.raw_fields(self.count, &self.bytes);
        record(&mut Visitor(&mut encoder));
        self.count = encoder.finish();
        self.bytes = more;
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for DlogsLayer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = SpanFields::default();
            fields.take_in(|visitor| attributes.record(visitor));
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<SpanFields>()
        {
            fields.take_in(|visitor| record.record(visitor));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let metadata = event.metadata();
        let level = level_of(*metadata.level());
        if !self.0.enabled(level) || super::is_own(metadata.target()) {
            return;
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        self.0.write_text(level, Kind::Log, &message.0, |to| {
            to.add(reserved::LOGGER, metadata.target());
            to.encoder(|encoder| {
                for span in
                    context.event_scope(event).into_iter().flat_map(|scope| scope.from_root())
                {
                    if let Some(fields) = span.extensions().get::<SpanFields>() {
                        encoder.raw_fields(fields.count, &fields.bytes);
                    }
                }
                event.record(&mut Visitor(encoder));
            });
        });
    }
}

fn level_of(level: tracing::Level) -> Level {
    match level {
        tracing::Level::TRACE => Level::Trace,
        tracing::Level::DEBUG => Level::Debug,
        tracing::Level::INFO => Level::Info,
        tracing::Level::WARN => Level::Warning,
        tracing::Level::ERROR => Level::Error,
    }
}

/// The message comes before the fields in a record, and anywhere among them in an event.
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            // A Debug that gives up leaves what it has written.
            let _ = write!(self.0, "{value:?}");
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            self.0.push_str(value);
        }
    }
}

struct Visitor<'v, 'b>(&'v mut Encoder<'b>);

impl Visitor<'_, '_> {
    fn add(&mut self, field: &Field, value: &(impl ToValue + ?Sized)) {
        if field.name() != "message" {
            self.0.key(field.name());
            value.to_value(self.0);
        }
    }
}

impl Visit for Visitor<'_, '_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, &crate::debug(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field, &value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field, &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field, &value);
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.add(field, &value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.add(field, &value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.add(field, &value);
    }

    /// The error itself under its own name, and its chain of causes where errors belong.
    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.add(field, &crate::display(value));
        self.0.key(reserved::ERROR_MESSAGE);
        crate::display(value).to_value(self.0);
        let mut causes = String::new();
        let mut cause = value.source();
        while let Some(error) = cause {
            let _ = writeln!(causes, "caused by: {error}");
            cause = error.source();
        }
        if !causes.is_empty() {
            self.0.key(reserved::ERROR_STACK).str(causes.trim_end());
        }
    }
}
