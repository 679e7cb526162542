//! A batch as it travels (spec/wire.md): length, header, frames, compressed. Reuses its buffers.

use std::io::Write;

use flate2::write::GzEncoder;
use serde::Serialize;
use serde_json::Value;

use crate::ledger::Lost;
use crate::options::Compression;

/// Everything about a batch but its frames.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parcel {
    pub(crate) stream: String,
    pub(crate) first_seq: u64,
    pub(crate) last_seq: u64,
    pub(crate) count: u64,
    pub(crate) salt: u64,
    pub(crate) losses: Vec<Lost>,
    pub(crate) end_of_stream: bool,
    /// Bytes of the frames.
    pub(crate) frame_bytes: u64,
    /// Bytes of the request's body.
    pub(crate) wire_bytes: u64,
}

#[derive(Serialize)]
struct Header<'a> {
    v: u32,
    stream: &'a str,
    first_seq: u64,
    last_seq: u64,
    salt: String,
    check: &'static str,
    losses: Vec<Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    end_of_stream: bool,
    client: &'a Value,
}

/// The buffers and the compressor of the sender.
pub(crate) struct Press {
    compression: Compression,
    zstd: Option<zstd::bulk::Compressor<'static>>,
    frames: Vec<u8>,
    plain: Vec<u8>,
    packed: Vec<u8>,
}

impl Press {
    pub(crate) fn new(compression: Compression) -> Press {
        let zstd = match compression {
            Compression::Zstd => zstd::bulk::Compressor::new(1).ok(),
            Compression::Gzip | Compression::None => None,
        };
        Press { compression, zstd, frames: Vec::new(), plain: Vec::new(), packed: Vec::new() }
    }

    pub(crate) fn clear(&mut self) {
        self.frames.clear();
    }

    /// Where the frames of the next batch are put.
    pub(crate) fn frames(&mut self) -> &mut Vec<u8> {
        &mut self.frames
    }

    pub(crate) fn taken_frames(&self) -> &[u8] {
        &self.frames
    }

    /// The request's body.
    pub(crate) fn body(&mut self, parcel: &Parcel, client: &Value) -> &[u8] {
        let header = Header {
            v: 1,
            stream: &parcel.stream,
            first_seq: parcel.first_seq,
            last_seq: parcel.last_seq,
            salt: format!("{:016x}", parcel.salt),
            check: "crc32c",
            losses: parcel.losses.iter().map(loss).collect(),
            end_of_stream: parcel.end_of_stream,
            client,
        };
        self.plain.clear();
        self.plain.extend_from_slice(&[0; 4]);
        // Writing JSON of plain data into memory does not fail.
        let _ = serde_json::to_writer(&mut self.plain, &header);
        let length = u32::try_from(self.plain.len() - 4).unwrap_or(u32::MAX);
        self.plain[..4].copy_from_slice(&length.to_le_bytes());
        self.plain.extend_from_slice(&self.frames);
        self.pack()
    }

    fn pack(&mut self) -> &[u8] {
        match (self.compression, &mut self.zstd) {
            (Compression::Zstd, Some(zstd)) => {
                self.packed.clear();
                self.packed.reserve(zstd::zstd_safe::compress_bound(self.plain.len()));
                let _ = zstd.compress_to_buffer(&self.plain, &mut self.packed);
                &self.packed
            }
            (Compression::Gzip, _) => {
                self.packed.clear();
                let level = flate2::Compression::fast();
                let mut gzip = GzEncoder::new(&mut self.packed, level);
                let _ = gzip.write_all(&self.plain).and_then(|()| gzip.try_finish());
                drop(gzip);
                &self.packed
            }
            _ => &self.plain,
        }
    }
}

fn loss(lost: &Lost) -> Value {
    serde_json::json!({"from": lost.from, "to": lost.to, "reason": lost.reason.as_str()})
}
