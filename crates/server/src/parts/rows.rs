//! The columns of a row group back into rows, as queries know them from batches.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampNanosecondType, UInt64Type};
use arrow_array::{Array, BinaryArray, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use dlogs_record::{Encoder, Kind, Level, View, json, reserved};
use serde_json::{Map, Value};

use super::Corrupt;
use super::schema::{Column, LIFTED};
use crate::client_block::ClientBlock;
use crate::row::Row;
use crate::stream_id::StreamId;

/// Rows of a row group; borrow them with [`GroupRows::get`].
pub(crate) struct GroupRows {
    bodies: Vec<u8>,
    clients: Vec<Arc<ClientBlock>>,
    rows: Vec<Stored>,
}

struct Stored {
    time_ns: i64,
    stream: StreamId,
    seq: u64,
    received_ns: i64,
    offset: u64,
    client: usize,
    body: Range<usize>,
}

impl GroupRows {
    /// Reads all columns of some rows.
    pub(crate) fn read(batch: &RecordBatch) -> Result<Self, Corrupt> {
        let table = Table { batch };
        let times = table.times(Column::TimeNs)?;
        let received = table.times(Column::ReceivedNs)?;
        let (seqs, offsets) = (table.numbers(Column::Seq)?, table.numbers(Column::QueueOffset)?);
        let mut origins = Origins::new(&table)?;
        let mut bodies = Bodies::new(&table)?;
        let streams = table.names(Column::Stream)?;
        let ids = texts(streams)?
            .iter()
            .map(|text| text.unwrap_or_default().parse().map_err(|_| bad("a stream's name")))
            .collect::<Result<Vec<StreamId>, Corrupt>>()?;
        let mut rows = Vec::with_capacity(batch.num_rows());
        for at in 0..batch.num_rows() {
            let mut client = origins.of(at);
            let body = bodies.add(at, times.value(at))?;
            if let Some(shared) = bodies.shared(at, &body)? {
                client = origins.with(client, shared);
            }
            let stream = key(streams, at).and_then(|key| ids.get(key)).copied();
            rows.push(Stored {
                time_ns: times.value(at),
                stream: stream.ok_or_else(|| bad("a stream"))?,
                seq: seqs.value(at),
                received_ns: received.value(at),
                offset: offsets.value(at),
                client,
                body,
            });
        }
        Ok(Self { bodies: bodies.out, clients: origins.clients, rows })
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row by its place, ascending by key.
    pub(crate) fn get(&self, at: usize) -> Option<Row<'_>> {
        let stored = self.rows.get(at)?;
        let body = self.bodies.get(stored.body.clone())?;
        let view = View::parse(body).ok()?;
        Some(Row {
            stream: stored.stream,
            seq: stored.seq,
            offset: stored.offset,
            received_ns: stored.received_ns,
            time_ns: stored.time_ns,
            level: view.head().level as u8,
            view,
            body,
            client: self.clients.get(stored.client)?,
        })
    }
}

/// Typed access to the columns.
struct Table<'a> {
    batch: &'a RecordBatch,
}

fn bad(what: &str) -> Corrupt {
    Corrupt(format!("{what} is not as it was written"))
}

fn texts(names: &DictionaryArray<Int32Type>) -> Result<&StringArray, Corrupt> {
    names.values().as_string_opt().ok_or_else(|| bad("a dictionary"))
}

fn key(names: &DictionaryArray<Int32Type>, at: usize) -> Option<usize> {
    names.is_valid(at).then(|| names.keys().value(at) as usize)
}

impl<'a> Table<'a> {
    fn column(&self, column: Column) -> &'a dyn Array {
        self.batch.column(column as usize)
    }

    fn times(&self, of: Column) -> Result<&'a PrimitiveArray<TimestampNanosecondType>, Corrupt> {
        self.column(of).as_primitive_opt().ok_or_else(|| bad("a time column"))
    }

    fn numbers(&self, of: Column) -> Result<&'a PrimitiveArray<UInt64Type>, Corrupt> {
        self.column(of).as_primitive_opt().ok_or_else(|| bad("a number column"))
    }

    fn names(&self, of: Column) -> Result<&'a DictionaryArray<Int32Type>, Corrupt> {
        self.column(of).as_dictionary_opt().ok_or_else(|| bad("a name column"))
    }

    fn texts(&self, of: Column) -> Result<&'a StringArray, Corrupt> {
        self.column(of).as_string_opt().ok_or_else(|| bad("a text column"))
    }
}

/// Who wrote the rows; equal ones are made once.
struct Origins<'a> {
    names: [(&'a DictionaryArray<Int32Type>, &'a StringArray); 5],
    pids: &'a PrimitiveArray<UInt64Type>,
    known: HashMap<([Option<usize>; 5], Option<u64>), usize>,
    clients: Vec<Arc<ClientBlock>>,
}

impl<'a> Origins<'a> {
    fn new(table: &Table<'a>) -> Result<Self, Corrupt> {
        let name = |column| {
            let names = table.names(column)?;
            Ok::<_, Corrupt>((names, texts(names)?))
        };
        let names = [
            name(Column::Language)?,
            name(Column::Service)?,
            name(Column::Component)?,
            name(Column::Environment)?,
            name(Column::Host)?,
        ];
        let pids = table.numbers(Column::Pid)?;
        Ok(Self { names, pids, known: HashMap::new(), clients: Vec::new() })
    }

    fn of(&mut self, at: usize) -> usize {
        let keys = self.names.map(|(names, _)| key(names, at));
        let pid = self.pids.is_valid(at).then(|| self.pids.value(at));
        *self.known.entry((keys, pid)).or_insert_with(|| {
            let text = |which: usize| {
                let known = keys[which].filter(|&key| key < self.names[which].1.len());
                known.map_or_else(String::new, |key| self.names[which].1.value(key).to_owned())
            };
            self.clients.push(Arc::new(ClientBlock {
                language: text(0),
                service: text(1),
                component: text(2),
                environment: text(3),
                host: text(4),
                pid,
                ..ClientBlock::default()
            }));
            self.clients.len() - 1
        })
    }
}

impl Origins<'_> {
    /// The same client, with metadata of its own.
    fn with(&mut self, client: usize, metadata: Map<String, Value>) -> usize {
        let block = ClientBlock { metadata, ..(*self.clients[client]).clone() };
        self.clients.push(Arc::new(block));
        self.clients.len() - 1
    }
}

/// The records, encoded again.
struct Bodies<'a> {
    levels: Vec<Level>,
    level: &'a DictionaryArray<Int32Type>,
    message: &'a StringArray,
    event: &'a StringArray,
    lifted: Vec<(&'static str, &'a StringArray)>,
    metadata: &'a StringArray,
    body: &'a BinaryArray,
    out: Vec<u8>,
}

impl<'a> Bodies<'a> {
    fn new(table: &Table<'a>) -> Result<Self, Corrupt> {
        let level = table.names(Column::Level)?;
        let levels = texts(level)?
            .iter()
            .map(|name| name.unwrap_or_default().parse::<Level>().map_err(|_| bad("a level")));
        // An event's name may be the message: it has a way of its own.
        let lifted = LIFTED.into_iter().filter(|(_, column)| *column != Column::Event);
        let lifted = lifted.map(|(name, column)| Ok((name, table.texts(column)?)));
        Ok(Self {
            levels: levels.collect::<Result<_, _>>()?,
            level,
            message: table.texts(Column::Message)?,
            event: table.texts(Column::Event)?,
            lifted: lifted.collect::<Result<_, Corrupt>>()?,
            metadata: table.texts(Column::Metadata)?,
            body: table.column(Column::Body).as_binary_opt().ok_or_else(|| bad("a body column"))?,
            out: Vec::new(),
        })
    }

    /// Metadata of the batch that a body, kept apart, does not hold.
    fn shared(
        &self,
        at: usize,
        body: &Range<usize>,
    ) -> Result<Option<Map<String, Value>>, Corrupt> {
        if !self.body.is_valid(at) || !self.metadata.is_valid(at) {
            return Ok(None);
        }
        let parsed = serde_json::from_str(self.metadata.value(at));
        let mut metadata: Map<String, Value> = parsed.map_err(|_| bad("metadata"))?;
        let view = View::parse(&self.out[body.clone()]).map_err(|_| bad("a body"))?;
        for (key, _) in view.fields() {
            metadata.remove(&*key.repair());
        }
        Ok((!metadata.is_empty()).then_some(metadata))
    }

    fn add(&mut self, at: usize, time_ns: i64) -> Result<Range<usize>, Corrupt> {
        let start = self.out.len();
        if self.body.is_valid(at) {
            self.out.extend_from_slice(self.body.value(at));
            return Ok(start..self.out.len());
        }
        let level = key(self.level, at).and_then(|key| self.levels.get(key));
        let level = *level.ok_or_else(|| bad("a level"))?;
        let message = self.message.value(at);
        let event = self.event.is_valid(at).then(|| self.event.value(at));
        let kind = if event == Some(message) { Kind::Event } else { Kind::Log };
        let mut encoder = Encoder::new(&mut self.out, level, kind, time_ns, message);
        if let Some(event) = event.filter(|_| kind == Kind::Log) {
            encoder.key(reserved::EVENT).str(event);
        }
        for &(name, column) in &self.lifted {
            if column.is_valid(at) {
                encoder.key(name).str(column.value(at));
            }
        }
        if self.metadata.is_valid(at) {
            json::fields(&mut encoder, self.metadata.value(at)).map_err(|_| bad("metadata"))?;
        }
        encoder.finish();
        Ok(start..self.out.len())
    }
}
