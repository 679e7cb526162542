//! Tokens: the words of a text as free words of a query see them, in lower case, as 64-bit hashes.
//!
//! A token is a longest run of the bytes `A-Z a-z 0-9 _`. The hash is part of the format of parts.

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
/// Makes the letters of eight bytes small ones, and no two other bytes of tokens equal.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Two letters beyond ASCII fold to `k` and `s` where case does not count: the Kelvin sign and the
/// long s. A text that has them has words that no run of bytes shows.
const ODD: [&[u8]; 2] = ["\u{212a}".as_bytes(), "\u{17f}".as_bytes()];

static IS_WORD: [bool; 256] = {
    let mut words = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        words[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    words
};

/// Calls `found` with every token of the text. True when the text has a letter that folds into one
/// of ASCII: its tokens are then not all that a query may find in it.
pub(crate) fn each(text: &[u8], found: &mut impl FnMut(u64)) -> bool {
    let mut rest = text;
    while let Some(start) = rest.iter().position(|&byte| is_word(byte)) {
        let word = &rest[start..];
        let end = word.iter().position(|&byte| !is_word(byte)).unwrap_or(word.len());
        found(hash(&word[..end]));
        rest = &word[end..];
    }
    !text.is_ascii() && (0..text.len()).any(|at| is_odd(&text[at..]))
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
    IS_WORD[usize::from(byte)]
}

fn is_odd(text: &[u8]) -> bool {
    ODD.iter().any(|letter| text.starts_with(letter))
}

/// Eight bytes at a time, at the end the finish of MurmurHash3: the same on every machine, for ever.
fn hash(word: &[u8]) -> u64 {
    let mix = |hash: u64, piece: u64| (hash.rotate_left(5) ^ (piece | SMALL)).wrapping_mul(PRIME);
    let (eights, rest) = word.as_chunks::<8>();
    let mut hash = eights.iter().fold(SEED, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
    if !rest.is_empty() {
        let piece = rest.iter().rev().fold(0, |piece, byte| piece << 8 | u64::from(*byte));
        hash = mix(hash, piece);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}
