//! A bloom filter in blocks of 64 bytes: a question reads one block. Never says no to what is in it.

use std::hash::Hasher;

use dlogs_record::ValueRef;

use super::token;
use crate::query::text::any_text;

/// Bytes that one question reads.
pub(crate) const BLOCK_BYTES: usize = 64;
const BLOCK_BITS: usize = BLOCK_BYTES * 8;
/// About 3 of 1000 strange tokens look known then.
const BITS_A_TOKEN: usize = 16;
const PROBES: u32 = 6;

/// Places that remember the token that came last; a power of two.
const RECENT: usize = 1 << 14;

/// Hashes what is a hash already.
#[derive(Default)]
pub(crate) struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = (self.0 << 8) | u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The tokens of a row group. Those that come again and again are kept once, some others twice: a
/// filter that is a little too large costs less than to know.
pub(crate) struct Tokens {
    recent: Vec<u64>,
    /// The tokens, and room for at least one more.
    all: Vec<u64>,
    count: usize,
    odd: bool,
}

impl Default for Tokens {
    fn default() -> Self {
        Self { recent: strangers().collect(), all: vec![0], count: 0, odd: false }
    }
}

impl Tokens {
    /// Adds the words of a text.
    pub(crate) fn read(&mut self, text: &[u8]) {
        let Self { recent, all, count, odd } = self;
        *odd |= token::each(text, &mut |token| {
            let last = &mut recent[token as usize % RECENT];
            // Whether it is new nobody can foresee, not even the processor: written it is in any case.
            all[*count] = token;
            *count += usize::from(*last != token);
            *last = token;
            if *count == all.len() {
                all.resize(2 * all.len(), 0);
            }
        });
    }

    /// Adds the words of whatever texts a value has.
    pub(crate) fn read_value(&mut self, value: ValueRef<'_>) {
        any_text(value, &mut |text| {
            self.read(text);
            false
        });
    }

    /// A text has letters that fold into ASCII.
    pub(crate) fn odd(&self) -> bool {
        self.odd
    }

    /// Ready for the next row group, with the memory of this one.
    pub(crate) fn clear(&mut self) {
        self.recent.iter_mut().zip(strangers()).for_each(|(place, token)| *place = token);
        self.count = 0;
        self.odd = false;
    }

    /// The filter of these tokens.
    pub(crate) fn filter(&self) -> Vec<u8> {
        let tokens = &self.all[..self.count];
        let blocks = (tokens.len() * BITS_A_TOKEN).div_ceil(BLOCK_BITS).max(1);
        let mut bytes = vec![0; blocks * BLOCK_BYTES];
        for &token in tokens {
            let start = block_at(token, bytes.len());
            for bit in bits(token) {
                bytes[start + bit / 8] |= 1 << (bit % 8);
            }
        }
        bytes
    }
}

/// In each place a token that belongs to another place.
fn strangers() -> impl Iterator<Item = u64> {
    (0..RECENT as u64).map(|place| place + 1)
}

/// Where the block of a token begins in a filter of so many bytes.
pub(crate) fn block_at(token: u64, filter_bytes: usize) -> usize {
    let blocks = (filter_bytes / BLOCK_BYTES) as u64;
    (((token >> 32) * blocks) >> 32) as usize * BLOCK_BYTES
}

/// False when the token is certainly not in the filter that this block belongs to.
pub(crate) fn may_hold(block: &[u8], token: u64) -> bool {
    bits(token).all(|bit| block.get(bit / 8).is_some_and(|byte| (byte >> (bit % 8)) & 1 == 1))
}

fn bits(token: u64) -> impl Iterator<Item = usize> {
    let spread = token.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (0..PROBES).map(move |probe| (spread >> (9 * probe)) as usize % BLOCK_BITS)
}
