//! Values into the packed pages of a column. Knows how Parquet lays them out, not what they mean.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

use super::hybrid;
use super::schema::{ZSTD_LEVEL, ZSTD_MIN_MATCH};
use super::values::{Dictionary, NONE, Texts};

/// Packs pages, one after the other, with one memory.
pub(super) struct Packer {
    zstd: Compressor<'static>,
    page: Vec<u8>,
    packed: Vec<u8>,
}

/// A column's pages, to be appended to a row group.
pub(super) struct Packed {
    pub(super) bytes: Bytes,
    pub(super) close: ColumnCloseResult,
}

impl Packer {
    pub(super) fn new() -> std::io::Result<Self> {
        let mut zstd = Compressor::new(ZSTD_LEVEL)?;
        zstd.set_parameter(CParameter::MinMatch(ZSTD_MIN_MATCH))?;
        Ok(Self { zstd, page: Vec::new(), packed: Vec::new() })
    }

    /// A column of texts, in pages.
    pub(super) fn texts(
        &mut self,
        column: &ColumnDescPtr,
        texts: &mut Texts,
        rows: usize,
    ) -> Result<Packed, ParquetError> {
        let mut chunk = Chunk::new(self, column);
        for page in texts.pages(rows) {
            chunk.begin(page.present);
            chunk.packer.page.extend_from_slice(page.plain);
            chunk.data(Encoding::PLAIN, page.present.len())?;
        }
        chunk.end(rows)
    }

    /// A column of few values, in one page behind them.
    pub(super) fn ids(
        &mut self,
        column: &ColumnDescPtr,
        dictionary: &Dictionary,
        ids: &[u32],
    ) -> Result<Packed, ParquetError> {
        let mut chunk = Chunk::new(self, column);
        if dictionary.len() > 0 {
            chunk.dictionary(dictionary)?;
        }
        let present: Vec<u32> = ids.iter().map(|id| u32::from(*id != NONE)).collect();
        chunk.begin(&present);
        // Without a value there is no dictionary either, which not every reader would understand.
        let encoding = match dictionary.len() {
            0 => Encoding::PLAIN,
            values => {
                let width = hybrid::width(values);
                let page = &mut chunk.packer.page;
                page.push(width as u8);
                match present.contains(&0) {
                    false => hybrid::write(page, width, ids),
                    true => {
                        let some = ids.iter().copied().filter(|id| *id != NONE);
                        hybrid::write(page, width, &some.collect::<Vec<u32>>());
                    }
                }
                Encoding::RLE_DICTIONARY
            }
        };
        chunk.data(encoding, ids.len())?;
        chunk.end(ids.len())
    }
}

/// A column in the making; offsets count from its beginning.
struct Chunk<'p> {
    packer: &'p mut Packer,
    column: &'p ColumnDescPtr,
    out: TrackedWrite<Vec<u8>>,
    raw_bytes: usize,
    dictionary_at: Option<i64>,
    data_at: Option<i64>,
    encodings: Vec<Encoding>,
}

impl<'p> Chunk<'p> {
    fn new(packer: &'p mut Packer, column: &'p ColumnDescPtr) -> Self {
        Self {
            packer,
            column,
            out: TrackedWrite::new(Vec::new()),
            raw_bytes: 0,
            dictionary_at: None,
            data_at: None,
            encodings: vec![Encoding::RLE],
        }
    }

    /// Begins a data page with what tells which rows have a value, where some may have none.
    fn begin(&mut self, present: &[u32]) {
        let page = &mut self.packer.page;
        page.clear();
        if self.column.max_def_level() > 0 {
            page.extend_from_slice(&[0; 4]);
            hybrid::write(page, 1, present);
            let length = (page.len() - 4) as u32;
            page[..4].copy_from_slice(&length.to_le_bytes());
        }
    }

    /// Ends the data page.
    fn data(&mut self, encoding: Encoding, rows: usize) -> Result<(), ParquetError> {
        self.data_at.get_or_insert(self.out.bytes_written() as i64);
        self.encodings.push(encoding);
        let buf = self.pack()?;
        self.write(Page::DataPage {
            buf,
            num_values: rows as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })
    }

    fn dictionary(&mut self, dictionary: &Dictionary) -> Result<(), ParquetError> {
        self.dictionary_at = Some(self.out.bytes_written() as i64);
        self.encodings.push(Encoding::PLAIN);
        self.packer.page.clear();
        self.packer.page.extend_from_slice(&dictionary.plain);
        let buf = self.pack()?;
        self.write(Page::DictionaryPage {
            buf,
            num_values: dictionary.len() as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        })
    }

    fn pack(&mut self) -> Result<Bytes, ParquetError> {
        let Packer { zstd, page, packed } = &mut *self.packer;
        packed.clear();
        packed.reserve(zstd::zstd_safe::compress_bound(page.len()));
        let done = zstd.compress_to_buffer(page, packed);
        done.map_err(|error| ParquetError::External(error.into()))?;
        Ok(Bytes::copy_from_slice(packed))
    }

    fn write(&mut self, page: Page) -> Result<(), ParquetError> {
        let page = CompressedPage::new(page, self.packer.page.len());
        let written = SerializedPageWriter::new(&mut self.out).write_page(page)?;
        self.raw_bytes += written.uncompressed_size;
        Ok(())
    }

    fn end(mut self, rows: usize) -> Result<Packed, ParquetError> {
        self.encodings.sort_unstable();
        self.encodings.dedup();
        let bytes = Bytes::from(self.out.into_inner()?);
        let metadata = ColumnChunkMetaData::builder(self.column.clone())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
            .set_encodings(self.encodings)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.raw_bytes as i64)
            .set_num_values(rows as i64)
            .set_data_page_offset(self.data_at.unwrap_or_default())
            .set_dictionary_page_offset(self.dictionary_at)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(Packed { bytes, close })
    }
}
