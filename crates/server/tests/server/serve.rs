//! Starting and stopping: taken ports, taken directories, requests in flight, slow senders.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

use crate::support::PATIENCE;
use crate::support::http::read;
use crate::support::server::Server;

#[test]
fn a_taken_port_is_told_with_its_holder() {
    let dirs = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let server = Server::start(dirs[0].path());
    let mut config = dlogs_server::Config::at(dirs[1].path());
    config.port = server.address.port();
    let error = Server::on(config).err().unwrap();
    let pid = std::process::id().to_string();
    assert!(error.contains("--port") && error.contains(&pid), "{error}");
}

#[test]
fn a_taken_directory_is_told_with_its_holder() {
    let dir = tempfile::tempdir().unwrap();
    let _server = Server::start(dir.path());
    let mut config = dlogs_server::Config::at(dir.path());
    config.port = 0;
    let error = Server::on(config).err().unwrap();
    let pid = std::process::id().to_string();
    assert!(error.contains("--data") && error.contains(&pid), "{error}");
}

#[test]
fn nobody_else_reads_the_files() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data);
    server.json("{}");
    let mut looked = 0;
    let mut todo = vec![data];
    while let Some(path) = todo.pop() {
        let about = std::fs::metadata(&path).unwrap();
        assert_eq!(about.permissions().mode() & 0o077, 0, "{}", path.display());
        looked += 1;
        if about.is_dir() {
            todo.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    assert!(looked >= 6, "{looked}");
}

#[test]
fn a_stop_finishes_the_request_in_flight() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let mut socket = TcpStream::connect(server.address).unwrap();
    let body = b"{\"message\": \"in flight\"}";
    let head = format!(
        "POST /api/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes()).unwrap();
    // It is in flight when the server asks for its body.
    let mut answers = BufReader::new(socket.try_clone().unwrap());
    assert_eq!(read(&mut answers).unwrap().status, 100);
    let address = server.address;
    server.json("{\"message\": \"before\"}");
    let stopping = std::thread::spawn(move || server.stop());
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < deadline, "it does not stop listening");
        std::thread::yield_now();
    }
    socket.write_all(body).unwrap();
    let answer = read(&mut answers).unwrap();
    assert!([200, 503].contains(&answer.status), "{}", answer.status);
    stopping.join().unwrap();
    let stored = Server::start(dir.path()).all_rows().len();
    assert_eq!(stored, if answer.status == 200 { 2 } else { 1 });
}

#[test]
fn slow_senders_are_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |config| config.header_timeout_ms = 200);
    let mut slow = TcpStream::connect(server.address).unwrap();
    slow.write_all(b"POST /api/logs HTTP/1.1\r\nHost: loc").unwrap();
    let mut rest = Vec::new();
    slow.set_read_timeout(Some(PATIENCE)).unwrap();
    slow.read_to_end(&mut rest).unwrap();
    server.stop();
    let server = Server::with(dir.path(), |config| config.body_timeout_ms = 200);
    let mut slow = TcpStream::connect(server.address).unwrap();
    slow.write_all(b"POST /api/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{").unwrap();
    slow.set_read_timeout(Some(PATIENCE)).unwrap();
    let answer = read(&mut BufReader::new(slow)).unwrap();
    assert_eq!((answer.status, answer.reason().as_str()), (408, "timeout"));
}

#[test]
fn below_the_floor_of_free_space_batches_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |config| config.min_free_bytes = u64::MAX);
    let answer = server.json("{}");
    assert_eq!((answer.status, answer.reason().as_str()), (503, "disk_full"));
    assert!(answer.head.contains("retry-after: 30"), "{}", answer.head);
    assert_eq!(server.get("/health/ready").status, 503);
    assert_eq!(server.get("/health/live").status, 200);
    assert_eq!(server.get("/api/logs").status, 200);
}

#[test]
fn past_the_budget_of_bytes_in_flight_senders_are_told_to_wait() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |config| config.max_inflight_bytes = 100);
    let answer = server.json(&format!("{{\"message\": \"{}\"}}", "x".repeat(200)));
    assert_eq!((answer.status, answer.reason().as_str()), (429, "busy"));
    assert!(answer.head.contains("retry-after: 1"), "{}", answer.head);
    assert_eq!(server.json("{}").status, 200, "what was held is given back");
}
