//! The columns of a part, in their order. Their names are public: DuckDB and pandas see them.

use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use dlogs_record::reserved;
use parquet::arrow::{ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::SchemaDescriptor;

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

/// Fields that have a column of their own; all others are metadata.
pub(super) const LIFTED: [(&str, Column); 8] = [
    (reserved::EVENT, Column::Event),
    (reserved::TRACE_ID, Column::TraceId),
    (reserved::SPAN_ID, Column::SpanId),
    (reserved::LOGGER, Column::Logger),
    (reserved::THREAD, Column::Thread),
    (reserved::ERROR_TYPE, Column::ErrorType),
    (reserved::ERROR_MESSAGE, Column::ErrorMessage),
    (reserved::ERROR_STACK, Column::ErrorStack),
];

/// How a column is typed.
enum Kind {
    Time,
    /// Few different texts.
    Name,
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
    ("event", Kind::Text, true),
    ("trace_id", Kind::Text, true),
    ("span_id", Kind::Text, true),
    ("logger", Kind::Text, true),
    ("thread", Kind::Text, true),
    ("error_type", Kind::Text, true),
    ("error_message", Kind::Text, true),
    ("error_stack", Kind::Text, true),
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
            Kind::Text => DataType::Utf8,
            Kind::Number => DataType::UInt64,
            Kind::Bytes => DataType::Binary,
        };
        Field::new(*name, of, *nullable)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
});

/// How hard pages are packed.
pub(super) const ZSTD_LEVEL: i32 = 1;
/// Shorter repeats are not looked for. In logs they are chance as a rule, such as six digits of a random id.
pub(super) const ZSTD_MIN_MATCH: u32 = 7;

/// How the columns of numbers are packed, as differences, and what the footer says.
pub(super) fn properties(group_rows: usize) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_encoding(Encoding::DELTA_BINARY_PACKED)
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_data_page_size_limit(4 << 20)
        .set_data_page_row_count_limit(group_rows)
        .set_created_by(concat!("dlogs ", env!("CARGO_PKG_VERSION")).into())
        .build();
    add_encoded_arrow_schema_to_metadata(&SCHEMA, &mut properties);
    properties
}

/// The columns as Parquet knows them.
pub(super) fn descriptor() -> Result<SchemaDescriptor, ParquetError> {
    ArrowSchemaConverter::new().convert(&SCHEMA)
}
