//! Packed bytes in and out: zstd and gzip, always with a limit on what comes out.

use bytes::Bytes;

use crate::batch::{Encoding, Spoilt};

/// Unpacks a body whose length is known.
pub(crate) fn unpack(
    encoding: Encoding,
    packed: &Bytes,
    decoded_bytes: usize,
) -> Result<Bytes, Spoilt> {
    match encoding {
        Encoding::Identity => Ok(packed.clone()),
        Encoding::Zstd => {
            let bytes = zstd::bulk::decompress(packed, decoded_bytes).map_err(|_| Spoilt)?;
            Ok(Bytes::from(bytes))
        }
        Encoding::Gzip => {
            let mut bytes = Vec::with_capacity(decoded_bytes);
            let mut reader = std::io::Read::take(
                flate2::read::MultiGzDecoder::new(&packed[..]),
                decoded_bytes as u64 + 1,
            );
            std::io::Read::read_to_end(&mut reader, &mut bytes).map_err(|_| Spoilt)?;
            Ok(Bytes::from(bytes))
        }
    }
}
