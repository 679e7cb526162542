//! Tokens: the words of a text as free words of a query see them, in lower case, as 64-bit hashes.
//!
//! A token is a longest run of the bytes `A-Z a-z 0-9 _`. The hash is part of the format of parts.

use super::eights::{HIGH, all, at_least};

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
/// Makes the letters of eight bytes small ones, and no two other bytes of tokens equal.
const SMALL: u64 = all(0x20);
const BLOCK_BYTES: usize = 64;

/// Two letters beyond ASCII fold to `k` and `s` where case does not count: the Kelvin sign and the
/// long s. A text that has them has words that no run of bytes shows.
const ODD: [&[u8]; 2] = ["\u{212a}".as_bytes(), "\u{17f}".as_bytes()];

/// Calls `found` with every token of the text. True when the text has a letter that folds into one
/// of ASCII: its tokens are then not all that a query may find in it.
///
/// A long text costs less than as many short ones: where words begin and end nobody can foresee, not even the
/// processor, so 64 bytes are looked at before the first word is hashed.
pub(crate) fn each(text: &[u8], found: &mut impl FnMut(u64)) -> bool {
    let (mut at, mut ascii) = (0, true);
    while at < text.len() {
        let Block { mut words, high } = Block::of(text, at);
        ascii &= high == 0;
        // A word at the end of the block may go on: the next block begins with it.
        let open = words.leading_ones();
        if open == u64::BITS {
            let rest = &text[at..];
            let end = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
            found(hash(text, at, end));
            at += end;
            continue;
        }
        words &= u64::MAX >> open;
        let mut starts = words & !(words << 1);
        while starts != 0 {
            let start = starts.trailing_zeros();
            let length = (!(words >> start)).trailing_zeros();
            found(hash(text, at + start as usize, length as usize));
            starts &= starts - 1;
        }
        at += BLOCK_BYTES - open as usize;
    }
    !ascii && (0..text.len()).any(|at| is_odd(&text[at..]))
}

/// What 64 bytes are, a bit each, the first one lowest.
#[derive(Default)]
struct Block {
    words: u64,
    /// Not ASCII.
    high: u64,
}

impl Block {
    /// The bytes from a place on; what lies behind the end belongs to no word.
    fn of(text: &[u8], at: usize) -> Self {
        let rest = &text[at..];
        if let Some(whole) = rest.first_chunk() {
            return Self::whole(whole);
        }
        let mut padded = [0; BLOCK_BYTES];
        padded[..rest.len()].copy_from_slice(rest);
        Self::whole(&padded)
    }

    fn whole(bytes: &[u8; BLOCK_BYTES]) -> Self {
        let (eights, _) = bytes.as_chunks();
        eights.iter().rev().fold(Self::default(), |Self { words, high }, eight| {
            let eight = u64::from_le_bytes(*eight);
            Self { words: words << 8 | bits(word_bytes(eight)), high: high << 8 | eight & HIGH }
        })
    }
}

/// The high bits of eight bytes as the bits of one.
fn bits(high: u64) -> u64 {
    // Moves each to its place in the highest byte; no two meet.
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The high bit of each of eight bytes that belongs to a word.
fn word_bytes(eight: u64) -> u64 {
    let low = eight & !HIGH;
    let small = low | SMALL;
    let letter = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let digit = at_least(low, b'0') & !at_least(low, b'9' + 1);
    let line = !at_least(low ^ all(b'_'), 1);
    (letter | digit | line) & !eight & HIGH
}

/// Tokens that stand in every text in which a query finds this word or phrase; a `*` behind it
/// leaves its last word open.
pub(crate) fn sought(text: &str) -> Vec<u64> {
    match text.strip_suffix('*').filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => closed(prefix, false, true),
        None => closed(text, false, false),
    }
}

/// Tokens of a value that equals this text; with `wildcards` each `*` stands for anything.
pub(crate) fn sought_whole(text: &str, wildcards: bool) -> Vec<u64> {
    if !wildcards {
        return closed(text, false, false);
    }
    let pieces: Vec<&str> = text.split('*').collect();
    let last = pieces.len() - 1;
    let each = pieces.iter().enumerate().map(|(at, piece)| closed(piece, at > 0, at < last));
    each.flatten().collect()
}

/// The tokens of the text, but not those at an end that is open.
fn closed(text: &str, open_start: bool, open_end: bool) -> Vec<u64> {
    let mut text = text.as_bytes();
    if open_start {
        let first = text.iter().position(|&byte| !is_word(byte)).unwrap_or(text.len());
        text = &text[first..];
    }
    if open_end {
        let end = text.iter().rposition(|&byte| !is_word(byte)).map_or(0, |at| at + 1);
        text = &text[..end];
    }
    let mut tokens = Vec::new();
    match each(text, &mut |token| tokens.push(token)) {
        true => Vec::new(),
        false => tokens,
    }
}

fn is_word(byte: u8) -> bool {
    word_bytes(u64::from(byte)) & 0x80 != 0
}

fn is_odd(text: &[u8]) -> bool {
    ODD.iter().any(|letter| text.starts_with(letter))
}

/// Eight bytes at a time, at the end the finish of MurmurHash3: the same on every machine, for ever.
fn hash(text: &[u8], at: usize, length: usize) -> u64 {
    let (mut at, mut left, mut hash) = (at, length, SEED);
    while left > 0 {
        let unused = 64 - 8 * left.min(8) as u32;
        let piece = eight(text, at) & u64::MAX >> unused;
        hash = (hash.rotate_left(5) ^ (piece | SMALL)).wrapping_mul(PRIME);
        (at, left) = (at + 8, left.saturating_sub(8));
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

/// Eight bytes from a place on, the first one lowest; zeros behind the end.
fn eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(whole) => u64::from_le_bytes(*whole),
        None => rest.iter().rev().fold(0, |piece, byte| piece << 8 | u64::from(*byte)),
    }
}
