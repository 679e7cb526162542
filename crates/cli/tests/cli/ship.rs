use crate::binary::{Server, dlogs, run};
use crate::dead::{dies, logger};

#[test]
fn what_a_dead_process_left_arrives_under_its_own_name() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    let stream = dies(home.path(), 250);
    let id = stream.file_name().unwrap().to_str().unwrap().to_owned();
    let mut ship = server.dlogs(&["ship"]);
    let ran = run(ship.arg(home.path().join("journal")).arg("--json"));
    assert_eq!(ran.exit, 0, "{}", ran.err);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["stream"], id.as_str());
    assert_eq!((&told["acked"], &told["waiting"]), (&250.into(), &0.into()), "{told}");
    assert!(!stream.exists(), "nothing is left of it");
    server.await_rows(250);
    let rows = server.rows(&["--limit", "1000"]);
    assert_eq!(rows.len(), 250);
    assert!(
        rows.iter().enumerate().all(|(i, row)| row["seq"] == i + 1 && row["stream"] == id.as_str())
    );
    assert_eq!(rows[0]["service"], "billing");
    let clients = server.get("/api/clients");
    let client = clients["clients"]
        .as_array()
        .unwrap()
        .iter()
        .find(|client| client["stream"] == id.as_str());
    let client = client.unwrap();
    assert_eq!(client["presence"], "gone", "{client}");
    assert_eq!(client["law"]["stored"], 250);
    assert_eq!(client["law"]["gaps"], serde_json::json!([]));
    assert!(client["adopted_by"].is_string());

    let mut again = server.dlogs(&["ship"]);
    let ran = run(again.arg(home.path().join("journal")));
    assert!(ran.exit == 1 && ran.err.contains("No stream"), "{}", ran.err);
}

#[test]
fn without_a_server_everything_stays_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    let stream = dies(home.path(), 25);
    let mut ship = dlogs(home.path());
    let ran = run(ship.args(["ship", "journal", "--url", "http://127.0.0.1:1", "--timeout", "1"]));
    assert_eq!(ran.exit, 3, "{}", ran.err);
    assert!(ran.err.contains("25 records still wait"), "{}", ran.err);
    let server = Server::start();
    let ran = run(server.dlogs(&["ship"]).arg(&stream));
    assert_eq!(ran.exit, 0, "{}", ran.err);
    assert!(ran.out.contains("25 sent, 0 lost, 0 waiting"), "{}", ran.out);
}

#[test]
fn a_living_process_is_left_alone() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    let logger = logger(home.path());
    dlogs::info!(logger, "alive");
    let mut ship = server.dlogs(&["ship"]);
    let ran = run(ship.arg(home.path().join("journal")));
    assert_eq!(ran.exit, 0, "{}", ran.err);
    assert!(ran.err.contains("left alone"), "{}", ran.err);
    assert_eq!(server.rows(&[]).len(), 0);
    drop(logger);
}
