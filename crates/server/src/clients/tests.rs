use std::sync::Arc;

use serde_json::{Value, json, value::RawValue};

use super::presence::{GONE_AFTER_MS, SILENT_AFTER_MS};
use super::registry::CLIENTS_MAX;
use super::*;
use crate::observe::Law;
use crate::stream_id::StreamId;

const T0_MS: u64 = 1_763_830_000_000;

fn stream(number: u64) -> StreamId {
    let mut instance = [0; 16];
    instance[..8].copy_from_slice(&number.to_be_bytes());
    StreamId { instance, lane: 0 }
}

/// A sighting of client `number` at `T0_MS + at_ms`.
fn sighting(number: u64, at_ms: u64) -> Sighting {
    Sighting {
        stream: Some(stream(number)),
        client: Arc::new(ClientBlock {
            language: "cobol".into(),
            service: "billing".into(),
            state: "running".into(),
            pid: Some(7),
            ..ClientBlock::default()
        }),
        statistics: None,
        losses: Vec::new(),
        end_of_stream: false,
        received_ns: ((T0_MS + at_ms) * 1_000_000) as i64,
        law: Some(Law::default()),
        replay: false,
    }
}

fn shown(clients: &Clients, at_ms: u64) -> Vec<Value> {
    let answer: Value = serde_json::from_str(&clients.json(T0_MS + at_ms)).unwrap();
    answer["clients"].as_array().unwrap().clone()
}

fn presence(clients: &Clients, at_ms: u64) -> String {
    shown(clients, at_ms)[0]["presence"].as_str().unwrap().to_owned()
}

#[test]
fn presence_follows_the_clock() {
    let clients = Clients::default();
    clients.seen(&sighting(1, 0));
    assert_eq!(presence(&clients, 0), "connected");
    assert_eq!(presence(&clients, SILENT_AFTER_MS), "connected");
    assert_eq!(presence(&clients, SILENT_AFTER_MS + 1), "silent");
    assert_eq!(presence(&clients, GONE_AFTER_MS), "silent");
    assert_eq!(presence(&clients, GONE_AFTER_MS + 1), "gone");
    clients.seen(&sighting(1, GONE_AFTER_MS + 2));
    assert_eq!(
        presence(&clients, GONE_AFTER_MS + 2),
        "connected",
        "who speaks again is there again"
    );
}

#[test]
fn a_failed_client_says_so_itself_until_it_is_gone() {
    let clients = Clients::default();
    let mut failed = sighting(1, 0);
    failed.client = Arc::new(ClientBlock { state: "failed".into(), ..(*failed.client).clone() });
    clients.seen(&failed);
    assert_eq!(presence(&clients, 0), "failed");
    assert_eq!(presence(&clients, SILENT_AFTER_MS + 1), "failed");
    assert_eq!(presence(&clients, GONE_AFTER_MS + 1), "gone");
}

#[test]
fn the_history_tells_every_change_and_when_it_came() {
    let clients = Clients::default();
    let history = |at_ms: u64| -> Vec<(u64, String)> {
        let entry = &shown(&clients, at_ms)[0];
        let changes: Vec<(u64, String)> = serde_json::from_value(entry["history"].clone()).unwrap();
        changes.into_iter().map(|(at_ms, what)| (at_ms - T0_MS, what)).collect()
    };
    let told = |changes: &[(u64, &str)]| -> Vec<(u64, String)> {
        changes.iter().map(|(at_ms, what)| (*at_ms, (*what).to_owned())).collect()
    };
    clients.seen(&Sighting { replay: true, ..sighting(1, 0) });
    assert!(history(GONE_AFTER_MS + 1).is_empty(), "nobody watched");
    clients.seen(&sighting(1, 1_000));
    clients.seen(&sighting(1, 2_000));
    assert_eq!(history(2_000), told(&[(1_000, "connected")]));
    let (silent, gone) = (2_000 + SILENT_AFTER_MS + 1, 2_000 + GONE_AFTER_MS + 1);
    assert_eq!(history(silent), told(&[(1_000, "connected"), (silent, "silent")]));
    let mut failed = sighting(1, gone + 5);
    failed.client = Arc::new(ClientBlock { state: "failed".into(), ..(*failed.client).clone() });
    clients.seen(&failed);
    let long = [(1_000, "connected"), (silent, "silent"), (gone, "gone"), (gone + 5, "failed")];
    assert_eq!(history(gone + 6), told(&long));
    for back in 0..100 {
        clients.seen(&sighting(1, 2 * gone + 2 * back));
        let failed = Sighting { received_ns: failed.received_ns + back as i64, ..failed.clone() };
        clients.seen(&failed);
    }
    let bounded = history(3 * gone);
    assert_eq!(bounded.len(), 32);
    assert!(bounded.is_sorted_by_key(|(at_ms, _)| *at_ms), "{bounded:?}");
}

#[test]
fn closed_in_good_order_stays_closed() {
    let clients = Clients::default();
    clients.seen(&Sighting { end_of_stream: true, ..sighting(1, 0) });
    assert_eq!(presence(&clients, 0), "closed");
    assert_eq!(presence(&clients, 10 * GONE_AFTER_MS), "closed");
}

#[test]
fn an_adopted_stream_is_a_client_that_is_gone() {
    let clients = Clients::default();
    let mut adopted = sighting(1, 0);
    let adopter = stream(2).to_string();
    adopted.client =
        Arc::new(ClientBlock { adopted_by: adopter.clone(), ..(*adopted.client).clone() });
    clients.seen(&Sighting { end_of_stream: true, ..adopted });
    let entry = &shown(&clients, 0)[0];
    assert_eq!(entry["presence"], "gone");
    assert_eq!(entry["adopted_by"], adopter);
}

#[test]
fn the_law_is_shown_with_gaps_as_gaps() {
    let clients = Clients::default();
    let law = Law {
        stored: 90,
        rejected: 2,
        lost: vec![("torn".into(), 3)],
        gaps: vec![(40, 44)],
        through: 100,
        ended: false,
    };
    let statistics = RawValue::from_string(r#"{"accepted":120,"waiting":20}"#.into()).unwrap();
    clients.seen(&Sighting {
        law: Some(law),
        statistics: Some(statistics.into()),
        ..sighting(1, 5)
    });
    let entry = &shown(&clients, 5)[0];
    assert_eq!(
        entry["law"],
        json!({"stored": 90, "rejected": 2, "lost": {"torn": 3}, "waiting": 20, "gaps": [[40, 44]], "through": 100})
    );
    assert_eq!(entry["statistics"], json!({"accepted": 120, "waiting": 20}));
    assert_eq!(entry["last_seen_ms"], T0_MS + 5);
    assert_eq!(entry["language"], "cobol");
    assert_eq!(clients.lost(), [("torn".to_owned(), 3)]);
}

#[test]
fn losses_are_summed_once_however_often_they_are_declared() {
    let clients = Clients::default();
    for (torn, at_ms) in [(3, 0), (3, 1), (5, 2)] {
        let law = Law { lost: vec![("torn".into(), torn)], ..Law::default() };
        clients.seen(&Sighting { law: Some(law), ..sighting(1, at_ms) });
    }
    assert_eq!(clients.lost(), [("torn".to_owned(), 5)]);
}

#[test]
fn the_version_changes_with_a_word_and_with_time_alone() {
    let clients = Clients::default();
    let empty = clients.version(T0_MS);
    clients.seen(&sighting(1, 0));
    let heard = clients.version(T0_MS);
    assert_ne!(heard, empty);
    assert_eq!(clients.version(T0_MS + 1), heard);
    assert_ne!(clients.version(T0_MS + SILENT_AFTER_MS + 1), heard);
}

#[test]
fn the_list_is_bounded_and_forgets_what_has_ended_first() {
    let clients = Clients::default();
    clients.seen(&Sighting { end_of_stream: true, ..sighting(0, 1_000) });
    for number in 1..CLIENTS_MAX as u64 {
        clients.seen(&sighting(number, number));
    }
    clients.seen(&sighting(1_000_000, 2_000));
    let streams = |clients: &Clients| {
        let entries = shown(clients, 2_000);
        entries.iter().map(|entry| entry["stream"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let left = streams(&clients);
    assert_eq!(left.len(), CLIENTS_MAX);
    assert!(!left.contains(&stream(0).to_string()), "the one that had ended went first");
    clients.seen(&sighting(1_000_001, 2_001));
    assert!(
        !streams(&clients).contains(&stream(1).to_string()),
        "then the one not heard from longest"
    );
}

#[test]
fn an_entry_is_bounded_in_bytes() {
    let clients = Clients::default();
    let mut long = sighting(1, 0);
    let mut block = (*long.client).clone();
    block.service = "s".repeat(60_000);
    block.metadata.insert("k".into(), "v".repeat(60_000).into());
    long.client = Arc::new(block);
    let statistics = format!("{{\"waiting\":1,\"x\":\"{}\"}}", "y".repeat(60_000));
    long.statistics = Some(RawValue::from_string(statistics).unwrap().into());
    clients.seen(&long);
    assert!(clients.json(T0_MS).len() < 2_000);
    assert_eq!(shown(&clients, 0)[0]["law"]["waiting"], 1);
}

#[test]
fn plain_json_is_no_client() {
    let clients = Clients::default();
    clients.seen(&Sighting { stream: None, law: None, ..sighting(1, 0) });
    assert!(shown(&clients, 0).is_empty());
}

#[test]
fn the_census_counts_by_language_and_presence() {
    let clients = Clients::default();
    clients.seen(&sighting(1, 0));
    clients.seen(&sighting(2, 40_000));
    let census = clients.census(T0_MS + 40_000);
    assert_eq!(census["cobol"][&Presence::Silent], 1);
    assert_eq!(census["cobol"][&Presence::Connected], 1);
}
