//! What outlives a process: records of a killed one, and of one that was closed while the server was away. Re-executes itself.
#![allow(clippy::unwrap_used, reason = "the functions of a test are tests")]

mod server;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use dlogs::{Logger, Outcome, info};
use server::{Answer, Server, eventually};

const ROLE: &str = "TEST_ROLE";

/// Not a test of its own: what the child processes do.
#[test]
fn role() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let logger = Logger::builder().service_name("tests").option("journal", "disk").build().unwrap();
    for n in 1..=1000 {
        assert_eq!(info!(logger, "{role} {n}"), Outcome::Accepted(n));
    }
    std::fs::write(std::env::var("TEST_READY").unwrap(), "ready").unwrap();
    std::thread::sleep(Duration::from_secs(60));
}

fn child(role: &str, endpoint: &str, dir: &Path) -> Child {
    let ready = dir.join(format!("{role}.ready"));
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "role"])
        .env(ROLE, role)
        .env("TEST_READY", &ready)
        .env("DLOGS_ENDPOINT", endpoint)
        .env("DLOGS_JOURNAL_DIR", dir.join("journal"))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    eventually("the child has logged", || ready.exists().then_some(()));
    child
}

#[test]
fn records_of_killed_processes_are_shipped_by_the_next_one() {
    // Answers the next process only, so that everything is left behind: also when it reads a request after its sender's death.
    let server = Server::start(|seen| {
        let client = &seen.header["client"];
        let of_next = client["adopted_by"].is_string() || client["pid"] == std::process::id();
        if of_next { Answer::Ack } else { Answer::Hang }
    });
    let dir = tempfile::tempdir().unwrap();
    // Both live when they look for what others left.
    for mut child in ["a", "b"].map(|role| child(role, &server.endpoint, dir.path())) {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(server.stored().is_empty());
    let next = Logger::builder()
        .service_name("tests")
        .endpoint(&server.endpoint)
        .journal_dir(dir.path().join("journal"))
        .build()
        .unwrap();
    info!(next, "c 1");
    eventually("everything", || (server.stored().len() == 2001).then_some(()));
    let mut stored = server.stored();
    stored.sort_unstable();
    stored.dedup();
    assert_eq!(stored.len(), 2001, "nothing twice");
    let of_a: Vec<String> = server.stored().into_iter().filter(|m| m.starts_with('a')).collect();
    assert_eq!(of_a, (1..=1000).map(|n| format!("a {n}")).collect::<Vec<_>>(), "in order");
    next.close();
    let left = eventually("the directories go", || {
        let service =
            std::fs::read_dir(dir.path().join("journal")).unwrap().next().unwrap().unwrap();
        let streams = std::fs::read_dir(service.path()).unwrap().flatten();
        let count = streams.filter(|e| e.file_name().len() > 33 && e.path().is_dir()).count();
        (count == 0).then_some(count)
    });
    assert_eq!(left, 0);
}
