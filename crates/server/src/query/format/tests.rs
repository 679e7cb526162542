//! What each format makes of a row that tries to break it.

use serde_json::json;

use super::*;

fn written(format: Format) -> String {
    let row = json!({"id": "1-a-1", "time": "T", "level": "INFO", "message": "a,\"b\"\r\n\u{1b}[31mc", "service": "s",
        "error": {"type": "E", "stack": "x\n\u{7}y"}, "metadata": {"k": 1}});
    let mut out = Vec::new();
    format.write(row.to_string().as_bytes(), &mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn a_table_quotes_what_it_must() {
    assert_eq!(
        written(Format::Csv),
        "T,INFO,s,,,,,\"a,\"\"b\"\"\r\n\u{1b}[31mc\",,,,,,E,,\"x\n\u{7}y\",\"{\"\"k\"\":1}\",1-a-1\r\n"
    );
    assert_eq!(Format::Csv.head().split(',').count(), COLUMNS.len());
}

#[test]
fn a_text_is_one_line_and_moves_no_cursor() {
    let text = written(Format::Txt);
    assert_eq!(
        text,
        "T INFO     s: a,\"b\"\\r\\n\\u{1b}[31mc {\"k\":1}\n    E: \n    x\n    \\u{7}y\n"
    );
}
