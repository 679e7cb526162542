//! The columns of a part, in their order. Their names are public: DuckDB and pandas see them.

use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

/// A column, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    TimeNs,
    Level,
    Language,
    Service,
    Component,
    Environment,
    Host,
    Pid,
    Message,
    Event,
    TraceId,
    SpanId,
    Logger,
    Thread,
    ErrorType,
    ErrorMessage,
    ErrorStack,
    Metadata,
    Stream,
    Seq,
    ReceivedNs,
    QueueOffset,
    Body,
}

/// How a column is typed and packed.
enum Kind {
    Time,
    /// Few different texts.
    Name,
    /// Texts of which many are equal.
    Repeating,
    /// Texts of which few are equal.
    Text,
    Number,
    Bytes,
}

const COLUMNS: [(&str, Kind, bool); 23] = [
    ("time_ns", Kind::Time, false),
    ("level", Kind::Name, false),
    ("language", Kind::Name, true),
    ("service", Kind::Name, true),
    ("component", Kind::Name, true),
    ("environment", Kind::Name, true),
    ("host", Kind::Name, true),
    ("pid", Kind::Number, true),
    ("message", Kind::Text, false),
    ("event", Kind::Repeating, true),
    ("trace_id", Kind::Text, true),
    ("span_id", Kind::Text, true),
    ("logger", Kind::Repeating, true),
    ("thread", Kind::Repeating, true),
    ("error_type", Kind::Repeating, true),
    ("error_message", Kind::Repeating, true),
    ("error_stack", Kind::Repeating, true),
    ("metadata", Kind::Text, true),
    ("stream", Kind::Name, false),
    ("seq", Kind::Number, false),
    ("received_ns", Kind::Time, false),
    ("queue_offset", Kind::Number, false),
    ("body", Kind::Bytes, true),
];

/// The Arrow schema of every part.
pub(crate) static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let fields = COLUMNS.iter().map(|(name, kind, nullable)| {
        let of = match kind {
            Kind::Time => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
            Kind::Name => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Kind::Repeating | Kind::Text => DataType::Utf8,
            Kind::Number => DataType::UInt64,
            Kind::Bytes => DataType::Binary,
        };
        Field::new(*name, of, *nullable)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
});

/// How parts are packed: zstd-1, dictionaries where texts repeat, times as differences.
pub(crate) fn properties(group_rows: usize) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_data_page_size_limit(4 << 20)
        .set_data_page_row_count_limit(group_rows)
        .set_dictionary_page_size_limit(1 << 20)
        .set_max_row_group_row_count(Some(group_rows))
        .set_created_by(concat!("dlogs ", env!("CARGO_PKG_VERSION")).into());
    for (name, kind, _) in &COLUMNS {
        let path = ColumnPath::from(*name);
        properties = match kind {
            Kind::Time | Kind::Number if *name != "queue_offset" && *name != "pid" => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            Kind::Text | Kind::Bytes => properties.set_column_dictionary_enabled(path, false),
            _ => properties,
        };
    }
    properties.build()
}
