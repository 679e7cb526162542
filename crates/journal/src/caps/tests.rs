use super::*;

const ROOM: Room = Room {
    max_bytes: 1 << 20,
    used_bytes: 0,
    first_segment_bytes: 64 << 10,
    max_segment_bytes: 256 << 10,
};

#[test]
fn segments_double_up_to_the_largest() {
    assert_eq!(ROOM.next_bytes(64 << 10), Some(128 << 10));
    assert_eq!(ROOM.next_bytes(128 << 10), Some(256 << 10));
    assert_eq!(ROOM.next_bytes(256 << 10), Some(256 << 10));
}

#[test]
fn the_last_one_takes_what_is_left_unless_that_is_too_little() {
    let left =
        |bytes: u64| Room { used_bytes: ROOM.max_bytes - bytes, ..ROOM }.next_bytes(256 << 10);
    assert_eq!(left(100_000), Some(98_304));
    assert_eq!(left(16 << 10), Some(16 << 10));
    assert_eq!(left((16 << 10) - 1), None);
    assert_eq!(left(0), None);
    assert_eq!(Room { used_bytes: u64::MAX, ..ROOM }.next_bytes(1), None);
}

#[test]
fn the_last_tenth_is_for_important_frames() {
    let kept = kept(1 << 20);
    assert_eq!(kept, 104_857);
    assert_eq!(open_end(256 << 10, 1 << 20, kept, false), 256 << 10, "room behind it");
    assert_eq!(open_end(256 << 10, 0, kept, false), (256 << 10) - kept, "the last of the room");
    assert_eq!(open_end(256 << 10, kept - 1000, kept, false), (256 << 10) - 1000);
    assert_eq!(open_end(64 << 10, 0, kept, false), 4096, "all of it");
    assert_eq!(
        open_end(64 << 10, 0, kept, true),
        (64 << 10) - (64 << 10) / 10,
        "a stream's first segment is allowed"
    );
}

#[test]
fn fast_writers_find_more_segments_ready() {
    assert_eq!(ahead(0, 4 << 20), 1);
    assert_eq!(ahead(41 << 20, 4 << 20), 2);
    assert_eq!(ahead(u64::MAX, 4 << 20), 4);
}

#[test]
fn a_segment_is_full_soon_if_a_second_fills_it() {
    assert!(fills_soon(64 << 10, 64 << 10));
    assert!(!fills_soon((64 << 10) - 1, 64 << 10));
}
