use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use crate::binary::{Ran, Server, dlogs, run};

/// `dlogs doctor` in `home`, with a journal directory there.
fn doctor(home: &Path, arguments: &[&str]) -> Ran {
    run(dlogs(home).arg("doctor").args(arguments).args(["--journal-dir", "journal"]))
}

/// Somebody who answers every request with the same words.
fn stranger(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    url
}

/// The line of a check.
fn line<'a>(ran: &'a Ran, what: &str) -> &'a str {
    let found =
        ran.out.lines().find(|line| line[line.find(' ').unwrap()..].trim().starts_with(what));
    found.unwrap_or_else(|| panic!("no line about {what} in {}", ran.out))
}

#[test]
fn all_is_well() {
    let server = Server::start();
    let ran = doctor(server.home.path(), &["--url", &server.url]);
    assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.lines().all(|line| line.starts_with('✓')), "{}", ran.out);
    for what in
        ["configuration", "address", "name", "connection", "server", "key", "clock", "journal"]
    {
        line(&ran, what);
    }
    let left = fs::read_dir(server.home.path().join("journal")).unwrap().count();
    assert_eq!(left, 0, "the probe is taken away");
    assert_eq!(server.rows(&[]).len(), 0, "a look stores nothing");
}

#[test]
fn nobody_listens() {
    let home = tempfile::tempdir().unwrap();
    let ran = doctor(home.path(), &["--url", "http://127.0.0.1:1"]);
    assert_eq!(ran.exit, 1);
    let connection = line(&ran, "connection");
    assert!(connection.starts_with('✗') && connection.contains("dlogs serve"), "{connection}");
    assert!(line(&ran, "key").contains("not checked"));
    assert!(line(&ran, "journal").starts_with('✓'), "the rest is looked at all the same");
}

#[test]
fn a_name_that_does_not_exist() {
    let home = tempfile::tempdir().unwrap();
    let ran = doctor(home.path(), &["--url", "http://no-such-host.invalid:5000"]);
    assert_eq!(ran.exit, 1);
    assert!(line(&ran, "name").starts_with('✗'), "{}", ran.out);
}

#[test]
fn an_address_that_is_none() {
    let home = tempfile::tempdir().unwrap();
    for url in ["ftp://x/", "http://", "http:// /"] {
        let ran = doctor(home.path(), &["--url", url]);
        assert_eq!(ran.exit, 1, "{url}: {}", ran.out);
        assert!(ran.out.contains('✗'), "{url}: {}", ran.out);
    }
}

#[test]
fn somebody_else_answers() {
    let home = tempfile::tempdir().unwrap();
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    ] {
        let ran = doctor(home.path(), &["--url", &stranger(answer)]);
        assert_eq!(ran.exit, 1);
        let server = line(&ran, "server");
        assert!(server.starts_with('✗') && server.contains("Somebody else"), "{server}");
    }
    let ran = doctor(home.path(), &["--url", &stranger("SSH-2.0-OpenSSH_9.9\r\n")]);
    assert!(line(&ran, "server").starts_with('✗'), "{}", ran.out);
}

#[test]
fn tls_where_there_is_none() {
    let server = Server::start();
    let ran = doctor(server.home.path(), &["--url", &server.url.replace("http:", "https:")]);
    assert_eq!(ran.exit, 1);
    let server = line(&ran, "server");
    assert!(server.starts_with('✗') && server.contains("TLS"), "{server}");
}

#[test]
fn keys_asked_for_missing_and_unknown() {
    let home = tempfile::tempdir().unwrap();
    let answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 52\r\n\r\n{\"dlogs\":1,\"error\":\"No key.\",\"reason\":\"key_missing\"}";
    let ran = doctor(home.path(), &["--url", &stranger(answer)]);
    assert!(line(&ran, "key").contains("has none"), "{}", ran.out);
    let ran = doctor(home.path(), &["--url", &stranger(answer), "--key", "x"]);
    assert!(line(&ran, "key").contains("does not know"), "{}", ran.out);
}

#[test]
fn a_clock_that_is_wrong() {
    let home = tempfile::tempdir().unwrap();
    let answer = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 11\r\n\r\n{\"dlogs\":1}";
    let ran = doctor(home.path(), &["--url", &stranger(answer)]);
    let clock = line(&ran, "clock");
    assert!(clock.starts_with('✗') && clock.contains("ahead of"), "{clock}");
}

#[test]
fn configuration_tells_where_it_comes_from_and_what_is_wrong_with_it() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("dlogs.toml"), "service_name = \"billing\"\n").unwrap();
    let told =
        run(dlogs(home.path()).arg("doctor").env("DLOGS_ENDPOINT", "http://127.0.0.1:1/api/logs"));
    let told = line(&told, "configuration").to_owned();
    assert!(told.contains("endpoint from DLOGS_ENDPOINT"), "{told}");
    assert!(told.contains("service_name from dlogs.toml"), "{told}");
    fs::write(home.path().join("dlogs.toml"), "batch_size = \"many\"\n").unwrap();
    let ran = doctor(home.path(), &[]);
    assert_eq!(ran.exit, 1);
    let told = line(&ran, "configuration");
    assert!(told.starts_with('✗') && told.contains("batch_size"), "{told}");
}

#[test]
fn a_journal_that_cannot_be_kept() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("file"), "").unwrap();
    let ran = run(dlogs(home.path()).args([
        "doctor",
        "--url",
        "http://127.0.0.1:1",
        "--journal-dir",
        "file/below",
    ]));
    assert_eq!(ran.exit, 1);
    assert!(line(&ran, "journal").starts_with('✗'), "{}", ran.out);
}
