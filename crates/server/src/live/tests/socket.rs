//! The hub over real sockets: exact counts, views, pauses, and viewers who do not read.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use dlogs_record::Level;
use serde_json::{Value, json};

use super::bench::{Browser, DEADLINE, Server};
use crate::live::Timing;
use crate::live::hub::VIEWERS_MAX;

#[test]
fn many_viewers_each_get_exact_counts() {
    let server = Server::start(Timing::default());
    let mut browsers: Vec<_> = (0..24).map(|_| Browser::connect(&server)).collect();
    for (i, browser) in browsers.iter_mut().enumerate() {
        match i % 3 {
            0 => {}
            1 => browser.view(json!({"level": "error"})),
            _ => browser.view(json!({"language": "cobol", "budget": 1000})),
        }
    }
    for _ in 0..20 {
        server.store("cobol", Level::Info, 30);
        server.store("python", Level::Info, 50);
        server.store("python", Level::Error, 20);
    }
    for (i, browser) in browsers.iter_mut().enumerate() {
        let wanted = [2_000, 400, 600][i % 3];
        let (sums, rows) = browser.rows(wanted);
        assert_eq!(sums.matched, wanted, "viewer {i}");
        match i % 3 {
            0 => {
                assert!(sums.shown < 1_000, "viewer {i} is held to its budget: {sums:?}");
                let errors = rows.iter().filter(|row| row["level"] == "ERROR").count();
                assert_eq!(errors, 400, "viewer {i} is shown every error");
            }
            1 => {
                assert_eq!(sums.skipped, 0, "viewer {i}");
                assert!(rows.iter().all(|row| row["level"] == "ERROR"), "viewer {i}");
            }
            _ => {
                assert_eq!(sums.skipped, 0, "viewer {i} asked for more");
                assert!(rows.iter().all(|row| row["language"] == "cobol"), "viewer {i}");
            }
        }
    }
}

#[test]
fn rows_are_what_the_query_api_shows() {
    let server = Server::start(Timing::default());
    let mut browser = Browser::connect(&server);
    server.store("go", Level::Warning, 2);
    let (_, rows) = browser.rows(2);
    assert_eq!(rows[0]["message"], "record 1");
    assert_eq!(rows[1]["seq"], 2);
    let expected = json!({"level": "WARNING", "language": "go", "service": "test",
        "stream": "07070707070707070707070707070707.0"});
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&rows[0][key], value, "{key}");
    }
}

#[test]
fn a_view_changes_what_is_shown_and_a_wrong_one_changes_nothing() {
    let server = Server::start(Timing::default());
    let mut browser = Browser::connect(&server);
    browser.view(json!({"q": "\"record 3\""}));
    browser.say(json!({"type": "view", "q": "level:>="}));
    let error = browser.next("error");
    assert_eq!(error["reason"], "query");
    assert!(error["position"].is_u64() && error["error"].is_string(), "{error}");
    server.store("go", Level::Info, 5);
    server.store("go", Level::Info, 1);
    let (_, rows) = browser.rows(1);
    assert_eq!(rows[0]["message"], "record 3");
}

#[test]
fn what_is_no_message_gets_a_sentence() {
    let server = Server::start(Timing::default());
    let mut browser = Browser::connect(&server);
    for wrong in [json!({"type": "dance"}), json!([1]), json!({"type": "view", "q": 7})] {
        browser.say(wrong);
        assert_eq!(browser.next("error")["reason"], "message");
    }
    browser.say(json!({"type": "ping"}));
    browser.view(json!({}));
}

#[test]
fn a_pause_counts_and_a_resume_shows_again() {
    let server = Server::start(Timing::default());
    let mut browser = Browser::connect(&server);
    browser.say(json!({"type": "pause"}));
    // The answer to a view that is wrong comes after the pause was heard, and leaves it standing.
    browser.say(json!({"type": "view", "q": "level:>="}));
    browser.next("error");
    server.store("go", Level::Error, 300);
    let (sums, _) = browser.rows(300);
    assert_eq!((sums.shown, sums.skipped), (0, 300));
    browser.say(json!({"type": "resume"}));
    browser.say(json!({"type": "view", "q": "level:>="}));
    browser.next("error");
    server.store("go", Level::Info, 10);
    let (sums, _) = browser.rows(10);
    assert_eq!((sums.shown, sums.skipped), (10, 0));
}

#[test]
fn a_stalled_viewer_slows_nobody_and_is_closed() {
    let timing = Timing {
        ping_every: Duration::from_millis(200),
        stalled_after: Duration::from_millis(1_500),
        ..Timing::default()
    };
    let server = Server::start(timing);
    // Made before anybody looks: who answers no ping meanwhile is taken for a stalled one.
    let batches: Vec<_> = (0..100).map(|_| server.batch("go", Level::Info, 1_000)).collect();
    // It says that it wants to see everything, and never reads.
    let mut stalled = TcpStream::connect(server.address).unwrap();
    write!(
        stalled,
        "GET /api/ws HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        server.address
    )
    .unwrap();
    server.await_viewers(1);
    let mut reader = Browser::connect(&server);
    server.await_viewers(2);

    let began = Instant::now();
    for batch in &batches {
        crate::observe::Observer::stored(&*server.rooms.hub, batch, false);
    }
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "the writer waited {took:?} for 100 batches");
    let (sums, _) = reader.rows(100_000);
    assert_eq!(sums.matched, 100_000, "the viewer that reads misses no count");
    // The one that reads answers pings while it waits for frames.
    let began = Instant::now();
    while server.rooms.hub.viewers() > 1 {
        reader.next("stats");
        assert!(began.elapsed() < DEADLINE, "the stalled viewer is still there");
    }
    server.store("go", Level::Info, 1);
    assert_eq!(reader.rows(1).0.shown, 1, "the viewer that reads was not closed");
}

#[test]
fn statistics_come_every_second_and_clients_when_they_change() {
    let server = Server::start(Timing::default());
    let mut browser = Browser::connect(&server);
    assert_eq!(browser.next("clients")["clients"], json!([]));
    server.store("go", Level::Info, 3);
    let mut told: Vec<(u64, u64)> = Vec::new();
    let deadline = Instant::now() + DEADLINE;
    while told.iter().map(|(_, n)| n).sum::<u64>() < 3 {
        assert!(Instant::now() < deadline, "{told:?}");
        let second = browser.next("stats")["second"].clone();
        let counts = second["counts"].as_array().unwrap().clone();
        let n = counts.iter().map(|count| count[3].as_u64().unwrap()).sum();
        let at = second["at"].as_u64().unwrap();
        // A second in which the machine stood still is told by nobody, nor what came in it.
        if told.last().is_some_and(|(last, _)| at > last + 1) {
            server.store("go", Level::Info, 3);
        }
        told.push((at, n));
    }
    assert!(told.windows(2).all(|pair| pair[1].0 > pair[0].0), "no second twice: {told:?}");
}

#[test]
fn a_viewer_that_leaves_gives_its_seat_and_the_hub_has_an_end() {
    let server = Server::start(Timing::default());
    let mut browsers: Vec<_> = (0..VIEWERS_MAX).map(|_| Browser::connect(&server)).collect();
    let stream = TcpStream::connect(server.address).unwrap();
    let refused = tungstenite::client(format!("ws://{}/api/ws", server.address), stream);
    assert!(refused.is_err(), "one more than the bound");
    browsers.truncate(1);
    server.await_viewers(1);
    server.rooms.close();
    assert_eq!(browsers[0].next_close(), 1001);
    server.await_viewers(0);
}

#[test]
fn the_tail_tells_rows_and_what_was_skipped() {
    let server = Server::start(Timing::default());
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(90))).unwrap();
    write!(
        stream,
        "GET /api/logs/tail?level=info&budget=10 HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.address
    )
    .unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut next = |prefix: &str| {
        let line = lines.find(|line| line.starts_with(prefix)).unwrap();
        line[prefix.len()..].to_owned()
    };
    assert_eq!(next("HTTP/1.1 "), "200 OK");
    next(": watching");
    server.store("go", Level::Debug, 5);
    server.store("go", Level::Info, 25);
    assert_eq!(next("event: "), "rows");
    let rows: Value = serde_json::from_str(&next("data: ")).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 10);
    assert_eq!(next("event: "), "skipped");
    let counts: Value = serde_json::from_str(&next("data: ")).unwrap();
    assert_eq!(counts, json!({"matched": 25, "skipped": 15, "skipped_by_level": {"INFO": 15}}));
}

#[test]
fn a_wrong_question_to_the_tail_is_refused() {
    let server = Server::start(Timing::default());
    let mut stream = TcpStream::connect(server.address).unwrap();
    write!(
        stream,
        "GET /api/logs/tail?q=level:%3E%3D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("\"reason\":\"query\"") && answer.contains("\"position\""), "{answer}");
}

/// With LIVE_BATCHES=n a measurement: run it in release mode, with --nocapture.
#[test]
fn the_hub_keeps_up_with_twenty_viewers() {
    let batches = std::env::var("LIVE_BATCHES").ok().and_then(|n| n.parse().ok()).unwrap_or(50);
    let server = Server::start(Timing::default());
    let mut browsers: Vec<_> = (0..20).map(|_| Browser::connect(&server)).collect();
    for (i, browser) in browsers.iter_mut().enumerate() {
        match i % 4 {
            0 | 1 => {}
            2 => browser.view(json!({"level": "error"})),
            _ => browser.view(json!({"q": "record service:te* -nothing"})),
        }
    }
    let batch = server.batch("go", Level::Info, 1_000);
    let began = Instant::now();
    for _ in 0..batches {
        crate::observe::Observer::stored(&*server.rooms.hub, &batch, false);
    }
    let told = began.elapsed();
    for (i, browser) in browsers.iter_mut().enumerate().filter(|(i, _)| i % 4 != 2) {
        assert_eq!(browser.rows(batches * 1_000).0.matched, batches * 1_000, "viewer {i}");
    }
    let all = began.elapsed().as_secs_f64();
    let rate = batches as f64 * 1_000.0 / all;
    println!(
        "{batches} batches told in {told:?}, counted for all in {all:.2} s: {rate:.0} records/s"
    );
    assert_eq!(server.rooms.hub.unseen(), 0);
}
