//! Rows into the columns of one row group.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{
    BinaryBuilder, StringBuilder, StringDictionaryBuilder, TimestampNanosecondBuilder,
    UInt64Builder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use dlogs_record::{Kind, ValueRef, View, json};

use super::schema::SCHEMA;
use crate::row::Row;
use crate::stream_id::StreamId;

type Names = StringDictionaryBuilder<Int32Type>;

/// A row group in the making.
#[derive(Default)]
pub(crate) struct Columns {
    rows: usize,
    time_ns: TimestampNanosecondBuilder,
    level: Names,
    language: Names,
    service: Names,
    component: Names,
    environment: Names,
    host: Names,
    pid: UInt64Builder,
    message: StringBuilder,
    event: StringBuilder,
    trace_id: StringBuilder,
    span_id: StringBuilder,
    logger: StringBuilder,
    thread: StringBuilder,
    error_type: StringBuilder,
    error_message: StringBuilder,
    error_stack: StringBuilder,
    metadata: StringBuilder,
    stream: Names,
    seq: UInt64Builder,
    received_ns: TimestampNanosecondBuilder,
    queue_offset: UInt64Builder,
    body: BinaryBuilder,
    json: Vec<u8>,
    /// Streams as texts: rows in the order of their times change from stream to stream.
    stream_texts: HashMap<StreamId, String>,
}

impl Columns {
    /// Rows so far.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row. `body` is the record as it was encoded.
    pub(crate) fn push(&mut self, row: &Row<'_>) -> Result<(), String> {
        self.rows += 1;
        let client = row.client;
        let shared = (!client.metadata.is_empty()).then_some(&client.metadata);
        let parts = json::row(&row.view, shared);
        self.time_ns.append_value(row.time_ns);
        self.level.append_value(parts.level);
        name(&mut self.language, &client.language);
        name(&mut self.service, &client.service);
        name(&mut self.component, &client.component);
        name(&mut self.environment, &client.environment);
        name(&mut self.host, &client.host);
        self.pid.append_option(client.pid);
        self.message.append_value(&parts.message);
        self.event.append_option(parts.event.as_deref());
        self.trace_id.append_option(parts.trace_id.as_deref());
        self.span_id.append_option(parts.span_id.as_deref());
        self.logger.append_option(parts.logger.as_deref());
        self.thread.append_option(parts.thread.as_deref());
        self.error_type.append_option(parts.error.class.as_deref());
        self.error_message.append_option(parts.error.message.as_deref());
        self.error_stack.append_option(parts.error.stack.as_deref());
        if parts.metadata.own().is_empty() && shared.is_none() {
            self.metadata.append_null();
        } else {
            self.json.clear();
            serde_json::to_writer(&mut self.json, &parts.metadata).map_err(|e| e.to_string())?;
            self.metadata.append_value(std::str::from_utf8(&self.json).unwrap_or("{}"));
        }
        let stream = self.stream_texts.entry(row.stream).or_insert_with(|| row.stream.to_string());
        self.stream.append_value(stream);
        self.seq.append_value(row.seq);
        self.received_ns.append_value(row.received_ns);
        self.queue_offset.append_value(row.offset);
        match is_plain(&row.view) {
            true => self.body.append_null(),
            false => self.body.append_value(row.body),
        }
        Ok(())
    }

    /// The row group; the columns are empty then.
    pub(crate) fn take(&mut self) -> Result<RecordBatch, String> {
        let mut full = std::mem::take(self);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(full.time_ns.finish().with_timezone("UTC")),
            Arc::new(full.level.finish()),
            Arc::new(full.language.finish()),
            Arc::new(full.service.finish()),
            Arc::new(full.component.finish()),
            Arc::new(full.environment.finish()),
            Arc::new(full.host.finish()),
            Arc::new(full.pid.finish()),
            Arc::new(full.message.finish()),
            Arc::new(full.event.finish()),
            Arc::new(full.trace_id.finish()),
            Arc::new(full.span_id.finish()),
            Arc::new(full.logger.finish()),
            Arc::new(full.thread.finish()),
            Arc::new(full.error_type.finish()),
            Arc::new(full.error_message.finish()),
            Arc::new(full.error_stack.finish()),
            Arc::new(full.metadata.finish()),
            Arc::new(full.stream.finish()),
            Arc::new(full.seq.finish()),
            Arc::new(full.received_ns.finish().with_timezone("UTC")),
            Arc::new(full.queue_offset.finish()),
            Arc::new(full.body.finish()),
        ];
        RecordBatch::try_new(SCHEMA.clone(), columns).map_err(|error| error.to_string())
    }
}

fn name(column: &mut Names, text: &str) {
    match text.is_empty() {
        true => column.append_null(),
        false => column.append_value(text),
    }
}

/// Whether the columns say all of the record. What JSON cannot tell apart (bytes, decimals, cuts,
/// NaN, an event with a name of its own) keeps its encoded body beside them.
fn is_plain(view: &View<'_>) -> bool {
    let named =
        view.head().kind == Kind::Event && view.get(dlogs_record::reserved::EVENT).is_some();
    let readable = std::str::from_utf8(view.message().bytes()).is_ok();
    !named && readable && view.fields().all(|(_, value)| is_json(value))
}

fn is_json(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Bytes(_) | ValueRef::Decimal(_) | ValueRef::Cut(_) => false,
        ValueRef::F64(number) => number.is_finite(),
        ValueRef::Str(text) => std::str::from_utf8(text.bytes()).is_ok(),
        ValueRef::List(mut items) => items.all(is_json),
        ValueRef::Map(mut fields) => fields.all(|(_, value)| is_json(value)),
        _ => true,
    }
}
