//! The values of a column while a row group is made, laid out as its pages will hold them. Packs nothing.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Marks a row that has no value.
pub(super) const NONE: u32 = u32::MAX;
/// A page ends when so many bytes are in it: whoever wants one row unpacks one page.
const PAGE_BYTES: usize = 64 << 10;
/// A text's length lies in front of it.
const LENGTH_BYTES: usize = 4;

/// A column that takes the text of a row; rows come in ascending order, not all of them.
pub(super) trait TextColumn {
    /// True when the words of the text have to be told: nobody will look for them in the column.
    fn push(&mut self, row: usize, text: &[u8]) -> bool;
}

/// Texts of which few are equal, one after the other, each behind its length.
#[derive(Default)]
pub(super) struct Texts {
    /// Lengths are zero until pages are made of it: so no two texts touch each other for whoever seeks words in it.
    bytes: Vec<u8>,
    /// Where each text's length lies.
    starts: Vec<usize>,
    /// 1 for each row that has a text, 0 for each that has none.
    present: Vec<u32>,
    /// Row and place in `bytes` at which each page begins.
    pages: Vec<(usize, usize)>,
}

/// The texts of some rows.
pub(super) struct TextPage<'a> {
    pub(super) present: &'a [u32],
    pub(super) plain: &'a [u8],
}

impl Texts {
    /// Begins the text of a row: until the next one begins it is whatever is appended to what this gives.
    pub(super) fn begin(&mut self, row: usize) -> &mut Vec<u8> {
        self.fill(row);
        self.present.push(1);
        let start = self.bytes.len();
        if self.pages.last().is_none_or(|(_, at)| start - at >= PAGE_BYTES) {
            // The first page begins with the first row, whether that has a text or not.
            self.pages.push((if self.pages.is_empty() { 0 } else { row }, start));
        }
        self.starts.push(start);
        self.bytes.extend_from_slice(&[0; LENGTH_BYTES]);
        &mut self.bytes
    }

    /// The text that was begun.
    pub(super) fn open(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// All texts, with something between them that belongs to no word.
    pub(super) fn apart(&self) -> &[u8] {
        &self.bytes
    }

    /// The pages of a row group of so many rows.
    pub(super) fn pages(&mut self, rows: usize) -> impl Iterator<Item = TextPage<'_>> {
        self.fill(rows);
        let ends = self.starts.iter().skip(1).copied().chain([self.bytes.len()]);
        for (start, end) in self.starts.iter().zip(ends) {
            let text = start + LENGTH_BYTES;
            self.bytes[*start..text].copy_from_slice(&((end - text) as u32).to_le_bytes());
        }
        if self.pages.is_empty() {
            self.pages.push((0, 0));
        }
        let end = (rows, self.bytes.len());
        let ends = self.pages.iter().skip(1).copied().chain([end]);
        self.pages.iter().zip(ends).map(|(&(row, at), (row_end, end))| TextPage {
            present: &self.present[row..row_end],
            plain: &self.bytes[at..end],
        })
    }

    /// Ready for the next row group, with the memory of this one.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.starts.clear();
        self.present.clear();
        self.pages.clear();
    }

    fn fill(&mut self, row: usize) {
        self.present.resize(row, 0);
    }
}

impl TextColumn for Texts {
    fn push(&mut self, row: usize, text: &[u8]) -> bool {
        self.begin(row).extend_from_slice(text);
        false
    }
}

/// Different values, each once, as the page of a dictionary holds them.
#[derive(Default)]
pub(super) struct Dictionary {
    known: HashMap<Box<[u8]>, u32, RandomState>,
    pub(super) plain: Vec<u8>,
}

impl Dictionary {
    /// Number of values.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Place of a text.
    pub(super) fn text(&mut self, text: &[u8]) -> u32 {
        let plain = &mut self.plain;
        place(&mut self.known, text, || {
            plain.extend_from_slice(&(text.len() as u32).to_le_bytes());
            plain.extend_from_slice(text);
        })
    }

    /// Place of a number; texts and numbers do not mix.
    pub(super) fn number(&mut self, number: u64) -> u32 {
        let (number, plain) = (number.to_le_bytes(), &mut self.plain);
        place(&mut self.known, &number, || plain.extend_from_slice(&number))
    }
}

fn place(
    known: &mut HashMap<Box<[u8]>, u32, RandomState>,
    value: &[u8],
    write: impl FnOnce(),
) -> u32 {
    if let Some(place) = known.get(value) {
        return *place;
    }
    let place = known.len() as u32;
    known.insert(value.into(), place);
    write();
    place
}

/// Texts of which many are equal: each once, and for each row which one.
#[derive(Default)]
pub(super) struct Repeats {
    dictionary: Dictionary,
    ids: Vec<u32>,
}

impl Repeats {
    /// The texts, and which of them each of so many rows has.
    pub(super) fn ids(&mut self, rows: usize) -> (&Dictionary, &[u32]) {
        self.ids.resize(rows, NONE);
        (&self.dictionary, &self.ids)
    }

    /// Ready for the next row group.
    pub(super) fn clear(&mut self) {
        self.dictionary = Dictionary::default();
        self.ids.clear();
    }
}

impl TextColumn for Repeats {
    fn push(&mut self, row: usize, text: &[u8]) -> bool {
        let known = self.dictionary.len();
        self.ids.resize(row, NONE);
        self.ids.push(self.dictionary.text(text));
        self.dictionary.len() > known
    }
}
