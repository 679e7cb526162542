use crate::parts::hybrid::{width, write};

fn written(width: u32, numbers: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, width, numbers);
    out
}

#[test]
fn numbers_are_packed_as_parquet_draws_them() {
    assert_eq!(written(3, &[0, 1, 2, 3, 4, 5, 6, 7]), [0b11, 0x88, 0xc6, 0xfa]);
    assert_eq!(written(1, &[1, 0, 1]), [0b11, 0b101]);
    assert_eq!(written(9, &[0x1ff, 0]), [0b11, 0xff, 1, 0, 0, 0, 0, 0, 0, 0]);
    let bits = [0b11, 0xff, 0xff, 0, 0, 0xff, 0xff, 1, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
    assert_eq!(written(16, &[0xffff, 0, 0xffff, 1, 0, 0, 0, 0xffff]), bits);
    assert_eq!(written(5, &[31, 0, 0, 0, 0, 0, 0, 0, 1])[6..], [1, 0, 0, 0, 0]);
    assert!(written(3, &[]).is_empty());
}

#[test]
fn equal_numbers_are_one_run() {
    assert_eq!(written(3, &[4; 10]), [20, 4]);
    assert_eq!(written(9, &[0x101; 100]), [0xc8, 1, 1, 1]);
}

#[test]
fn a_width_holds_the_greatest_place() {
    let widths = [0, 1, 2, 3, 8, 9, 256, 257].map(width);
    assert_eq!(widths, [1, 1, 1, 2, 3, 4, 8, 9]);
}
