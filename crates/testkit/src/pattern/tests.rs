use serde_json::json;

use super::{matches, mismatch};

#[test]
fn objects_are_subsets_and_lists_are_exact() {
    assert!(matches(&json!({"a": 1}), &json!({"a": 1, "b": 2})));
    assert!(!matches(&json!({"a": 1}), &json!({"b": 2})));
    assert!(matches(&json!([1, 2]), &json!([1, 2])));
    assert!(!matches(&json!([1]), &json!([1, 2])));
}

#[test]
fn a_failure_names_the_place() {
    let why = mismatch(&json!({"a": [{"b": 2}]}), &json!({"a": [{"b": 3}]})).unwrap();
    assert_eq!(why, "a[0].b differs: wanted 2, have 3");
}

#[test]
fn every_word_has_a_yes_and_a_no() {
    let table = [
        (json!({"$any": true}), json!(1), json!(null)),
        (json!({"x": {"$absent": true}}), json!({}), json!({"x": 1})),
        (json!({"$gt": 1}), json!(2), json!(1)),
        (json!({"$gte": 1}), json!(1), json!(0)),
        (json!({"$lt": 1}), json!(0), json!(1)),
        (json!({"$lte": 1}), json!(1), json!(2)),
        (json!({"$between": [1, 3]}), json!(3), json!(4)),
        (json!({"$not": 1}), json!(2), json!(1)),
        (json!({"$in": [1, {"$gt": 9}]}), json!(10), json!(2)),
        (json!({"$text": "ell"}), json!("hello"), json!("world")),
        (json!({"$length": 2}), json!([1, 2]), json!([1])),
        (json!({"$has": 1}), json!([2, 1]), json!([2])),
        (json!({"$none": 1}), json!([2]), json!([2, 1])),
        (json!({"$each": {"$gt": 0}}), json!([1, 2]), json!([1, 0])),
        (json!({"$count": [1, 2]}), json!([1, 3, 1]), json!([1])),
        (json!({"$sequence": [1, 3]}), json!([1, 2, 3]), json!([3, 1])),
        (json!({"$exactly": {"a": 1}}), json!({"a": 1}), json!({"a": 1, "b": 1})),
        (json!({"$set": [1, 2]}), json!([2, 1]), json!([2, 1, 1])),
        (json!({"$numbered": ["m {n}", 2, 3]}), json!(["m 2", "m 3"]), json!(["m 2"])),
        (json!({"$ascending": true}), json!([1, 2, 5]), json!([1, 1])),
        (json!({"$all": [{"$gt": 1}, {"$lt": 3}]}), json!(2), json!(3)),
    ];
    for (pattern, yes, no) in table {
        assert_eq!(mismatch(&pattern, &yes), None, "{pattern} should match {yes}");
        assert!(!matches(&pattern, &no), "{pattern} should not match {no}");
    }
}
