use serde_json::Value;

use crate::binary::{Server, until};

/// The entry of the one client of a language.
fn client(server: &Server, language: &str) -> Option<Value> {
    let clients = server.get("/api/clients")["clients"].as_array().unwrap().clone();
    clients.into_iter().find(|client| client["language"] == language)
}

#[test]
fn a_client_of_any_language_is_seen_to_come_work_and_close() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    let sdk = dlogs::Sdk {
        language: "cobol".into(),
        version: "9.9".into(),
        runtime: "74".into(),
        ..dlogs::Sdk::default()
    };
    let logger = dlogs::Logger::builder()
        .endpoint(&format!("{}/api/logs", server.url))
        .service_name("payroll")
        .journal_dir(home.path())
        .option("batch_interval_ms", 50)
        .sdk(sdk)
        .build()
        .unwrap();
    for i in 0..30 {
        dlogs::error!(logger, "overpaid", employee = i);
    }
    server.await_rows(30);
    let seen = client(&server, "cobol").unwrap();
    assert_eq!((&seen["presence"], &seen["service"]), (&"connected".into(), &"payroll".into()));
    assert_eq!((&seen["sdk_version"], &seen["runtime_version"]), (&"9.9".into(), &"74".into()));
    assert_eq!(seen["pid"], std::process::id());
    assert!(seen["statistics"]["accepted"].is_u64(), "{seen}");
    let closed = logger.close();
    assert_eq!((closed.sent, closed.waiting), (30, 0), "{closed:?}");
    until("the end to be told", || client(&server, "cobol").unwrap()["presence"] == "closed");
    let law = client(&server, "cobol").unwrap()["law"].clone();
    assert_eq!((&law["stored"], &law["through"]), (&30.into(), &30.into()), "{law}");
    assert_eq!(law["gaps"], serde_json::json!([]));

    // The queue knows it after a kill, too.
    let (home, port) = server.kill();
    let server = Server::start_in(home, port);
    assert_eq!(client(&server, "cobol").unwrap()["presence"], "closed");
    let stats = server.get("/api/stats");
    assert_eq!(stats["languages"][0]["language"], "cobol");
    assert_eq!(
        (&stats["languages"][0]["count"], &stats["totals"]["stored"]),
        (&30.into(), &30.into())
    );
    // A second is told when it is over.
    until("the charts to be rebuilt", || {
        let stats = server.get("/api/stats");
        let seconds = stats["seconds"].as_array().unwrap().clone();
        let counts = seconds.iter().flat_map(|second| second["counts"].as_array().unwrap());
        counts.map(|count| count[3].as_u64().unwrap()).sum::<u64>() == 30
    });
}
