//! Rows, ascending by key, into the bytes of a part and of its bloom file. Writes no file.

use parquet::arrow::ArrowWriter;

use super::bloom::Tokens;
use super::columns::Columns;
use super::index::{Filters, Span};
use super::schema::{SCHEMA, properties};
use super::token;
use super::{Pace, PartMeta};
use crate::batch::Summary;
use crate::query::text::{any_json, any_text};
use crate::row::Row;

/// Rows of a row group: what a query unpacks at least.
pub(crate) const GROUP_ROWS: usize = 16_384;
/// Bytes of messages and values in a row group at most, about: long records make short groups.
const GROUP_BYTES: usize = 16 << 20;

/// A part in the making.
pub(crate) struct PartWriter {
    parquet: ArrowWriter<Vec<u8>>,
    columns: Columns,
    group_bytes: usize,
    tokens: Tokens,
    odd: bool,
    group: Summary,
    pace: Pace,
    filters: Filters,
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
    pub(crate) fn new() -> Result<Self, String> {
        let made = ArrowWriter::try_new(Vec::new(), SCHEMA.clone(), Some(properties(GROUP_ROWS)));
        Ok(Self {
            parquet: made.map_err(|error| error.to_string())?,
            columns: Columns::default(),
            group_bytes: 0,
            tokens: Tokens::default(),
            odd: false,
            group: Summary::default(),
            pace: Pace::default(),
            filters: Filters::new(),
            summary: Summary::default(),
            offsets: None,
        })
    }

    /// Adds a row that is not older than the last one.
    pub(crate) fn push(&mut self, row: &Row<'_>) -> Result<(), String> {
        self.columns.push(row)?;
        self.read_tokens(row);
        self.group.count(row.client, row.level, row.time_ns);
        self.pace.count(row.level, row.time_ns);
        self.summary.count(row.client, row.level, row.time_ns);
        let (least, most) = self.offsets.unwrap_or((row.offset, row.offset));
        self.offsets = Some((least.min(row.offset), most.max(row.offset)));
        self.group_bytes += row.body.len();
        if self.columns.rows() >= GROUP_ROWS || self.group_bytes >= GROUP_BYTES {
            self.end_group()?;
        }
        Ok(())
    }

    /// Rows so far.
    pub(crate) fn rows(&self) -> u64 {
        self.summary.records
    }

    /// The part under this name.
    pub(crate) fn finish(mut self, name: String) -> Result<Written, String> {
        if self.columns.rows() > 0 {
            self.end_group()?;
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
        let mut summary = self.summary;
        summary.mixed = true;
        let bytes = parquet.len() as u64;
        let bloom_bytes = bloom.len() as u64;
        let meta = PartMeta { name, bytes, bloom_bytes, min_offset, max_offset, summary };
        Ok(Written { parquet, bloom, meta })
    }

    fn read_tokens(&mut self, row: &Row<'_>) {
        let Self { tokens, odd, .. } = self;
        let mut read = |text: &[u8]| {
            *odd |= token::each(text, &mut |token| {
                tokens.insert(token);
            });
            false
        };
        read(row.view.message().bytes());
        for (_, value) in row.view.fields() {
            any_text(value, &mut read);
        }
        for value in row.client.metadata.values() {
            any_json(value, &mut read);
        }
    }

    fn end_group(&mut self) -> Result<(), String> {
        let batch = self.columns.take()?;
        self.parquet.write(&batch).map_err(|error| error.to_string())?;
        self.parquet.flush().map_err(|error| error.to_string())?;
        let mut summary = std::mem::take(&mut self.group);
        summary.mixed = true;
        self.filters.add(&self.tokens, self.odd, summary, std::mem::take(&mut self.pace));
        self.tokens.clear();
        self.odd = false;
        self.group_bytes = 0;
        Ok(())
    }
}
