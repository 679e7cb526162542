use dlogs_record::Text;

#[test]
fn defects_become_one_replacement_character_each() {
    let table: [(&[u8], &str); 10] = [
        (b"plain", "plain"),
        ("ä€😀".as_bytes(), "ä€😀"),
        (b"a\xED\xA0\x80b", "a\u{FFFD}b"),
        (b"\xED\xBF\xBF", "\u{FFFD}"),
        (b"\xED\xA0\xBD\xED\xB8\x80", "\u{FFFD}\u{FFFD}"),
        (b"\xED\xA0", "\u{FFFD}\u{FFFD}"),
        (b"a\xFFb", "a\u{FFFD}b"),
        (b"a\xE2\x82", "a\u{FFFD}"),
        (b"\xC0\x80", "\u{FFFD}\u{FFFD}"),
        (b"", ""),
    ];
    for (bytes, expected) in table {
        assert_eq!(Text(bytes).repair(), expected, "{bytes:x?}");
    }
}
