//! Rows, ascending by key, into the bytes of a part and of its bloom file. Writes no file.

use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnDescPtr;

use super::bloom::Tokens;
use super::chunk::Packer;
use super::columns::Columns;
use super::index::{Filters, Span};
use super::schema::{descriptor, properties};
use super::{Pace, PartMeta};
use crate::batch::Summary;
use crate::row::Row;

/// Rows of a row group: what a query looks through at least.
pub(crate) const GROUP_ROWS: usize = 16_384;
/// Bytes of messages and values in a row group at most, about: long records make short groups.
const GROUP_BYTES: usize = 16 << 20;

/// A part in the making.
pub(crate) struct PartWriter {
    parquet: SerializedFileWriter<Vec<u8>>,
    described: Vec<ColumnDescPtr>,
    packer: Packer,
    columns: Columns,
    group_bytes: usize,
    tokens: Tokens,
    pace: Pace,
    filters: Filters,
    /// Of the row groups that are written.
    summary: Summary,
    offsets: Option<(u64, u64)>,
}

/// A part that no file holds yet.
pub(crate) struct Written {
    pub(crate) parquet: Vec<u8>,
    pub(crate) bloom: Vec<u8>,
    pub(crate) meta: PartMeta,
}

impl PartWriter {
    /// `bytes`: about how long the Parquet file will be; memory that is not needed costs nothing.
    pub(crate) fn new(bytes: usize) -> Result<Self, String> {
        Self::begin(bytes).map_err(|error| error.to_string())
    }

    fn begin(bytes: usize) -> Result<Self, ParquetError> {
        let described = descriptor()?;
        let properties = Arc::new(properties(GROUP_ROWS));
        let root = described.root_schema_ptr();
        Ok(Self {
            parquet: SerializedFileWriter::new(Vec::with_capacity(bytes), root, properties)?,
            described: described.columns().to_vec(),
            packer: Packer::new().map_err(|error| ParquetError::External(error.into()))?,
            columns: Columns::default(),
            group_bytes: 0,
            tokens: Tokens::default(),
            pace: Pace::default(),
            filters: Filters::new(),
            summary: Summary::default(),
            offsets: None,
        })
    }

    /// Adds a row that is not older than the last one.
    pub(crate) fn push(&mut self, row: &Row<'_>) -> Result<(), String> {
        self.columns.push(row, &mut self.tokens);
        self.pace.count(row.level, row.time_ns);
        self.group_bytes += row.body.len();
        if self.columns.rows() >= GROUP_ROWS || self.group_bytes >= GROUP_BYTES {
            self.end_group().map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Rows so far.
    pub(crate) fn rows(&self) -> u64 {
        self.summary.records + self.columns.rows() as u64
    }

    /// The part under this name.
    pub(crate) fn finish(mut self, name: String) -> Result<Written, String> {
        if self.columns.rows() > 0 {
            self.end_group().map_err(|error| error.to_string())?;
        }
        let spans = self.parquet.flushed_row_groups().iter().map(|group| {
            let ranges = group.columns().iter().map(|column| column.byte_range());
            ranges.fold((u64::MAX, 0), |(from, to), (at, len)| (from.min(at), to.max(at + len)))
        });
        let spans: Vec<(u64, u64)> = spans.collect();
        let parquet = self.parquet.into_inner().map_err(|error| error.to_string())?;
        let spans: Vec<Span> = spans
            .into_iter()
            .map(|(from, to)| Span::of(&parquet, from as usize..to as usize))
            .collect();
        let footer_at = spans.last().map_or(0, |last| last.range().end) as usize;
        let footer = Span::of(&parquet, footer_at..parquet.len());
        let bloom = self.filters.finish(spans, footer)?;
        let (min_offset, max_offset) = self.offsets.unwrap_or_default();
        let summary = self.summary;
        let bytes = parquet.len() as u64;
        let bloom_bytes = bloom.len() as u64;
        let meta = PartMeta { name, bytes, bloom_bytes, min_offset, max_offset, summary };
        Ok(Written { parquet, bloom, meta })
    }

    fn end_group(&mut self) -> Result<(), ParquetError> {
        let summary = self.columns.summary();
        self.summary.absorb(&summary);
        let ends = self.offsets.into_iter().chain(self.columns.offsets());
        self.offsets = ends.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)));
        let group = self.parquet.next_row_group()?;
        self.columns.write(group, &self.described, &mut self.packer, &mut self.tokens)?;
        self.filters.add(&self.tokens, summary, std::mem::take(&mut self.pace));
        self.tokens.clear();
        self.group_bytes = 0;
        Ok(())
    }
}
