//! CRC-32C of short runs of bytes, with the processor's own instructions where it has them. The crate `crc32c`, which does all
//! else, is built for long runs; and here the checksum of a body is computed before it is known what stands in front of it.

/// Continues `crc` over `bytes`; start with 0. The same as `crc32c::crc32c_append`.
#[inline]
pub(crate) fn append(crc: u32, bytes: &[u8]) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("sse4.2") {
        // SAFETY: the processor has just been asked for the feature, which is all that the call needs.
        return unsafe { !instructions::fold(!crc, bytes) };
    }
    crc32c::crc32c_append(crc, bytes)
}

/// What is known of the checksum of bytes before the checksum of what precedes them. An append asks for it before it reserves, so
/// that the processor, which needs 3 cycles for 8 bytes one after the other, has done them when the number is known.
#[derive(Clone, Copy)]
pub(crate) enum Tail<'a> {
    /// The remainder of the bytes, and x^(8 × their length - 33) modulo the polynomial, by which to move what precedes.
    Known { state: u32, shift: u32 },
    /// Nothing.
    Unknown(&'a [u8]),
}

/// Begins the checksum of bytes that come last.
#[inline]
pub(crate) fn tail(bytes: &[u8]) -> Tail<'_> {
    #[cfg(target_arch = "x86_64")]
    if let Some(shift) = instructions::SHIFTS.get(bytes.len())
        && std::arch::is_x86_feature_detected!("sse4.2")
        && std::arch::is_x86_feature_detected!("pclmulqdq")
    {
        // SAFETY: the processor has just been asked for the feature, which is all that the call needs.
        let state = unsafe { instructions::fold(0, bytes) };
        return Tail::Known { state, shift: *shift };
    }
    Tail::Unknown(bytes)
}

/// Continues `crc` over the bytes of a tail. The same as `append` over them.
#[inline]
pub(crate) fn join(crc: u32, tail: Tail<'_>) -> u32 {
    match tail {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a tail is only `Known` where the processor has both features.
        Tail::Known { state, shift } => unsafe { !(instructions::shift(!crc, shift) ^ state) },
        #[cfg(not(target_arch = "x86_64"))]
        Tail::Known { .. } => crc,
        Tail::Unknown(bytes) => append(crc, bytes),
    }
}

#[cfg(target_arch = "x86_64")]
mod instructions {
    use std::arch::x86_64::{
        _mm_clmulepi64_si128, _mm_crc32_u8, _mm_crc32_u32, _mm_crc32_u64, _mm_cvtsi32_si128,
        _mm_cvtsi128_si64,
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

    /// The remainder after `bytes`, without the inversions at both ends.
    #[target_feature(enable = "sse4.2")]
    #[inline]
    pub(super) fn fold(state: u32, bytes: &[u8]) -> u32 {
        let (words, rest) = bytes.as_chunks::<8>();
        let state = words
            .iter()
            .fold(u64::from(state), |state, word| _mm_crc32_u64(state, u64::from_le_bytes(*word)));
        let (half, rest) = rest.as_chunks::<4>();
        let state = half
            .iter()
            .fold(state as u32, |state, word| _mm_crc32_u32(state, u32::from_le_bytes(*word)));
        rest.iter().fold(state, |state, byte| _mm_crc32_u8(state, *byte))
    }

    /// The remainder `state` moved in front of as many bytes as `by` stands for.
    #[target_feature(enable = "sse4.2,pclmulqdq")]
    #[inline]
    pub(super) fn shift(state: u32, by: u32) -> u32 {
        let product = _mm_clmulepi64_si128::<0>(
            _mm_cvtsi32_si128(state as i32),
            _mm_cvtsi32_si128(by as i32),
        );
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
                let part = &bytes[from..to];
                let expected = crc32c::crc32c_append(to as u32, part);
                assert_eq!(super::append(to as u32, part), expected);
                assert_eq!(super::join(to as u32, super::tail(part)), expected);
            }
        }
        assert_eq!(super::append(0, b"123456789"), 0xE306_9283, "the check value of CRC-32C");
    }
}
