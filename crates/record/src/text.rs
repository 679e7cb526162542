use std::borrow::Cow;
use std::fmt;

/// Bytes that should be UTF-8 and were never checked: what a host wrote, borrowed from the body.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text<'a>(pub &'a [u8]);

impl<'a> Text<'a> {
    /// The bytes as they were written.
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// The text with every defect folded to U+FFFD; borrows if there is none.
    ///
    /// A lone surrogate that a host encoded as three bytes (ED A0..BF 80..BF) becomes one U+FFFD, not three. Any
    /// other defect is replaced as Unicode recommends (maximal subparts, as `String::from_utf8_lossy` does).
    pub fn repair(self) -> Cow<'a, str> {
        match std::str::from_utf8(self.0) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(repaired(self.0)),
        }
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.repair(), f)
    }
}

fn repaired(mut bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    loop {
        match std::str::from_utf8(bytes) {
            Ok(rest) => {
                out.push_str(rest);
                return out;
            }
            Err(error) => {
                let (good, bad) = bytes.split_at(error.valid_up_to());
                out.push_str(std::str::from_utf8(good).unwrap_or_default());
                out.push('\u{FFFD}');
                let skip = match bad {
                    [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => 3,
                    _ => error.error_len().unwrap_or(bad.len()),
                };
                bytes = bad.get(skip..).unwrap_or_default();
            }
        }
    }
}

/// The longest beginning of `bytes` that is at most `max_bytes` long and does not end inside a character.
pub(crate) fn prefix(bytes: &[u8], max_bytes: usize) -> &[u8] {
    if bytes.len() <= max_bytes {
        return bytes;
    }
    // A character has at most three continuation bytes; more of them are defects, and any place is as good.
    let end = (max_bytes.saturating_sub(3)..=max_bytes)
        .rev()
        .find(|&end| bytes.get(end).is_some_and(|byte| !matches!(byte, 0x80..=0xBF)))
        .unwrap_or(max_bytes);
    bytes.get(..end).unwrap_or_default()
}
