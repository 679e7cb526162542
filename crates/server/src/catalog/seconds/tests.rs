use std::sync::Arc;

use super::*;
use crate::batch::{Body, Encoding, Group, Summary};
use crate::client_block::ClientBlock;
use crate::ranges::Ranges;
use crate::stream_id::StreamId;

const NOW_S: u64 = 1_795_000_000;

/// A batch of two records each of these services that came so many seconds ago.
fn batch(age_s: u64, services: impl Iterator<Item = String>) -> Batch {
    let group = |service| Group { language: "go".into(), service, levels: [0, 0, 1, 0, 1, 0] };
    Batch {
        offset: 0,
        stream: StreamId { instance: [0; 16], lane: 0 },
        client: Arc::new(ClientBlock::default()),
        others: Vec::new(),
        received_ns: (NOW_S - age_s) as i64 * 1_000_000_000 + 5,
        first_seq: 1,
        kept: Ranges::default(),
        summary: Summary { groups: services.map(group).collect(), ..Summary::default() },
        body: Body {
            encoding: Encoding::Identity,
            bytes: bytes::Bytes::new(),
            decoded_bytes: 0,
            frames_at: 0,
        },
        cost_bytes: 0,
    }
}

/// The same, with one record that was 400 ms old.
fn late(age_s: u64) -> Batch {
    let mut batch = batch(age_s, ["shop".to_owned()].into_iter());
    let time_ns = batch.received_ns - 400_000_000;
    batch.summary.records = 1;
    (batch.summary.min_time_ns, batch.summary.max_time_ns) = (time_ns, time_ns);
    batch
}

fn of(batches: &[Batch]) -> Seconds {
    Seconds::of(batches, NOW_S as i64 * 1_000_000_000)
}

#[test]
fn batches_of_a_second_are_counted_together_and_old_ones_not() {
    let one = |age_s| batch(age_s, ["shop".to_owned()].into_iter());
    let seconds = of(&[one(1), one(5), one(5), one(899), one(900), one(10_000)]);
    let counts: Vec<_> = seconds.counts().collect();
    let wanted = |age_s: u64, n| [2, 4].map(|level| (NOW_S - age_s, "go", "shop", level, n));
    assert_eq!(counts, [wanted(899, 1), wanted(5, 2), wanted(1, 1)].concat());
    assert_eq!(seconds.last_s(), Some(NOW_S - 1));
    assert_eq!(of(&[one(900)]), Seconds::default());
    assert_eq!(Seconds::default().last_s(), None);
    let kept: Seconds = serde_json::from_str(&serde_json::to_string(&seconds).unwrap()).unwrap();
    assert_eq!(kept, seconds);
}

#[test]
fn delays_are_kept_by_second_and_a_catalog_of_before_has_none() {
    let seconds = of(&[late(1), late(5), late(5), late(900)]);
    let counts: Vec<_> = seconds.delays().collect();
    assert_eq!(counts, [(NOW_S - 5, bucket(400), 2), (NOW_S - 1, bucket(400), 1)]);
    let kept: Seconds = serde_json::from_str(&serde_json::to_string(&seconds).unwrap()).unwrap();
    assert_eq!(kept, seconds);
    let before: Seconds = serde_json::from_str(r#"{"names": [], "rows": []}"#).unwrap();
    assert_eq!(before.delays().count(), 0);
}

#[test]
fn two_million_names_make_no_large_commit_and_no_record_is_missing() {
    let names = |at: u64| (0..1000).map(move |name| format!("{at}-{name}"));
    let batches: Vec<Batch> = (0..100).map(|at| batch(at, names(at))).collect();
    let seconds = of(&batches);
    let rows = seconds.counts().count();
    assert!(rows <= ROWS_MAX + 900 * 6, "{rows}");
    assert_eq!(seconds.counts().map(|count| count.4).sum::<u64>(), 200_000);
    assert!(serde_json::to_string(&seconds).unwrap().len() < 1 << 20);
}
