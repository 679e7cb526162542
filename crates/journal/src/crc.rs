//! CRC-32C of short runs of bytes, with the processor's own instructions where it has them. The crate `crc32c`, which does all
//! else, is built for long runs; and here the checksum of a body is computed before it is known what stands in front of it.

/// Continues `crc` over `bytes`; start with 0.
#[inline]
pub(crate) fn append(crc: u32, bytes: &[u8]) -> u32 {
    crc32c::crc32c_append(crc, bytes)
}

/// What is known of the checksum of bytes before the checksum of what precedes them. An append asks for it before it reserves, so
/// that the processor has done them when the number is known.
#[derive(Clone, Copy)]
pub(crate) enum Tail<'a> {
    /// The remainder of the bytes, and x^(8 × their length - 33) modulo the polynomial, by which to move what precedes.
    #[cfg(target_arch = "x86_64")]
    Known { remainder: u32, shift: u32 },
    /// Nothing.
    Unknown(&'a [u8]),
}

/// Begins the checksum of bytes that come last.
#[inline]
pub(crate) fn tail(bytes: &[u8]) -> Tail<'_> {
    #[cfg(target_arch = "x86_64")]
    if let Some(shift) = instructions::SHIFTS.get(bytes.len())
        && let Some(first) = bytes.first_chunk()
        && std::arch::is_x86_feature_detected!("sse4.2")
        && std::arch::is_x86_feature_detected!("pclmulqdq")
    {
        // SAFETY: the processor has just been asked for the features, which is all that the call needs.
        let remainder = unsafe { instructions::remainder(first, bytes) };
        return Tail::Known { remainder, shift: *shift };
    }
    Tail::Unknown(bytes)
}

/// Continues `crc` over three words and the bytes of a tail. The same as `append` over them.
#[inline]
pub(crate) fn join(crc: u32, words: [u64; 3], tail: Tail<'_>) -> u32 {
    match tail {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a tail is only `Known` where the processor has both features.
        Tail::Known { remainder, shift } => unsafe {
            instructions::join(crc, words, remainder, shift)
        },
        Tail::Unknown(bytes) => {
            append(words.iter().fold(crc, |crc, word| append(crc, &word.to_le_bytes())), bytes)
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod instructions {
    use std::arch::x86_64::{
        __m128i, _mm_clmulepi64_si128, _mm_crc32_u64, _mm_cvtsi32_si128, _mm_cvtsi128_si64,
        _mm_xor_si128,
    };

    /// The polynomial of CRC-32C, lowest bit first, without x^32.
    const POLYNOMIAL: u32 = 0x82F6_3B78;

    /// For n bytes: x^(8n - 33) modulo the polynomial. The product of two such words comes out one place too far, and the
    /// instruction that reduces it multiplies by x^32: 33 in all (Gopal and others, "Fast CRC Computation for Generic
    /// Polynomials Using PCLMULQDQ", Intel 2009).
    pub(super) static SHIFTS: [u32; 1025] = {
        let mut power = 1 << 31;
        let mut step = 0;
        while step < 33 {
            // Divided by x: the polynomial is added first where its 1 is needed.
            power = if power >> 31 == 1 { (power ^ POLYNOMIAL) << 1 | 1 } else { power << 1 };
            step += 1;
        }
        let mut shifts = [0; 1025];
        let mut bytes = 0;
        while bytes < shifts.len() {
            shifts[bytes] = power;
            let mut bit = 0;
            while bit < 8 {
                power = (power >> 1) ^ if power & 1 == 1 { POLYNOMIAL } else { 0 };
                bit += 1;
            }
            bytes += 1;
        }
        shifts
    };

    /// The remainder of eight bytes and more, `first` among them, without the inversions at both ends. The instruction takes 8
    /// bytes each cycle and needs 3 for an answer: three thirds at once, the later ones' lengths moved behind the earlier.
    #[target_feature(enable = "sse4.2,pclmulqdq")]
    #[inline]
    pub(super) fn remainder(first: &[u8; 8], bytes: &[u8]) -> u32 {
        let (odd, words) = bytes.as_rchunks::<8>();
        // Zeros in front of bytes do not change their remainder: what is no whole word comes first and is made one.
        let odd = u64::from_le_bytes(*first).checked_shl(64 - 8 * odd.len() as u32).unwrap_or(0);
        let third = words.len() / 3;
        let (begin, words) = words.split_at(words.len() - 3 * third);
        let (head, words) = words.split_at(third);
        let (middle, end) = words.split_at(third);
        let fold = |state, word: &[u8; 8]| _mm_crc32_u64(state, u64::from_le_bytes(*word));
        let mut states = (begin.iter().fold(_mm_crc32_u64(0, odd), fold), 0, 0);
        for ((head, middle), end) in head.iter().zip(middle).zip(end) {
            states = (fold(states.0, head), fold(states.1, middle), fold(states.2, end));
        }
        let moved = _mm_xor_si128(
            multiply(states.0 as u32, SHIFTS[16 * third]),
            multiply(states.1 as u32, SHIFTS[8 * third]),
        );
        reduce(moved) ^ states.2 as u32
    }

    /// The checksum `crc` continued over three words and bytes that are known by their remainder.
    #[target_feature(enable = "sse4.2,pclmulqdq")]
    #[inline]
    pub(super) fn join(crc: u32, words: [u64; 3], remainder: u32, shift: u32) -> u32 {
        let state =
            words.into_iter().fold(u64::from(!crc), |state, word| _mm_crc32_u64(state, word));
        !(reduce(multiply(state as u32, shift)) ^ remainder)
    }

    #[target_feature(enable = "pclmulqdq")]
    #[inline]
    fn multiply(state: u32, by: u32) -> __m128i {
        _mm_clmulepi64_si128::<0>(_mm_cvtsi32_si128(state as i32), _mm_cvtsi32_si128(by as i32))
    }

    #[target_feature(enable = "sse4.2")]
    #[inline]
    fn reduce(product: __m128i) -> u32 {
        _mm_crc32_u64(0, _mm_cvtsi128_si64(product) as u64) as u32
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_the_same_as_the_crates() {
        let bytes: Vec<u8> = (0..1100_u32).map(|n| (n * 37 % 251) as u8).collect();
        for from in 0..9 {
            for to in from..bytes.len() {
                let (part, words) = (&bytes[from..to], [to as u64, u64::MAX, 7 << 60]);
                let before = words.map(u64::to_le_bytes).concat();
                let expected =
                    crc32c::crc32c_append(crc32c::crc32c_append(to as u32, &before), part);
                assert_eq!(super::join(to as u32, words, super::tail(part)), expected);
            }
        }
        assert_eq!(super::append(0, b"123456789"), 0xE306_9283, "the check value of CRC-32C");
    }
}
