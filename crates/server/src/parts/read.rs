//! Reads row groups of a part. Every byte is checked before it is believed.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::RecordBatch;
use bytes::{Buf, Bytes};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection,
    RowSelector,
};
use parquet::basic::{Encoding, PageType};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;

use super::Corrupt;
use super::index::{Group, Index};
use super::schema::{Column, SCHEMA};

/// The pieces of a file that were read and checked; the rest is not there.
#[derive(Clone)]
pub(super) struct Pieces {
    file_bytes: u64,
    pieces: Arc<[(u64, Bytes)]>,
}

impl Pieces {
    pub(super) fn new(file_bytes: u64, pieces: Vec<(u64, Bytes)>) -> Self {
        Self { file_bytes, pieces: pieces.into() }
    }

    fn from(&self, start: u64) -> Result<Bytes, ParquetError> {
        let found = self.pieces.iter().find_map(|(at, bytes)| {
            let skipped = usize::try_from(start.checked_sub(*at)?).ok()?;
            (skipped < bytes.len()).then(|| bytes.slice(skipped..))
        });
        found.ok_or_else(|| ParquetError::EOF(format!("nothing was read at {start}")))
    }
}

impl Length for Pieces {
    fn len(&self) -> u64 {
        self.file_bytes
    }
}

impl ChunkReader for Pieces {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        self.from(start).map(Buf::reader)
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        let bytes = self.from(start)?;
        match length <= bytes.len() {
            true => Ok(bytes.slice(..length)),
            false => Err(ParquetError::EOF(format!("{length} bytes at {start} were not read"))),
        }
    }
}

/// Reads the footer of a part.
pub(super) fn metadata(index: &Index, footer: Bytes) -> Result<ArrowReaderMetadata, Corrupt> {
    index.footer.verify(&footer)?;
    let pieces = Pieces::new(index.file_bytes, vec![(index.footer.at, footer)]);
    let metadata =
        ArrowReaderMetadata::load(&pieces, ArrowReaderOptions::new()).map_err(corrupt)?;
    match metadata.schema().fields() == SCHEMA.fields() {
        true => Ok(metadata),
        false => Err(Corrupt("it has other columns than this program writes".into())),
    }
}

/// A row group whose bytes are in memory.
pub(crate) struct Loaded {
    metadata: ArrowReaderMetadata,
    pieces: Pieces,
    group: usize,
    rows: usize,
}

impl Loaded {
    pub(super) fn new(
        metadata: ArrowReaderMetadata,
        index: &Index,
        number: usize,
        group: &Group,
        bytes: Bytes,
    ) -> Result<Self, Corrupt> {
        group.span.verify(&bytes)?;
        let rows = group.summary.records as usize;
        let pieces = Pieces::new(index.file_bytes, vec![(group.span.at, bytes)]);
        Ok(Self { metadata, pieces, group: number, rows })
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Some columns of all rows, in the order of the schema.
    pub(crate) fn columns(&self, columns: &[Column]) -> Result<RecordBatch, Corrupt> {
        let roots = columns.iter().map(|column| *column as usize);
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), roots);
        self.read(mask, None, self.rows)
    }

    /// Places of the rows among which one may pass a test that finds what it seeks in many texts at
    /// once. Pages are tested as they lie: to make texts of them costs as much again.
    pub(crate) fn sift(
        &self,
        column: Column,
        test: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<Range<usize>>, Corrupt> {
        let chunk = self.metadata.metadata().row_group(self.group).column(column as usize);
        let pieces = Arc::new(self.pieces.clone());
        let pages = SerializedPageReader::new(pieces, chunk, self.rows, None).map_err(corrupt)?;
        let (mut found, mut row) = (Vec::new(), 0);
        for page in pages {
            let page = page.map_err(corrupt)?;
            let start = row;
            // A dictionary is of all rows; the pages behind it only say which of its texts is whose.
            if page.page_type() == PageType::DICTIONARY_PAGE {
                row = self.rows;
            } else if page.encoding() == Encoding::PLAIN {
                row += page.num_values() as usize;
            }
            if row > start && test(page.buffer()) {
                found.push(start..row);
            }
        }
        Ok(found)
    }

    /// One column of some rows.
    pub(crate) fn column_at(
        &self,
        column: Column,
        rows: &Range<usize>,
    ) -> Result<RecordBatch, Corrupt> {
        let selection = RowSelection::from(vec![
            RowSelector::skip(rows.start),
            RowSelector::select(rows.len()),
            RowSelector::skip(self.rows.saturating_sub(rows.end)),
        ]);
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), [column as usize]);
        self.read(mask, Some(selection), rows.len())
    }

    /// All columns of these rows (places, ascending).
    pub(crate) fn rows_at(&self, places: &[usize]) -> Result<RecordBatch, Corrupt> {
        let mut selectors = Vec::new();
        let mut next = 0;
        for &place in places {
            if place > next {
                selectors.push(RowSelector::skip(place - next));
            }
            selectors.push(RowSelector::select(1));
            next = place + 1;
        }
        selectors.push(RowSelector::skip(self.rows.saturating_sub(next)));
        self.read(ProjectionMask::all(), Some(RowSelection::from(selectors)), places.len())
    }

    fn read(
        &self,
        mask: ProjectionMask,
        selection: Option<RowSelection>,
        rows: usize,
    ) -> Result<RecordBatch, Corrupt> {
        let pieces = self.pieces.clone();
        let mut builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(pieces, self.metadata.clone())
                .with_row_groups(vec![self.group])
                .with_projection(mask)
                .with_batch_size(rows.max(1));
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        let batch = builder.build().map_err(corrupt)?.next();
        let batch = batch.ok_or_else(|| Corrupt("a row group is empty".into()))?;
        let batch = batch.map_err(|error| Corrupt(error.to_string()))?;
        match batch.num_rows() == rows {
            true => Ok(batch),
            false => Err(Corrupt(format!("{} rows instead of {rows}", batch.num_rows()))),
        }
    }
}

fn corrupt(error: ParquetError) -> Corrupt {
    Corrupt(error.to_string())
}
