//! Small numbers in Parquet's hybrid of runs and packed bits. Knows no column and no page.

/// Appends numbers of `width` bits (1 to 16): one run when all are equal, otherwise all packed. A
/// packed run ends on a multiple of eight numbers; whoever reads it knows how many there are.
pub(super) fn write(out: &mut Vec<u8>, width: u32, numbers: &[u32]) {
    let Some(first) = numbers.first() else { return };
    if numbers.iter().all(|number| number == first) {
        varint(out, numbers.len() << 1);
        out.extend_from_slice(&first.to_le_bytes()[..width.div_ceil(8) as usize]);
        return;
    }
    varint(out, numbers.len().div_ceil(8) << 1 | 1);
    let join = |numbers: &[u32]| {
        numbers.iter().rev().fold(0_u64, |bits, number| bits << width | u64::from(*number))
    };
    for eight in numbers.chunks(8) {
        let (low, high) = eight.split_at(eight.len().min(4));
        let bits = u128::from(join(low)) | u128::from(join(high)) << (4 * width);
        out.extend_from_slice(&bits.to_le_bytes()[..width as usize]);
    }
}

/// Bits of the numbers below `count`; at least one, because not every reader knows of none.
pub(super) fn width(count: usize) -> u32 {
    (usize::BITS - count.saturating_sub(1).leading_zeros()).max(1)
}

fn varint(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
