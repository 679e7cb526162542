//! What was put comes back; what is cut or overlong is broken, never a panic.

use super::*;

#[test]
fn what_was_put_comes_back() {
    let mut message = Vec::new();
    put_number(&mut message, 1, 300);
    put_bytes(&mut message, 2, b"abc");
    put_number(&mut message, 100, u64::MAX);
    let fields: Result<Vec<_>, _> = Fields::of(&message).collect();
    let wanted = vec![
        (1, Field::Varint(300)),
        (2, Field::Bytes(&b"abc"[..])),
        (100, Field::Varint(u64::MAX)),
    ];
    assert_eq!(fields, Ok(wanted));
}

#[test]
fn every_cut_is_broken_or_shorter() {
    let mut message = Vec::new();
    put_bytes(&mut message, 1, b"abcdef");
    message.extend_from_slice(&[0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1d, 1, 2, 3, 4]);
    for end in 0..=message.len() {
        let fields: Vec<_> = Fields::of(&message[..end]).collect();
        let whole = matches!(end, 0 | 8 | 17 | 22);
        assert_eq!(fields.iter().all(Result::is_ok), whole, "cut at {end}");
    }
}

#[test]
fn overlong_numbers_zero_fields_and_groups_are_broken() {
    for bytes in
        [&[0xff; 11][..], &[0x00, 0x01], &[0x0b, 0x0c], &[0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f]]
    {
        assert_eq!(Fields::of(bytes).next(), Some(Err(Broken)), "{bytes:x?}");
    }
}
