use std::{fmt, str::FromStr};

/// The name of one sequence of records: one process start and one lane of it.
///
/// Spelled `<32 hex digits of the instance>.<lane, decimal>`, on the wire and as the name of the stream's directory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StreamId {
    /// 16 random bytes, drawn anew at every open, so that a sequence number is never used twice.
    pub instance: [u8; 16],
    /// 0 for now; the format is ready for several lanes in one process.
    pub lane: u16,
}

impl StreamId {
    /// The bytes that enter a frame's check: the instance, then the lane in little-endian.
    pub(crate) fn bytes(&self) -> [u8; 18] {
        let mut bytes = [0; 18];
        bytes[..16].copy_from_slice(&self.instance);
        bytes[16..].copy_from_slice(&self.lane.to_le_bytes());
        bytes
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.instance {
            write!(f, "{byte:02x}")?;
        }
        write!(f, ".{}", self.lane)
    }
}

/// The text is not `<32 hex digits>.<decimal lane>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseStreamIdError;

impl fmt::Display for ParseStreamIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a stream is written as 32 lower-case hex digits, a dot and the lane from 0 to 65535",
        )
    }
}

impl std::error::Error for ParseStreamIdError {}

impl FromStr for StreamId {
    type Err = ParseStreamIdError;

    /// Only the one spelling that `Display` writes is taken, so that a name and a stream are the same thing.
    fn from_str(text: &str) -> Result<Self, ParseStreamIdError> {
        let (hex, lane) = text.split_once('.').ok_or(ParseStreamIdError)?;
        if hex.len() != 32 || !hex.is_ascii() {
            return Err(ParseStreamIdError);
        }
        let mut instance = [0; 16];
        for (at, byte) in instance.iter_mut().enumerate() {
            *byte =
                u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).map_err(|_| ParseStreamIdError)?;
        }
        let id = Self { instance, lane: lane.parse().map_err(|_| ParseStreamIdError)? };
        if id.to_string() == text { Ok(id) } else { Err(ParseStreamIdError) }
    }
}
