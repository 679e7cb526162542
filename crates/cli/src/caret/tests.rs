use super::*;

#[test]
fn the_mark_stands_below_the_place() {
    assert_eq!(lines("level:>=", 6), ["  level:>=", "        ^"]);
    assert_eq!(lines("a \"b", 2), ["  a \"b", "    ^"]);
    assert_eq!(lines("größe:", 6), ["  größe:", "        ^"], "characters are counted, not bytes");
    assert_eq!(lines("a\t\u{1b}b \"c", 5), ["  a\\t\\x1bb \"c", "           ^"]);
}

#[test]
fn a_place_beyond_the_query_is_its_end() {
    assert_eq!(lines("abc", 3), ["  abc", "     ^"]);
    assert_eq!(lines("abc", 4096), ["  abc", "     ^"]);
    assert_eq!(lines("", 0), ["  ", "  ^"]);
}

#[test]
fn a_long_query_is_shown_around_the_place() {
    let query = format!("{}!{}", "x".repeat(500), "y".repeat(500));
    let [shown, mark] = lines(&query, 500);
    assert_eq!(shown, format!("  …{}!{}…", "x".repeat(60), "y".repeat(59)));
    assert_eq!(shown.chars().nth(mark.chars().count() - 1), Some('!'));
}
