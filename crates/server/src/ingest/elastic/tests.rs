//! Bulk bodies: what is asked of which document, and where a body stops to make sense.

use super::bulk::{Action, Line, lines};

#[test]
fn actions_and_documents() {
    let body = "{\"index\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"message\":\"x\"}\n\n{\"create\":{}}\r\n{}\r\n{\"delete\":{\"_id\":7}}\n{\"update\":{\"_id\":\"u\"}}\n{\"doc\":{}}";
    let taken: Vec<Line<'_>> = lines(body).map(Result::unwrap).collect();
    let line = |action, index: Option<&str>, id: Option<&str>, document| Line {
        action,
        index: index.map(str::to_owned),
        id: id.map(str::to_owned),
        document,
    };
    let wanted = [
        line(Action::Index, Some("a"), Some("1"), "{\"message\":\"x\"}"),
        line(Action::Create, None, None, "{}"),
        line(Action::Delete, None, Some("7"), ""),
        line(Action::Update, None, Some("u"), "{\"doc\":{}}"),
    ];
    assert_eq!(taken, wanted);
}

#[test]
fn a_broken_line_ends_the_body_and_is_named() {
    for (body, line) in [
        ("{\"message\":\"x\"}\n{}", "Line 1"),
        ("{\"index\":{}}\n{}\nnonsense\n{}", "Line 3"),
        ("{\"index\":{}}\n{}\n\n{\"index\":{}}\n", "line 4"),
    ] {
        let taken: Vec<_> = lines(body).collect();
        let refusal = taken.last().unwrap().as_ref().unwrap_err();
        assert!(refusal.error.contains(line), "{}", refusal.error);
        assert_eq!(taken.iter().filter(|line| line.is_err()).count(), 1);
    }
}
