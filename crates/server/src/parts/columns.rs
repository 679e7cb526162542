//! Rows into the columns of one row group, and those into its pages and its words. One walk over a record writes its
//! columns; words are sought in whole columns.

use std::borrow::Cow;

use dlogs_record::{Kind, Level, Text, ValueRef, json, last_wins_unrepaired};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedRowGroupWriter;
use parquet::schema::types::ColumnDescPtr;

use super::bloom::Tokens;
use super::chunk::Packer;
use super::keys::Keys;
use super::object::Object;
use super::origins::Origins;
use super::pages::Pages;
use super::schema::Column;
use super::values::{Dictionary, Repeats, TextColumn, Texts};
use crate::batch::Summary;
use crate::row::Row;

/// Most records have no more fields.
const FEW: usize = 16;

/// A row group in the making.
#[derive(Default)]
pub(crate) struct Columns {
    origins: Origins,
    keys: Keys,
    /// Place of each row's origin.
    origin: Vec<usize>,
    time_ns: Vec<i64>,
    level: Vec<u32>,
    message: Texts,
    event: Repeats,
    trace_id: Texts,
    span_id: Texts,
    logger: Repeats,
    thread: Repeats,
    error_type: Repeats,
    error_message: Repeats,
    error_stack: Repeats,
    metadata: Texts,
    /// Unsigned numbers, as Parquet keeps them.
    seq: Vec<i64>,
    body: Texts,
}

impl Columns {
    /// Rows so far.
    pub(crate) fn rows(&self) -> usize {
        self.time_ns.len()
    }

    /// Adds a row that is not older than the last one. Tells its words as far as `write` will not find them.
    pub(crate) fn push(&mut self, row: &Row<'_>, tokens: &mut Tokens) {
        let at = self.rows();
        let origin = self.origins.of(row, tokens);
        let level = usize::from(row.level).min(5);
        self.origins.at(origin).levels[level] += 1;
        self.origin.push(origin);
        self.time_ns.push(row.time_ns);
        self.level.push(level as u32);
        self.seq.push(row.seq as i64);
        let message = row.view.message();
        let readable = push_text(&mut self.message, at, message, tokens);
        if !self.push_fields(at, row, origin, tokens) || !readable {
            // What columns cannot tell apart keeps its encoded body beside them.
            self.body.push(at, row.body);
        }
    }

    /// True when the columns say all of the fields.
    fn push_fields(
        &mut self,
        at: usize,
        row: &Row<'_>,
        origin: usize,
        tokens: &mut Tokens,
    ) -> bool {
        let is_event = row.view.head().kind == Kind::Event;
        let mut event = is_event.then(|| row.view.message().repair());
        let fields = self.fields(row, tokens);
        let mut object = Object::new(&mut self.metadata, at);
        let mut plain = true;
        for &(key, value) in &fields {
            let key = self.keys.at(key);
            let column: &mut dyn TextColumn = match key.column {
                Column::Event => {
                    plain &= !is_event && is_json(value);
                    tokens.read_value(value);
                    if !matches!(value, ValueRef::Null) {
                        event = Some(json::text_of(value));
                    }
                    continue;
                }
                Column::TraceId => &mut self.trace_id,
                Column::SpanId => &mut self.span_id,
                Column::Logger => &mut self.logger,
                Column::Thread => &mut self.thread,
                Column::ErrorType => &mut self.error_type,
                Column::ErrorMessage => &mut self.error_message,
                Column::ErrorStack => &mut self.error_stack,
                _ => {
                    plain &= is_json(value);
                    object.add(&key.json, value, tokens);
                    continue;
                }
            };
            match value {
                ValueRef::Null => tokens.read_value(value),
                ValueRef::Str(text) => plain &= push_text(column, at, text, tokens),
                _ => {
                    plain &= is_json(value);
                    column.push(at, json::text_of(value).as_bytes());
                    tokens.read_value(value);
                }
            }
        }
        for shared in &self.origins.at(origin).shared {
            if !fields.iter().any(|(own, _)| *self.keys.at(*own).json == *shared[0]) {
                object.add_json(shared);
            }
        }
        object.end();
        if let Some(event) = event {
            self.event.push(at, event.as_bytes());
        }
        plain
    }

    /// The fields of a row, each key once, as a place in `keys`.
    fn fields<'a>(&mut self, row: &Row<'a>, tokens: &mut Tokens) -> Vec<(usize, ValueRef<'a>)> {
        let (mut way, mut repeats) = (self.keys.root(), false);
        let mut fields = Vec::with_capacity(FEW);
        for (key, value) in row.view.fields() {
            way = self.keys.behind(way, key.bytes());
            repeats |= self.keys.at(way).repeats;
            fields.push((way, value));
        }
        if repeats {
            // The body may be kept, and with it values that have been written over.
            fields.iter().for_each(|(_, value)| tokens.read_value(*value));
            way = self.keys.root();
            fields.clear();
            for (key, value) in last_wins_unrepaired(row.view.fields()) {
                way = self.keys.behind(way, key.bytes());
                fields.push((way, value));
            }
        }
        fields
    }

    /// Counts and bounds of the rows.
    pub(crate) fn summary(&self) -> Summary {
        // Clients of a part differ: no single one speaks for all.
        let mut summary = Summary { mixed: true, ..Summary::default() };
        let ends = (self.time_ns.first(), self.time_ns.last());
        if let (Some(&first_ns), Some(&last_ns)) = ends {
            for origin in self.origins.all() {
                summary.count_all(&origin.client, &origin.levels, first_ns, last_ns);
            }
        }
        summary
    }

    /// Offsets of the oldest and the newest batch.
    pub(crate) fn offsets(&self) -> Option<(u64, u64)> {
        let offsets = self.origins.all().iter().map(|origin| origin.offset);
        Some((offsets.clone().min()?, offsets.max()?))
    }

    /// Tells the words of the texts, writes the columns in their order, and is empty then.
    pub(crate) fn write(
        &mut self,
        group: SerializedRowGroupWriter<'_, Vec<u8>>,
        columns: &[ColumnDescPtr],
        packer: &mut Packer,
        tokens: &mut Tokens,
    ) -> Result<(), ParquetError> {
        for texts in [&self.message, &self.trace_id, &self.span_id, &self.metadata] {
            tokens.read(texts.apart());
        }
        let mut out = Pages::new(group, packer, columns, self.rows());
        let (origins, rows) = (self.origins.all(), self.origin.as_slice());
        out.numbers(&self.time_ns)?;
        let mut levels = Dictionary::default();
        Level::ALL.iter().for_each(|level| _ = levels.text(level.as_str().as_bytes()));
        out.ids(&levels, &self.level)?;
        out.names(origins, rows, |origin| &origin.client.language)?;
        out.names(origins, rows, |origin| &origin.client.service)?;
        out.names(origins, rows, |origin| &origin.client.component)?;
        out.names(origins, rows, |origin| &origin.client.environment)?;
        out.names(origins, rows, |origin| &origin.client.host)?;
        out.shared(origins, rows, |origin, known| Some(known.number(origin.client.pid?)))?;
        out.texts(&mut self.message)?;
        out.repeats(&mut self.event)?;
        out.texts(&mut self.trace_id)?;
        out.texts(&mut self.span_id)?;
        out.repeats(&mut self.logger)?;
        out.repeats(&mut self.thread)?;
        out.repeats(&mut self.error_type)?;
        out.repeats(&mut self.error_message)?;
        out.repeats(&mut self.error_stack)?;
        out.texts(&mut self.metadata)?;
        out.shared(origins, rows, |origin, known| {
            Some(known.text(origin.stream.to_string().as_bytes()))
        })?;
        out.numbers(&self.seq)?;
        out.shared(origins, rows, |origin, known| Some(known.number(origin.received_ns as u64)))?;
        out.shared(origins, rows, |origin, known| Some(known.number(origin.offset)))?;
        out.texts(&mut self.body)?;
        out.end()?;
        self.clear();
        Ok(())
    }

    /// Ready for the next row group, with the memory of this one.
    fn clear(&mut self) {
        self.origins.clear();
        self.origin.clear();
        self.time_ns.clear();
        self.level.clear();
        self.seq.clear();
        let Self { message, trace_id, span_id, metadata, body, .. } = self;
        [message, trace_id, span_id, metadata, body].into_iter().for_each(Texts::clear);
        let Self { event, logger, thread, error_type, error_message, error_stack, .. } = self;
        [event, logger, thread, error_type, error_message, error_stack]
            .into_iter()
            .for_each(Repeats::clear);
    }
}

/// Adds a text. False when it is not UTF-8.
fn push_text(column: &mut dyn TextColumn, row: usize, text: Text<'_>, tokens: &mut Tokens) -> bool {
    let bytes = text.bytes();
    let repaired = if bytes.is_ascii() { None } else { Some(text.repair()) };
    if column.push(row, repaired.as_ref().map_or(bytes, |repaired| repaired.as_bytes())) {
        tokens.read(bytes);
    }
    !matches!(repaired, Some(Cow::Owned(_)))
}

fn is_readable(text: Text<'_>) -> bool {
    text.bytes().is_ascii() || std::str::from_utf8(text.bytes()).is_ok()
}

/// Whether JSON says all of the value: it cannot tell apart bytes, decimals, cuts and NaN.
fn is_json(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Bytes(_) | ValueRef::Decimal(_) | ValueRef::Cut(_) => false,
        ValueRef::F64(number) => number.is_finite(),
        ValueRef::Str(text) => is_readable(text),
        ValueRef::List(mut items) => items.all(is_json),
        ValueRef::Map(mut fields) => fields.all(|(_, value)| is_json(value)),
        _ => true,
    }
}
