//! Packed bytes in: zstd and gzip, always with a limit on what comes out.

use std::cell::RefCell;
use std::io::{self, Read};

use bytes::Bytes;

use crate::batch::{Encoding, Spoilt};

/// Nobody needs a larger window than 8 MiB, and each decoder must find room for it.
const WINDOW_LOG_MAX: u32 = 23;
/// From here on the ratio counts: before, even one repeated record is honest.
const RATIO_FREE_BYTES: usize = 4 << 20;
/// Frames carry a time and a check that do not repeat, so that honest batches stay far below.
const RATIO_MAX: usize = 1000;

/// Up to here, room for what is announced is made before it has come out.
const RATIO_TRUSTED: usize = 32;

thread_local! {
    /// Making one costs as much as unpacking a small batch.
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> =
        RefCell::new(zstd::bulk::Decompressor::new().ok());
}

/// Why packed bytes could not be unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnpackError {
    /// Not what its `Content-Encoding` says, or cut short.
    Corrupt(String),
    /// More bytes come out than the limit allows.
    TooLarge,
    /// It unpacks to more than a thousand times its size: a bomb.
    Bomb,
}

/// Unpacks a request's body; never holds more than `max_bytes` and one block.
pub(crate) fn unpack_limited(
    encoding: Encoding,
    packed: &Bytes,
    max_bytes: usize,
) -> Result<Bytes, UnpackError> {
    let corrupt = |error: io::Error| UnpackError::Corrupt(error.to_string());
    match encoding {
        Encoding::Identity if packed.len() > max_bytes => Err(UnpackError::TooLarge),
        Encoding::Identity => Ok(packed.clone()),
        Encoding::Zstd => {
            if let Some(bytes) = announced(packed, max_bytes) {
                return Ok(bytes);
            }
            let mut reader =
                zstd::stream::read::Decoder::with_buffer(&packed[..]).map_err(corrupt)?;
            reader.window_log_max(WINDOW_LOG_MAX).map_err(corrupt)?;
            drain(reader, packed.len(), max_bytes)
        }
        Encoding::Gzip => {
            drain(flate2::bufread::MultiGzDecoder::new(&packed[..]), packed.len(), max_bytes)
        }
    }
}

/// Unpacks at once what says how long it will be and does not promise much. None for all else, and
/// for what is not as it says: the careful way tells what is wrong with it.
fn announced(packed: &Bytes, max_bytes: usize) -> Option<Bytes> {
    let length = zstd::zstd_safe::get_frame_content_size(packed).ok()??;
    let length = usize::try_from(length).ok().filter(|length| *length <= max_bytes)?;
    let modest = length / RATIO_TRUSTED <= packed.len();
    modest.then(|| unpack(Encoding::Zstd, packed, length).ok()).flatten()
}

fn drain(
    mut reader: impl Read,
    packed_bytes: usize,
    max_bytes: usize,
) -> Result<Bytes, UnpackError> {
    let mut out = Vec::new();
    let mut at = 0;
    // Small steps first: what an attacker announces is never allocated before it has come out.
    let mut step = (packed_bytes * 8).clamp(16 << 10, 1 << 20);
    loop {
        if at == out.len() {
            out.resize(at + step, 0);
            step = (step * 2).min(8 << 20);
        }
        match reader.read(&mut out[at..]) {
            Ok(0) => break,
            Ok(count) => at += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(UnpackError::Corrupt(error.to_string())),
        }
        if at > max_bytes {
            return Err(UnpackError::TooLarge);
        }
        if at > RATIO_FREE_BYTES && at / RATIO_MAX > packed_bytes {
            return Err(UnpackError::Bomb);
        }
    }
    out.truncate(at);
    out.shrink_to_fit();
    Ok(Bytes::from(out))
}

/// Unpacks a stored body whose length is known and was checked when it arrived.
pub(crate) fn unpack(
    encoding: Encoding,
    packed: &Bytes,
    decoded_bytes: usize,
) -> Result<Bytes, Spoilt> {
    match encoding {
        Encoding::Zstd => {
            let bytes = UNPACKER.with_borrow_mut(|unpacker| match unpacker {
                Some(unpacker) => unpacker.decompress(packed, decoded_bytes),
                None => zstd::bulk::decompress(packed, decoded_bytes),
            });
            let bytes = bytes.map_err(|_| Spoilt)?;
            (bytes.len() == decoded_bytes).then_some(Bytes::from(bytes)).ok_or(Spoilt)
        }
        _ => {
            let bytes = unpack_limited(encoding, packed, decoded_bytes).map_err(|_| Spoilt)?;
            (bytes.len() == decoded_bytes).then_some(bytes).ok_or(Spoilt)
        }
    }
}

/// Packs what the server itself has written (normalised JSON batches).
pub(crate) fn pack(bytes: &[u8]) -> io::Result<Bytes> {
    zstd::bulk::compress(bytes, 1).map(Bytes::from)
}
