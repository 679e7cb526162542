//! A lent buffer: the head that JavaScript writes before a body, and the body with its gaps, where texts belong.
//!
//! ```text
//! logger u32 | texts u32 | place of each text u32 * 8 | body
//! ```
//!
//! A gap has a byte for each of its text's units of UTF-16. That is enough for ASCII, which JavaScript does not tell from the rest.

/// A lent buffer has as many bytes, so that one number names a buffer (number of it, times this) and a length (the rest).
pub(crate) const SCRATCH_BYTES: usize = 2 * 1024 * 1024;
/// A body has at most so many gaps.
pub(crate) const MAX_TEXTS: usize = 8;
/// A text for a gap has at most so many units; one more is Node's zero.
const MAX_UNITS: usize = 512;
/// Where a body begins.
const HEAD_BYTES: usize = 4 * (2 + MAX_TEXTS);

/// Room for one text.
pub(crate) struct Units([u16; MAX_UNITS + 1]);

impl Default for Units {
    fn default() -> Self {
        Self([0; MAX_UNITS + 1])
    }
}

impl std::ops::Deref for Units {
    type Target = [u16];

    fn deref(&self) -> &[u16] {
        &self.0
    }
}

impl std::ops::DerefMut for Units {
    fn deref_mut(&mut self) -> &mut [u16] {
        &mut self.0
    }
}

/// A body, and whose it is.
pub(crate) struct Body<'a> {
    pub(crate) handle: usize,
    pub(crate) bytes: &'a [u8],
}

/// The body of a written buffer with its texts in the gaps; in `widened`, where one of them is more than ASCII. `text` reads the
/// text of a gap and tells its length. `None`: this is no such buffer. May be asked again for the same buffer.
#[inline]
pub(crate) fn filled<'a>(
    written: &'a mut [u8],
    units: &mut Units,
    widened: &'a mut Vec<u8>,
    text: impl Fn(usize, &mut Units) -> usize,
) -> Option<Body<'a>> {
    let handle = word(written, 0)?;
    let count = word(written, 4)?;
    for place in 0..count {
        let gap = word(written, 8 + 4 * place)?;
        let length = text(place, units);
        if !narrow(units.get(..length)?, written.get_mut(gap..gap + length)?) {
            widen(written, count, units, widened, text)?;
            return Some(Body { handle, bytes: widened });
        }
    }
    Some(Body { handle, bytes: written.get(HEAD_BYTES..)? })
}

/// Writes ASCII; `false`: this is none. Both are of one length.
#[inline]
fn narrow(units: &[u16], bytes: &mut [u8]) -> bool {
    let mut all = 0;
    for (bytes, units) in bytes.chunks_exact_mut(STEP).zip(units.chunks_exact(STEP)) {
        all |= narrow_step(units, bytes);
    }
    // What is left is written together with what lies before it, in one more step.
    match (units.last_chunk::<STEP>(), bytes.last_chunk_mut::<STEP>()) {
        (Some(units), Some(bytes)) => all |= narrow_step(units, bytes),
        _ => all |= narrow_step(units, bytes),
    }
    all < 128
}

/// As many units as one vector holds.
const STEP: usize = 8;

#[inline(always)]
fn narrow_step(units: &[u16], bytes: &mut [u8]) -> u16 {
    let mut all = 0;
    for (byte, unit) in bytes.iter_mut().zip(units) {
        *byte = *unit as u8;
        all |= unit;
    }
    all
}

/// Puts a body together anew, with texts that take more room than their gaps have.
#[cold]
fn widen(
    written: &[u8],
    count: usize,
    units: &mut Units,
    widened: &mut Vec<u8>,
    text: impl Fn(usize, &mut Units) -> usize,
) -> Option<()> {
    widened.clear();
    let mut told = HEAD_BYTES;
    for place in 0..count {
        let gap = word(written, 8 + 4 * place)?;
        let length = text(place, units);
        widened.extend_from_slice(written.get(told..gap.checked_sub(4)?)?);
        let begin = widened.len() + 4;
        widened.resize(begin + 3 * length, 0);
        let mut end = begin;
        // Half a surrogate pair becomes U+FFFD, as everywhere in Node.
        for character in char::decode_utf16(units.get(..length)?.iter().copied()) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            end += character.encode_utf8(&mut widened[end..]).len();
        }
        widened.truncate(end);
        widened[begin - 4..begin].copy_from_slice(&((end - begin) as u32).to_le_bytes());
        told = gap + length;
    }
    widened.extend_from_slice(written.get(told..)?);
    Some(())
}

#[inline]
fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let word = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(word.try_into().ok()?) as usize)
}
