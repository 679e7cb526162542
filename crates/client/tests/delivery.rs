//! From a log call to the server over a real socket: batching, every verdict, flush and close, the law.
#![allow(clippy::unwrap_used, reason = "the functions of a test are tests")]

mod server;

use std::path::Path;
use std::time::{Duration, Instant};

use dlogs::{Builder, Event, Level, Logger, Outcome, RefusedReason, State, error, info};
use server::{Answer, PATIENCE, Seen, Server, eventually, header};

fn builder(server: &Server, dir: &Path) -> Builder {
    Logger::builder()
        .endpoint(&server.endpoint)
        .service_name("tests")
        .journal_dir(dir)
        .batch_interval_ms(20)
        .option("retry_initial_ms", 20)
        .option("retry_max_ms", 60)
}

fn dir() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Nothing waits, nothing unexplained: accepted = acked + lost.
fn assert_law(logger: &Logger) {
    let stats = logger.stats();
    assert_eq!(stats.accepted, stats.acked + stats.lost_in_all() + stats.waiting, "{stats:?}");
}

#[test]
fn records_arrive_once_in_order_with_their_client_block() {
    let (server, dir) = (Server::start(|_| Answer::Ack), dir());
    let logger =
        builder(&server, dir.path()).component_name("c").metadata("region", "eu").build().unwrap();
    for n in 0..500 {
        assert!(matches!(info!(logger, "m {n}", n = n), Outcome::Accepted(_)));
    }
    assert_eq!(logger.flush(PATIENCE), 0);
    let expected: Vec<String> = (0..500).map(|n| format!("m {n}")).collect();
    assert_eq!(server.stored(), expected);
    let seen = server.batches()[0].clone();
    let client = &seen.header["client"];
    assert_eq!((&client["language"], &client["service"]), (&"rust".into(), &"tests".into()));
    assert_eq!((&client["component"], &client["metadata"]["region"]), (&"c".into(), &"eu".into()));
    assert_eq!((&seen.header["v"], &seen.header["check"]), (&1.into(), &"crc32c".into()));
    assert_eq!(header(&seen.head, "content-type"), Some("application/vnd.dlogs.batch"));
    assert_law(&logger);
    let closed = logger.close();
    assert_eq!((closed.sent, closed.waiting, closed.lost), (500, 0, 0));
    assert_eq!(logger.close(), closed, "close is idempotent");
    assert_eq!(info!(logger, "late"), Outcome::Refused(RefusedReason::Closed));
    assert_eq!(logger.stats().refused["closed"], 1);
    assert_eq!(logger.state(), State::Stopped);
    assert_eq!(server.all().last().unwrap().header["end_of_stream"], true);
}

#[test]
fn no_thread_before_the_first_record_and_an_idle_logger_leaves_no_trace() {
    let (server, dir) = (Server::start(|_| Answer::Ack), dir());
    let logger = builder(&server, dir.path()).build().unwrap();
    assert_eq!(logger.state(), State::Stopped);
    logger.close();
    assert!(server.all().is_empty());
    let service = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
    let streams = std::fs::read_dir(service).unwrap().flatten().filter(|e| e.path().is_dir());
    assert_eq!(streams.filter(|e| e.file_name().len() > 33).count(), 0);
}

#[test]
fn a_hundred_cut_a_batch_and_an_error_hurries() {
    let (server, dir) = (Server::start(|_| Answer::Ack), dir());
    let logger = builder(&server, dir.path()).batch_interval_ms(60_000).build().unwrap();
    info!(logger, "first");
    eventually("the first at once", || (server.stored().len() == 1).then_some(()));
    eventually("acked", || (logger.stats().acked == 1).then_some(()));
    for n in 0..99 {
        info!(logger, "m {n}");
    }
    assert_eq!(server.batches().len(), 1);
    info!(logger, "the hundredth");
    eventually("a hundred", || (server.stored().len() == 101).then_some(()));
    eventually("acked", || (logger.stats().acked == 101).then_some(()));
    info!(logger, "before");
    error!(logger, "boom");
    eventually("an error", || (server.stored().len() == 103).then_some(()));
    logger.close();
}

#[test]
fn every_passing_trouble_is_repeated_and_told() {
    let mut script = [408, 429, 500, 503, 404, 302, 200, 204].into_iter();
    let server = Server::start(move |seen: &Seen| match script.next() {
        Some(status) if !seen.seqs.is_empty() => Answer::Status(status, "Location: /x\r\n", "no"),
        _ => Answer::Ack,
    });
    let dir = dir();
    let logger = builder(&server, dir.path()).option("failed_after", 100).build().unwrap();
    let mut events = logger.events();
    info!(logger, "stubborn");
    assert_eq!(logger.flush(PATIENCE), 0);
    assert_eq!(server.stored(), ["stubborn"]);
    let stats = logger.stats();
    assert_eq!((stats.failed, stats.acked), (8, 1));
    assert!(stats.last_error.unwrap().contains("204"));
    assert!(stats.last_outage_ms.is_some());
    let names: Vec<&str> = std::iter::from_fn(|| events.try_next()).map(|e| e.name()).collect();
    assert_eq!(names.iter().filter(|n| **n == "batch_failed").count(), 8);
    assert_eq!(names.iter().filter(|n| **n == "connection_failed").count(), 1);
    assert_eq!(names.iter().filter(|n| **n == "connection_restored").count(), 1);
    assert!(server.batches().iter().all(|seen| seen.number("first_seq") == 1));
    logger.close();
}

#[test]
fn retry_after_is_obeyed() {
    let mut first = true;
    let server = Server::start(move |seen: &Seen| {
        if !seen.seqs.is_empty() && std::mem::take(&mut first) {
            return Answer::Status(429, "Retry-After: 1\r\n", "");
        }
        Answer::Ack
    });
    let dir = dir();
    let logger = builder(&server, dir.path()).build().unwrap();
    info!(logger, "polite");
    assert_eq!(logger.flush(PATIENCE), 0);
    let batches = server.batches();
    assert!(batches[1].at - batches[0].at >= Duration::from_millis(950));
}

#[test]
fn a_bad_key_fails_at_once_and_records_wait() {
    let server =
        Server::start(|_| Answer::Status(401, "", r#"{"dlogs":1,"reason":"key_missing"}"#));
    let dir = dir();
    let logger = builder(&server, dir.path())
        .api_key("k1")
        .option("retry_max_ms", 30_000)
        .shutdown_timeout_ms(50)
        .build()
        .unwrap();
    let mut events = logger.events();
    info!(logger, "kept");
    eventually("failed", || (logger.state() == State::Failed).then_some(()));
    assert_eq!(header(&server.all()[0].head, "authorization"), Some("Bearer k1"));
    let alerts = std::iter::from_fn(|| events.try_next())
        .filter(|e| matches!(e, Event::Alert { reason: "auth", .. }))
        .count();
    assert_eq!(alerts, 1);
    assert_eq!(logger.close().waiting, 1);
}

#[test]
fn too_large_is_halved_and_poison_is_bisected_and_set_aside() {
    let server = Server::start(|seen: &Seen| {
        if seen.messages.iter().any(|m| m == "poison") {
            Answer::Status(400, "", r#"{"dlogs":1,"reason":"frame","error":"bad frame"}"#)
        } else if seen.messages.len() > 8 {
            Answer::Status(413, "", r#"{"dlogs":1,"reason":"body_too_large"}"#)
        } else {
            Answer::Ack
        }
    });
    let dir = dir();
    let logger = builder(&server, dir.path()).build().unwrap();
    let mut events = logger.events();
    for n in 1..=40 {
        if n == 23 {
            info!(logger, "poison", password = "x");
        }
        info!(logger, "m {n}");
    }
    assert_eq!(logger.flush(PATIENCE), 0);
    assert_eq!(server.stored().len(), 40);
    let stats = logger.stats();
    assert_eq!((stats.acked, stats.lost["set_aside"], stats.waiting), (40, 1, 0));
    assert_law(&logger);
    let lost =
        std::iter::from_fn(|| events.try_next()).find(|e| matches!(e, Event::RecordsLost { .. }));
    assert!(matches!(lost, Some(Event::RecordsLost { from: 23, to: 23, reason: "set_aside", .. })));
    logger.close();
    let told = server.all().iter().any(|seen| {
        seen.header["losses"] == serde_json::json!([{"from": 23, "to": 23, "reason": "set_aside"}])
    });
    assert!(told, "the loss is told to the server");
    let files = set_aside(dir.path());
    assert_eq!(files.len(), 1);
    assert!(std::fs::read_to_string(&files[0]).unwrap().contains("poison"));
}

#[test]
fn a_server_that_refuses_everything_empties_no_journal() {
    let server = Server::start(|_| Answer::Status(400, "", r#"{"dlogs":1,"reason":"version"}"#));
    let dir = dir();
    let logger = builder(&server, dir.path()).shutdown_timeout_ms(50).build().unwrap();
    for n in 0..20 {
        info!(logger, "m {n}");
    }
    eventually("many refusals", || (logger.stats().failed > 12).then_some(()));
    assert_eq!(logger.stats().lost_in_all(), 0);
    assert!(set_aside(dir.path()).is_empty());
    assert_eq!(logger.close().waiting, 20);
}

#[test]
fn rejected_records_are_counted_and_kept_aside() {
    let server = Server::start(|seen: &Seen| {
        if seen.seqs.contains(&2) {
            return Answer::Status(
                200,
                "",
                r#"{"dlogs":1,"accepted":2,"rejected":[{"seq":2,"reason":"too_old"}],"acked_through":3}"#,
            );
        }
        Answer::Ack
    });
    let dir = dir();
    let logger =
        builder(&server, dir.path()).batch_interval_ms(60_000).batch_size(3).build().unwrap();
    let first = logger.log(Level::Info, "a", ());
    assert_eq!(first, Outcome::Accepted(1));
    eventually("acked", || (logger.stats().acked == 1).then_some(()));
    info!(logger, "b");
    info!(logger, "c");
    assert_eq!(logger.flush(PATIENCE), 0);
    let stats = logger.stats();
    assert_eq!((stats.acked, stats.lost["rejected"]), (2, 1));
    assert_eq!(set_aside(dir.path()).len(), 1);
}

#[test]
fn close_returns_in_time_while_the_server_hangs_and_the_next_start_ships_the_rest() {
    let (server, dir) = (Server::start(|_| Answer::Hang), dir());
    let logger = builder(&server, dir.path())
        .shutdown_timeout_ms(200)
        .option("request_timeout_ms", 8000)
        .build()
        .unwrap();
    info!(logger, "left behind");
    eventually("in flight", || (!server.all().is_empty()).then_some(()));
    let begun = Instant::now();
    let closed = logger.close();
    assert!(begun.elapsed() < Duration::from_millis(7000), "{:?}", begun.elapsed());
    assert_eq!((closed.sent, closed.waiting), (0, 1));
    drop(logger);
    // The thread that still waits for the answer holds the journal; a killed process would not.
    server.script(|_| Answer::Ack);
    let next = builder(&server, dir.path()).build().unwrap();
    let mut events = next.events();
    next.start();
    eventually("adopted", || server.stored().contains(&"left behind".to_owned()).then_some(()));
    let adopted = server.batches().last().cloned().unwrap();
    assert_eq!(adopted.header["client"]["adopted_by"], next.stream());
    assert_ne!(adopted.header["stream"], next.stream());
    eventually("the event", || matches!(events.try_next()?, Event::Adopted { .. }).then_some(()));
    next.close();
}

#[test]
fn gzip_and_none_travel_too() {
    for (compression, encoding) in [("gzip", Some("gzip")), ("none", None), ("zstd", Some("zstd"))]
    {
        let (server, dir) = (Server::start(|_| Answer::Ack), dir());
        let logger =
            builder(&server, dir.path()).option("compression", compression).build().unwrap();
        info!(logger, "packed");
        assert_eq!(logger.flush(PATIENCE), 0);
        assert_eq!(server.stored(), ["packed"]);
        assert_eq!(header(&server.batches()[0].head, "content-encoding"), encoding);
    }
}

#[test]
fn a_full_journal_refuses_and_counts_or_blocks() {
    let (server, dir) = (Server::start(|_| Answer::Status(503, "", "")), dir());
    let fill = |logger: &Logger| {
        let text = "x".repeat(4000);
        (0..2000).filter(|_| matches!(logger.info(&text, ()), Outcome::Accepted(_))).count() as u64
    };
    let dropping = builder(&server, dir.path())
        .option("journal", "memory")
        .option("memory_max_bytes", 1_048_576)
        .shutdown_timeout_ms(0)
        .build()
        .unwrap();
    let accepted = fill(&dropping);
    let stats = dropping.stats();
    assert_eq!((stats.accepted, stats.refused["journal_full"]), (accepted, 2000 - accepted));
    assert!((50..1000).contains(&accepted), "{accepted}");
    let blocking = builder(&server, dir.path())
        .option("journal", "memory")
        .option("memory_max_bytes", 1_048_576)
        .option("overflow", "block")
        .option("block_timeout_ms", 9000)
        .option("failed_after", 1000)
        .build()
        .unwrap();
    let healing = server.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        healing.script(|_| Answer::Ack);
    });
    assert_eq!(fill(&blocking), 2000);
    assert_eq!(blocking.flush(PATIENCE), 0);
    assert_eq!(blocking.stats().refused["journal_full"], 0);
}

fn set_aside(root: &Path) -> Vec<std::path::PathBuf> {
    let list = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten();
    list(root)
        .flat_map(|service| list(&service.path().join("set_aside")).collect::<Vec<_>>())
        .map(|entry| entry.path())
        .collect()
}
