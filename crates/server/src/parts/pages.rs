//! The columns of a row group into its pages, in the order of the schema. Knows nothing of rows.

use parquet::data_type::Int64Type;
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedRowGroupWriter;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::{Packed, Packer};
use super::origins::Origin;
use super::values::{Dictionary, NONE, Repeats, Texts};

/// The columns of a row group, one after the other.
pub(super) struct Pages<'g, 'p> {
    group: SerializedRowGroupWriter<'g, Vec<u8>>,
    packer: &'p mut Packer,
    columns: std::slice::Iter<'p, ColumnDescPtr>,
    rows: usize,
}

impl<'g, 'p> Pages<'g, 'p> {
    /// For so many rows.
    pub(super) fn new(
        group: SerializedRowGroupWriter<'g, Vec<u8>>,
        packer: &'p mut Packer,
        columns: &'p [ColumnDescPtr],
        rows: usize,
    ) -> Self {
        Self { group, packer, columns: columns.iter(), rows }
    }

    fn column(&mut self) -> Result<&'p ColumnDescPtr, ParquetError> {
        self.columns.next().ok_or_else(|| ParquetError::General("too many columns".into()))
    }

    fn append(&mut self, packed: Packed) -> Result<(), ParquetError> {
        self.group.append_column(&packed.bytes, packed.close)
    }

    /// Numbers, each row one.
    pub(super) fn numbers(&mut self, numbers: &[i64]) -> Result<(), ParquetError> {
        self.column()?;
        let none = || ParquetError::General("too many columns".into());
        let mut column = self.group.next_column()?.ok_or_else(none)?;
        column.typed::<Int64Type>().write_batch(numbers, None, None)?;
        column.close()
    }

    /// Texts of which few are equal.
    pub(super) fn texts(&mut self, texts: &mut Texts) -> Result<(), ParquetError> {
        let column = self.column()?;
        let packed = self.packer.texts(column, texts, self.rows)?;
        self.append(packed)
    }

    /// Texts of which many are equal.
    pub(super) fn repeats(&mut self, repeats: &mut Repeats) -> Result<(), ParquetError> {
        let (dictionary, ids) = repeats.ids(self.rows);
        self.ids(dictionary, ids)
    }

    /// Few different values, and which of them each row has.
    pub(super) fn ids(&mut self, dictionary: &Dictionary, ids: &[u32]) -> Result<(), ParquetError> {
        let column = self.column()?;
        let packed = self.packer.ids(column, dictionary, ids)?;
        self.append(packed)
    }

    /// A name that all rows of an origin have; an empty one is none.
    pub(super) fn names(
        &mut self,
        origins: &[Origin],
        rows: &[usize],
        name: impl Fn(&Origin) -> &String,
    ) -> Result<(), ParquetError> {
        self.shared(origins, rows, |origin, known| {
            let name = Some(name(origin)).filter(|name| !name.is_empty())?;
            Some(known.text(name.as_bytes()))
        })
    }

    /// A value that all rows of an origin have.
    pub(super) fn shared(
        &mut self,
        origins: &[Origin],
        rows: &[usize],
        value: impl Fn(&Origin, &mut Dictionary) -> Option<u32>,
    ) -> Result<(), ParquetError> {
        let mut known = Dictionary::default();
        let values = origins.iter().map(|origin| value(origin, &mut known).unwrap_or(NONE));
        let values: Vec<u32> = values.collect();
        let ids: Vec<u32> = rows.iter().map(|origin| values[*origin]).collect();
        self.ids(&known, &ids)
    }

    /// Ends the row group.
    pub(super) fn end(self) -> Result<(), ParquetError> {
        self.group.close().map(drop)
    }
}
