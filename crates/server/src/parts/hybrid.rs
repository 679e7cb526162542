//! Small numbers in Parquet's hybrid of runs and packed bits. Knows no column and no page.

/// Appends numbers of `width` bits (1 to 32): one run when all are equal, otherwise all packed. A
/// packed run ends on a multiple of eight numbers; whoever reads it knows how many there are.
pub(super) fn write(out: &mut Vec<u8>, width: u32, numbers: impl Iterator<Item = u32> + Clone) {
    let Some(first) = numbers.clone().next() else { return };
    let (mut count, mut equal) = (0_u64, true);
    numbers.clone().for_each(|number| {
        count += 1;
        equal &= number == first;
    });
    if equal {
        varint(out, count << 1);
        let bytes = width.div_ceil(8) as usize;
        out.extend_from_slice(&first.to_le_bytes()[..bytes]);
        return;
    }
    let eights = count.div_ceil(8);
    varint(out, eights << 1 | 1);
    let end = out.len() + eights as usize * width as usize;
    let (mut bits, mut filled) = (0_u64, 0);
    for number in numbers {
        bits |= u64::from(number) << filled;
        filled += width;
        if filled >= 32 {
            out.extend_from_slice(&(bits as u32).to_le_bytes());
            bits >>= 32;
            filled -= 32;
        }
    }
    out.extend_from_slice(&bits.to_le_bytes());
    out.resize(end, 0);
}

/// Bits of the numbers below `count`; at least one, because not every reader knows of none.
pub(super) fn width(count: usize) -> u32 {
    (usize::BITS - count.saturating_sub(1).leading_zeros()).max(1)
}

fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
