//! Where everything lies in a segment of version 1, in bytes from its start. spec/journal.md draws it.

/// The first bytes of every segment; zeros instead mean that it was never finished being prepared.
pub(crate) const MAGIC: [u8; 8] = *b"DLOGJ1\0\0";
pub(crate) const VERSION: u32 = 1;
/// Frames begin here.
pub(crate) const HEADER_BYTES: usize = 4096;

pub(crate) const VERSION_AT: usize = 8;
pub(crate) const HEADER_BYTES_AT: usize = 12;
pub(crate) const INSTANCE_AT: usize = 16;
pub(crate) const LANE_AT: usize = 32;
pub(crate) const NUMBER_AT: usize = 40;
pub(crate) const FIRST_SEQ_AT: usize = 48;
pub(crate) const SALT_AT: usize = 56;
pub(crate) const CAPACITY_AT: usize = 64;
pub(crate) const OWNER_PID_AT: usize = 72;
pub(crate) const OWNER_START_AT: usize = 80;
pub(crate) const OWNER_BOOT_AT: usize = 88;
pub(crate) const OWNER_NAMESPACE_AT: usize = 104;
pub(crate) const CREATED_MS_AT: usize = 112;
pub(crate) const LABEL_BYTES_AT: usize = 120;
pub(crate) const LABEL_CRC_AT: usize = 124;
/// Everything before it is covered by the checksum that stands here.
pub(crate) const CRC_AT: usize = 128;

/// On cache lines of their own, because different threads write them.
pub(crate) const RESERVE_AT: usize = 192;
pub(crate) const RELEASED_AT: usize = 256;
pub(crate) const RELEASED_INVERSE_AT: usize = 264;
pub(crate) const STATE_AT: usize = 272;
pub(crate) const REFUSED_AT: usize = 320;

pub(crate) const LABEL_AT: usize = 2048;
pub(crate) const LABEL_MAX_BYTES: usize = HEADER_BYTES - LABEL_AT;

/// Mark: the stream was closed in good order and ends with this segment. A mark counts only whole: no checksum covers this word,
/// and one flipped bit must not give up a segment.
pub(crate) const STATE_ENDED: u32 = 0x0000_FFFF;
/// Mark: what was not released of this segment is given up.
pub(crate) const STATE_EXPIRED: u32 = 0xFFFF_0000;
