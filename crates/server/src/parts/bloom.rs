//! A bloom filter in blocks of 64 bytes: a question reads one block. Never says no to what is in it.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// Bytes that one question reads.
pub(crate) const BLOCK_BYTES: usize = 64;
const BLOCK_BITS: usize = BLOCK_BYTES * 8;
/// About 3 of 1000 strange tokens look known then.
const BITS_A_TOKEN: usize = 16;
const PROBES: u32 = 6;

/// Tokens are hashes already.
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

/// A set of tokens, each once.
pub(crate) type Tokens = HashSet<u64, BuildHasherDefault<Plain>>;

/// The filter of these tokens.
pub(crate) fn build(tokens: &Tokens) -> Vec<u8> {
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
