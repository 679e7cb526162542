//! Eight bytes at once, as one word. No sum carries into the next byte.

/// The high bit of each byte.
pub(super) const HIGH: u64 = all(0x80);

/// Eight times the same byte.
#[inline]
pub(super) const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// In each byte the high bit tells whether it is `least` or more, and the others tell nothing. For bytes without their high
/// bits; `least` is at most 0x80.
#[inline]
pub(super) const fn at_least(bytes: u64, least: u8) -> u64 {
    bytes + all(0x80 - least)
}
