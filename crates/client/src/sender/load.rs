//! A batch with its bytes, as it travels (spec/wire.md): length, header, frames, compressed. Reuses its buffers.

use std::io::Write;
use std::time::Duration;

use flate2::write::GzEncoder;
use serde_json::Value;

use super::parcel::Parcel;
use crate::options::Compression;
use crate::transport::Outgoing;

/// Room in front of the frames for the header, which can only be written when they are known: as long as a server takes it.
const HEAD_MAX_BYTES: usize = 64 << 10;

#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) parcel: Parcel,
    /// Room, length and header, frames.
    plain: Vec<u8>,
    head_at: usize,
    frames_at: usize,
    packed: Vec<u8>,
    /// How `packed` is encoded; with `None` it is `plain` that travels.
    encoding: Compression,
}

impl Load {
    pub(crate) fn new() -> Load {
        Load {
            parcel: Parcel::default(),
            plain: Vec::new(),
            head_at: 0,
            frames_at: 0,
            packed: Vec::new(),
            encoding: Compression::None,
        }
    }

    /// Where the frames of a new batch are put.
    pub(crate) fn empty(&mut self) -> &mut Vec<u8> {
        self.frames_at = HEAD_MAX_BYTES;
        self.plain.resize(self.frames_at, 0);
        &mut self.plain
    }

    pub(crate) fn frames(&self) -> &[u8] {
        &self.plain[self.frames_at..]
    }

    /// As a request.
    pub(crate) fn outgoing(&self, timeout: Duration) -> Outgoing<'_> {
        let body = match self.encoding {
            Compression::None => &self.plain[self.head_at..],
            Compression::Zstd | Compression::Gzip => &self.packed,
        };
        Outgoing { body, compression: self.encoding, timeout }
    }

    /// Writes the header, so that it ends where the frames begin.
    fn head(&mut self, client: &Value) {
        let header = self.parcel.header(client);
        let length = u32::try_from(header.len()).unwrap_or(u32::MAX).to_le_bytes();
        let head = [&length, header.as_slice()].concat();
        // Longer than any server takes it: it travels all the same, so that somebody says so.
        let missing = head.len().saturating_sub(self.frames_at);
        self.plain.splice(..0, std::iter::repeat_n(0, missing));
        self.frames_at += missing;
        self.head_at = self.frames_at - head.len();
        self.plain[self.head_at..self.frames_at].copy_from_slice(&head);
    }
}

/// Makes the bodies of requests, one after the other.
pub(crate) struct Press {
    compression: Compression,
    zstd: Option<zstd::bulk::Compressor<'static>>,
}

impl Press {
    pub(crate) fn new(compression: Compression) -> Press {
        let zstd = match compression {
            Compression::Zstd => zstd::bulk::Compressor::new(1).ok(),
            Compression::Gzip | Compression::None => None,
        };
        Press { compression, zstd }
    }

    /// What cannot be compressed travels as it is.
    pub(crate) fn pack(&mut self, load: &mut Load, client: &Value) {
        load.head(client);
        let plain = &load.plain[load.head_at..];
        load.packed.clear();
        let packed = match (self.compression, &mut self.zstd) {
            (Compression::Zstd, Some(zstd)) => {
                load.packed.reserve(zstd::zstd_safe::compress_bound(plain.len()));
                zstd.compress_to_buffer(plain, &mut load.packed).is_ok()
            }
            (Compression::Gzip, _) => {
                let mut gzip = GzEncoder::new(&mut load.packed, flate2::Compression::fast());
                gzip.write_all(plain).and_then(|()| gzip.try_finish()).is_ok()
            }
            _ => false,
        };
        load.encoding = if packed { self.compression } else { Compression::None };
        load.parcel.wire_bytes = load.outgoing(Duration::ZERO).body.len() as u64;
    }
}
