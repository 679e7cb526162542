use serde_json::Value;

use crate::binary::{Ran, Server, run, until};

/// `dlogs keys … --data data` beside the server.
fn keys(server: &Server, arguments: &[&str]) -> Ran {
    let mut command = crate::binary::dlogs(server.home.path());
    run(command.arg("keys").args(arguments).args(["--data", "data"]))
}

fn add(server: &Server, arguments: &[&str]) -> String {
    let ran = keys(server, &[&["add"], arguments].concat());
    assert_eq!(ran.exit, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("dlogs_") && ran.err.contains("only time"),
        "{}{}",
        ran.out,
        ran.err
    );
    ran.out.trim().to_owned()
}

#[test]
fn a_key_opens_what_it_names_and_nothing_else() {
    let server = Server::start();
    assert_eq!(run(&mut server.dlogs(&["query"])).exit, 0, "without keys everybody here may read");
    let admin = add(&server, &["--scope", "admin", "--name", "me"]);
    until("the key to count", || run(&mut server.dlogs(&["query"])).exit == 4);
    let ran = run(&mut server.dlogs(&["query"]));
    assert!(ran.err.contains("asks for an API key") && ran.err.contains("keys add"), "{}", ran.err);
    assert_eq!(run(&mut server.dlogs(&["query", "--key", &admin])).exit, 0);
    assert_eq!(run(server.dlogs(&["query"]).env("DLOGS_API_KEY", &admin)).exit, 0);

    let ingest = add(&server, &["--scope", "ingest"]);
    let doctor = |key: &[&str]| run(server.dlogs(&["doctor"]).args(key));
    until("the second key to count", || doctor(&["--key", &ingest]).exit == 0);
    assert_eq!(run(&mut server.dlogs(&["query", "--key", &ingest])).exit, 4, "it may not read");
    assert!(doctor(&[]).out.contains("has none"));
    assert!(doctor(&["--key", "dlogs_00000000_x"]).out.contains("does not know"));

    let list = keys(&server, &["list", "--json"]);
    let listed: Vec<Value> =
        list.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(listed.len(), 2, "{}", list.out);
    assert!(!list.out.contains(&admin) && !list.out.contains(&ingest), "a key is shown once");
    assert!(keys(&server, &["list"]).out.contains("me"));

    let id = ingest.split('_').nth(1).unwrap();
    assert_eq!(keys(&server, &["remove", id]).exit, 0);
    until("the key to be refused", || doctor(&["--key", &ingest]).exit == 1);
    let ran = keys(&server, &["remove", id]);
    assert!(ran.exit == 1 && ran.err.contains("no key"), "{}", ran.err);
}

#[test]
fn a_key_that_only_sends_says_what_it_lacks() {
    let server = Server::start();
    let read = add(&server, &["--scope", "read"]);
    let doctor = || run(&mut server.dlogs(&["doctor", "--key", &read]));
    until("the key to count", || doctor().exit == 1);
    let ran = doctor();
    assert!(ran.out.contains("may not send"), "{}", ran.out);
}
