//! What was refused, as people look for it.

use super::author::Author;
use super::beginning;

/// A refused body is not read whole for who wrote it.
const AUTHOR_WITHIN_BYTES: usize = 64 << 10;

/// How what was refused begins, and who is said to have written it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) excerpt: String,
    pub(crate) author: Author,
}

impl Subject {
    /// These bytes, whose author is this one unless they name another.
    pub(crate) fn of(bytes: &[u8], author: Author) -> Self {
        let some = bytes.get(..AUTHOR_WITHIN_BYTES).unwrap_or(bytes);
        Self { excerpt: beginning(bytes), author: author.told_in(some) }
    }

    /// A text that says nothing of its author.
    pub(crate) fn by(author: Author, text: &str) -> Self {
        Self { excerpt: beginning(text.as_bytes()), author }
    }
}
