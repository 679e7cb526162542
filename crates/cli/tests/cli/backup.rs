use serde_json::json;

use crate::binary::{Server, dlogs, run};

#[test]
fn a_copy_is_checked_and_can_be_served() {
    let server = Server::start();
    server.post(&json!([{"message": "kept", "level": "info"}]));
    let home = server.home.path().to_owned();
    let copied = run(dlogs(&home).args(["backup", "--data", "data", "copy"]));
    assert_eq!(copied.exit, 0, "{}", copied.err);
    assert!(copied.out.contains("dlogs serve --data copy"), "{}", copied.out);
    let checked = run(dlogs(&home).args(["check", "copy"]));
    assert_eq!(checked.exit, 0, "{}{}", checked.out, checked.err);
    assert!(checked.out.contains("1 batches in the queue are sound"), "{}", checked.out);
    let again = run(dlogs(&home).args(["backup", "--data", "data", "copy"]));
    assert_eq!(again.exit, 1);
    assert!(again.err.contains("not empty"), "{}", again.err);
    let none = run(dlogs(&home).args(["check", "nowhere"]));
    assert_eq!(none.exit, 1);
    assert!(none.err.contains("no data directory"), "{}", none.err);
}
