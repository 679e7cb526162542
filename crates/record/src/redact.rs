use crate::encode::short_key;
use crate::reserved;

/// The keys whose values must not leave the process: matched at any depth, exactly, ASCII case ignored.
#[derive(Clone, Debug, Default)]
pub struct Redact {
    keys: Vec<Vec<u8>>,
    // Bit n is set if a key of n mod 64 bytes exists: one test settles nearly every key of nearly every record.
    lengths: u64,
}

impl Redact {
    /// Redacts nothing.
    pub const NOTHING: Redact = Redact { keys: Vec::new(), lengths: 0 };

    /// Redacts the values of these keys. The mark `@cut` cannot be redacted.
    pub fn new<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Redact {
        let mut redact = Redact::default();
        for key in keys {
            let mut key = short_key(key.as_ref().as_bytes()).into_owned();
            key.make_ascii_lowercase();
            if key != reserved::CUT.as_bytes() && !key.is_empty() {
                redact.lengths |= 1 << (key.len() % 64);
                redact.keys.push(key);
            }
        }
        redact
    }

    /// False if no key of this length is a secret.
    #[inline]
    pub(crate) fn may_match(&self, length: usize) -> bool {
        self.lengths & (1 << (length % 64)) != 0
    }

    /// True if the value of this key is a secret.
    #[inline]
    pub fn matches(&self, key: &[u8]) -> bool {
        self.may_match(key.len()) && self.keys.iter().any(|secret| secret.eq_ignore_ascii_case(key))
    }
}
