//! The part of a segment's header that never changes once it is installed, to bytes and back, with its checksum.

use super::layout::*;
use crate::frame::{u32_in, u64_in};
use crate::{crc, owner::Owner, stream::StreamId};

/// Everything that the header's checksum covers, and the label, which has its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Header {
    pub(crate) stream: StreamId,
    pub(crate) number: u64,
    /// The number of the first frame; 0 while the segment lies prepared and unused.
    pub(crate) first_seq: u64,
    pub(crate) salt: u64,
    /// The file's length when it was made; frames end before it.
    pub(crate) capacity: u64,
    pub(crate) owner: Owner,
    pub(crate) created_ms: u64,
    pub(crate) label: Vec<u8>,
}

/// What the first 4 096 bytes of a file turn out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Parsed {
    /// A segment that frames were, or may have been, written into.
    Installed(Header),
    /// Prepared, and never used: its process died before, or in the middle of installing it. It holds nothing.
    Unused,
    /// A format of the future, to be left alone.
    Version(u32),
    /// Not a header, or a damaged one; the text says which.
    Bad(&'static str),
}

impl Header {
    /// The bytes from the magic to the checksum, both included.
    pub(crate) fn fixed_bytes(&self) -> [u8; CRC_AT + 8] {
        let mut bytes = [0; CRC_AT + 8];
        let mut put = |at: usize, field: &[u8]| bytes[at..at + field.len()].copy_from_slice(field);
        put(0, &MAGIC);
        put(VERSION_AT, &VERSION.to_le_bytes());
        put(HEADER_BYTES_AT, &(HEADER_BYTES as u32).to_le_bytes());
        put(INSTANCE_AT, &self.stream.bytes());
        put(NUMBER_AT, &self.number.to_le_bytes());
        put(FIRST_SEQ_AT, &self.first_seq.to_le_bytes());
        put(SALT_AT, &self.salt.to_le_bytes());
        put(CAPACITY_AT, &self.capacity.to_le_bytes());
        put(OWNER_PID_AT, &self.owner.pid.to_le_bytes());
        put(OWNER_START_AT, &self.owner.start.to_le_bytes());
        put(OWNER_BOOT_AT, &self.owner.boot);
        put(OWNER_NAMESPACE_AT, &self.owner.namespace.to_le_bytes());
        put(CREATED_MS_AT, &self.created_ms.to_le_bytes());
        put(LABEL_BYTES_AT, &(self.label.len() as u32).to_le_bytes());
        put(LABEL_CRC_AT, &crc::append(0, &self.label).to_le_bytes());
        let crc = crc::append(0, &bytes[..CRC_AT]);
        bytes[CRC_AT..CRC_AT + 4].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads a header. A damaged label is dropped rather than the frames with it.
    pub(crate) fn parse(bytes: &[u8]) -> Parsed {
        if bytes.iter().take(MAGIC.len()).all(|byte| *byte == 0) {
            // The magic is stored last, and taken away first when a segment is reused: its frames were all released.
            return Parsed::Unused;
        }
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
            return Parsed::Bad("it does not begin with DLOGJ1");
        }
        let version = u32_in(bytes, VERSION_AT);
        if version != VERSION {
            return Parsed::Version(version);
        }
        if bytes.len() < HEADER_BYTES || u32_in(bytes, HEADER_BYTES_AT) != HEADER_BYTES as u32 {
            return Parsed::Bad("its header is cut off");
        }
        let crc = u32_in(bytes, CRC_AT);
        if crc != crc::append(0, &bytes[..CRC_AT]) {
            // Whoever installs a segment stores first_seq, then the checksum, then publishes it: in between it is empty.
            let mut before = [0; CRC_AT];
            before.copy_from_slice(&bytes[..CRC_AT]);
            before[FIRST_SEQ_AT..FIRST_SEQ_AT + 8].fill(0);
            let unused = crc == crc::append(0, &before);
            return if unused {
                Parsed::Unused
            } else {
                Parsed::Bad("its header's checksum is wrong")
            };
        }
        if u64_in(bytes, FIRST_SEQ_AT) == 0 {
            return Parsed::Unused;
        }
        Parsed::Installed(Self::fields(bytes))
    }

    fn fields(bytes: &[u8]) -> Self {
        let sixteen = |at: usize| bytes[at..].first_chunk::<16>().copied().unwrap_or_default();
        let label_bytes = (u32_in(bytes, LABEL_BYTES_AT) as usize).min(LABEL_MAX_BYTES);
        let label = &bytes[LABEL_AT..LABEL_AT + label_bytes];
        let whole = crc::append(0, label) == u32_in(bytes, LABEL_CRC_AT);
        Self {
            stream: StreamId {
                instance: sixteen(INSTANCE_AT),
                lane: u32_in(bytes, LANE_AT) as u16,
            },
            number: u64_in(bytes, NUMBER_AT),
            first_seq: u64_in(bytes, FIRST_SEQ_AT),
            salt: u64_in(bytes, SALT_AT),
            capacity: u64_in(bytes, CAPACITY_AT),
            owner: Owner {
                pid: u32_in(bytes, OWNER_PID_AT),
                start: u64_in(bytes, OWNER_START_AT),
                boot: sixteen(OWNER_BOOT_AT),
                namespace: u64_in(bytes, OWNER_NAMESPACE_AT),
            },
            created_ms: u64_in(bytes, CREATED_MS_AT),
            label: if whole { label.to_vec() } else { Vec::new() },
        }
    }
}

/// The header's checksum once `first_seq` is filled into the prepared bytes before it. It allocates nothing.
pub(crate) fn crc_with_first_seq(mut prepared: [u8; CRC_AT], first_seq: u64) -> u32 {
    prepared[FIRST_SEQ_AT..FIRST_SEQ_AT + 8].copy_from_slice(&first_seq.to_le_bytes());
    crc::append(0, &prepared)
}
