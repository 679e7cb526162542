use std::sync::Arc;

use super::*;
use crate::catalog::MemoryCatalog;

fn views() -> Views {
    Views::new(Arc::new(MemoryCatalog::default()))
}

#[test]
fn a_view_is_kept_under_its_name() {
    let views = views();
    views.put("b".into(), "q=1".into(), 5).unwrap();
    views.put("a".into(), String::new(), 6).unwrap();
    let changed = views.put("b".into(), "q=2".into(), 7).unwrap();
    assert_eq!(changed, View { name: "b".into(), query: "q=2".into(), created_ms: 5 });
    let names = |views: &Views| -> Vec<String> {
        views.all().unwrap().into_iter().map(|view| view.name).collect()
    };
    assert_eq!(names(&views), ["a", "b"]);
    views.remove("a".into()).unwrap();
    let again = views.remove("a".into()).unwrap_err();
    assert_eq!((again.status.as_u16(), again.reason), (404, "view"));
    assert_eq!(names(&views), ["b"]);
}

#[test]
fn names_queries_and_their_number_have_bounds() {
    let views = views();
    let long = "ü".repeat(NAME_MAX_CHARS + 1);
    for (name, query) in [("", ""), (&*long, ""), ("a\nb", ""), ("a", &*"q".repeat(4097))] {
        let refused = views.put(name.into(), query.into(), 0).unwrap_err();
        assert_eq!((refused.status.as_u16(), refused.reason), (400, "view"), "{name:?}");
    }
    for number in 0..VIEWS_MAX {
        views.put(format!("{number} \u{202e}<b>"), "q".repeat(4096), 0).unwrap();
    }
    let refused = views.put("one more".into(), String::new(), 0).unwrap_err();
    assert_eq!((refused.status.as_u16(), refused.reason), (409, "view"));
    views.put("0 \u{202e}<b>".into(), String::new(), 0).unwrap();
}
