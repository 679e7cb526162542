//! The byte in front of every value.

pub(crate) const NULL: u8 = 0;
pub(crate) const FALSE: u8 = 1;
pub(crate) const TRUE: u8 = 2;
pub(crate) const I64: u8 = 3;
pub(crate) const U64: u8 = 4;
pub(crate) const F64: u8 = 5;
pub(crate) const STR: u8 = 6;
pub(crate) const LIST: u8 = 7;
pub(crate) const MAP: u8 = 8;
pub(crate) const BYTES: u8 = 9;
pub(crate) const TIME_NS: u8 = 10;
pub(crate) const DECIMAL: u8 = 11;
pub(crate) const CUT: u8 = 12;
