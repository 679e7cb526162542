use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use serde_json::{Value, json};

use super::rollup::SECONDS_KEPT;
use super::*;
use crate::batch::{Body, Encoding, Group, Summary};
use crate::delay::{BUCKETS, quantile_ms};
use crate::ranges::Ranges;
use crate::stream_id::StreamId;

const T0_S: u64 = 1_763_830_000;

/// Statistics on a clock that the test moves.
struct Bench {
    now_ms: Arc<AtomicI64>,
    stats: Stats,
}

impl Bench {
    fn new() -> Self {
        let now_ms = Arc::new(AtomicI64::new((T0_S * 1000) as i64));
        let hand = now_ms.clone();
        Self {
            now_ms,
            stats: Stats::new(Arc::new(move || hand.load(Ordering::Relaxed) * 1_000_000)),
        }
    }

    fn pass_ms(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Stores a batch whose records are `age_ms` old.
    fn store(&self, language: &str, levels: [u64; 6], age_ms: i64, replay: bool) {
        let now_ns = self.now_ms.load(Ordering::Relaxed) * 1_000_000;
        let time_ns = now_ns - age_ms * 1_000_000;
        self.stats.stored(&Arc::new(batch(language, levels, time_ns)), replay);
    }

    fn frame(&self) -> Value {
        let now_ms = self.stats.now_ms();
        serde_json::from_str(&self.stats.frame(now_ms, &Surroundings::default())).unwrap()
    }

    fn answer(&self) -> Value {
        let now_ms = self.stats.now_ms();
        serde_json::from_str(&self.stats.answer(now_ms, &Surroundings::default())).unwrap()
    }
}

fn batch(language: &str, levels: [u64; 6], time_ns: i64) -> Batch {
    let group = Group { language: language.into(), service: "billing".into(), levels };
    Batch {
        offset: 0,
        stream: StreamId { instance: [0; 16], lane: 0 },
        client: Arc::default(),
        others: Vec::new(),
        received_ns: time_ns,
        first_seq: 1,
        kept: Ranges::default(),
        summary: Summary {
            records: levels.iter().sum(),
            min_time_ns: time_ns,
            max_time_ns: time_ns,
            levels,
            groups: vec![group],
            mixed: false,
        },
        body: Body {
            encoding: Encoding::Identity,
            bytes: Bytes::new(),
            decoded_bytes: 0,
            frames_at: 0,
        },
        cost_bytes: 0,
    }
}

#[test]
fn a_second_is_told_when_it_is_over_and_never_changes() {
    let bench = Bench::new();
    bench.store("python", [0, 0, 10, 0, 2, 0], 3, false);
    bench.store("python", [0, 0, 2, 0, 0, 0], 3, false);
    assert_eq!(bench.frame()["second"]["counts"], json!([]), "the second is not over");
    bench.pass_ms(1_000);
    bench.store("go", [0, 0, 1, 0, 0, 0], 3, false);
    let frame = bench.frame();
    assert_eq!(
        frame["second"],
        json!({"at": T0_S, "counts": [["python", "billing", "INFO", 12], ["python", "billing", "ERROR", 2]]})
    );
    assert_eq!(frame["totals"]["stored"], 15);
    assert_eq!(frame["levels"], json!({"INFO": 13, "ERROR": 2}));
}

#[test]
fn an_unknown_language_gets_its_card() {
    let bench = Bench::new();
    bench.store("cobol", [0, 0, 4, 0, 1, 1], 0, false);
    bench.pass_ms(1_000);
    let card = &bench.frame()["languages"][0];
    assert_eq!((&card["language"], &card["count"]), (&json!("cobol"), &json!(6)));
    assert_eq!((&card["errors"], &card["rate"]), (&json!(2), &json!(1.2)));
    assert_eq!(card["clients"], json!({"connected": 0, "silent": 0, "failed": 0, "gone": 0}));
    assert_eq!(card["last_seen_ms"], T0_S * 1000);
}

#[test]
fn the_rate_is_the_mean_of_the_last_whole_seconds() {
    let bench = Bench::new();
    for _ in 0..RATE_WINDOW_S {
        bench.store("go", [0, 0, 100, 0, 0, 0], 0, false);
        bench.pass_ms(1_000);
    }
    assert_eq!(bench.frame()["rate"], 100);
    bench.pass_ms(1_000);
    assert_eq!(bench.frame()["rate"], 80);
    bench.pass_ms(10_000);
    assert_eq!(bench.frame()["rate"], 0);
}

#[test]
fn seconds_reach_back_15_minutes_and_no_further() {
    let bench = Bench::new();
    bench.store("go", [0, 0, 1, 0, 0, 0], 0, false);
    bench.pass_ms(SECONDS_KEPT as i64 * 1000 - 1_000);
    bench.store("go", [0, 0, 2, 0, 0, 0], 0, false);
    assert_eq!(bench.answer()["seconds"].as_array().unwrap().len(), 1, "this second is not over");
    bench.pass_ms(1_000);
    let answer = bench.answer();
    let seconds = answer["seconds"].as_array().unwrap();
    assert_eq!(seconds.len(), 1, "the first second has left, the last one is over");
    assert_eq!(seconds[0]["counts"], json!([["go", "billing", "INFO", 2]]));
    assert!(bench.frame().get("seconds").is_none());
}

#[test]
fn a_replay_fills_the_seconds_in_which_records_had_come() {
    let bench = Bench::new();
    bench.store("go", [0, 0, 3, 0, 0, 0], 90_000, true);
    bench.store("go", [0, 0, 9, 0, 0, 0], 3_600_000, true);
    let answer = bench.answer();
    assert_eq!(answer["totals"]["stored"], 12);
    assert_eq!(answer["seconds"].as_array().unwrap().len(), 1, "an hour ago is no chart");
    assert_eq!(answer["seconds"][0]["at"], T0_S - 90);
    assert_eq!(
        answer["ingest_delay_ms"],
        json!({"p50": null, "p99": null}),
        "nothing came in the last half minute"
    );
}

#[test]
fn names_without_end_are_counted_under_other() {
    let mut rollup = Rollup::default();
    for i in 0..10_000 {
        rollup.count(T0_S, "go", &format!("service {i}"), Level::Info, 1);
    }
    let rows = rollup.second(T0_S);
    assert!(rows.len() <= 2_001, "{}", rows.len());
    assert_eq!(rows.iter().map(|(_, _, _, n)| n).sum::<u64>(), 10_000);
    let mut languages = Languages::default();
    for i in 0..1_000 {
        languages.count(&format!("language {i}"), &[1, 0, 0, 0, 0, 0], 1);
    }
    assert!(languages.iter().count() <= 65);
    assert_eq!(languages.iter().map(|(_, total)| total.records()).sum::<u64>(), 1_000);
}

#[test]
fn expired_before_the_start_still_counts_as_stored() {
    let bench = Bench::new();
    bench.store("go", [0, 0, 10, 0, 0, 0], 0, true);
    bench.stats.expired(4);
    let mut around = Surroundings::default();
    around.store.expired_records = 104;
    let frame: Value =
        serde_json::from_str(&bench.stats.frame(bench.stats.now_ms(), &around)).unwrap();
    assert_eq!(frame["totals"]["stored"], 110);
    assert_eq!(frame["totals"]["expired"], 104);
}

#[test]
fn quantiles_are_within_a_quarter_of_the_truth() {
    let mut counts = [0; BUCKETS];
    let mut delays = Delays::default();
    for ms in 1..=1_000 {
        counts[usize::from(bucket(ms))] += 1;
        delays.note(ms, 1);
    }
    for (q, truth) in [(0.5, 500.0), (0.9, 900.0), (0.99, 990.0)] {
        let found = quantile_ms(&counts, q).unwrap() as f64;
        assert!((truth * 0.99..=truth * 1.27).contains(&found), "{q}: {found} for {truth}");
    }
    assert_eq!(delays.count_and_sum_ms(), (1_000, 500_500));
    assert_eq!(quantile_ms(&[0; BUCKETS], 0.5), None);
    assert_eq!(bucket(u64::MAX), BUCKETS as u8 - 1);
}

#[test]
fn quantiles_forget_after_half_a_minute() {
    let mut delays = DelaySeconds::default();
    let p99 = |delays: &DelaySeconds, at_s| delays.at(at_s).map(|found| found.p99);
    delays.count(100, bucket(60_000), 100);
    assert!(p99(&delays, 129).unwrap() >= 60_000, "half a minute later it is still told");
    delays.count(129, bucket(2), 100);
    assert!(p99(&delays, 130).unwrap() <= 3, "then it is not");
    assert_eq!(p99(&delays, 99), None, "nor before");
    assert_eq!(p99(&delays, 159), None);
}

#[test]
fn the_history_of_delays_says_what_was_said_in_each_second() {
    let mut delays = DelaySeconds::default();
    let said = |delays: &DelaySeconds, now_s: u64| -> Vec<_> {
        let seconds = now_s - SECONDS_KEPT + 1..now_s;
        seconds.filter_map(|at_s| Some((at_s, delays.at(at_s)?))).collect()
    };
    // Late ones in between, and a silence that nothing is told of.
    for (at_s, ms, n) in [(100, 5, 10), (110, 900, 3), (105, 70, 30), (111, 2, 1), (500, 40, 7)] {
        delays.count(at_s, bucket(ms), n);
    }
    for now_s in [900, 1_005, 1_020, 1_400, 2_000] {
        let all = delays.all(now_s);
        assert_eq!(all, said(&delays, now_s), "at {now_s}");
        assert!(
            all.iter().all(|(at_s, _)| (100..530).contains(at_s) && !(141..500).contains(at_s))
        );
    }
    assert_eq!(delays.all(900).len(), 41 + 30);
    assert_eq!(delays.all(2_000), []);
    delays.count(3_000, 0, 1);
    assert_eq!(delays.all(900), [], "what has left the 15 minutes is not kept");
}

#[test]
fn delays_of_every_second_are_in_the_answer_and_a_replay_brings_them_back() {
    let bench = Bench::new();
    bench.store("go", [0, 0, 3, 0, 0, 0], 400, false);
    bench.pass_ms(1_000);
    bench.store("go", [0, 0, 3, 0, 0, 0], 400, false);
    let near = |ms: &Value| (400..=520).contains(&ms.as_u64().unwrap());
    let answer = bench.answer();
    assert_eq!(answer["delays"].as_array().unwrap().len(), 1, "this second is not over");
    assert_eq!(answer["delays"][0][0], T0_S);
    assert!(near(&answer["delays"][0][1]) && near(&answer["delays"][0][2]), "{answer}");
    assert!(near(&answer["ingest_delay_ms"]["p50"]));
    assert!(bench.frame().get("delays").is_none());

    let again = Bench::new();
    let mut before = batch("go", [0, 0, 3, 0, 0, 0], (T0_S as i64 - 50) * 1_000_000_000);
    before.received_ns += 400_000_000;
    again.stats.stored(&Arc::new(before), true);
    again.stats.delayed(T0_S - 300, bucket(450), 5);
    let answer = again.answer();
    let delays = answer["delays"].as_array().unwrap();
    assert_eq!((&delays[0][0], &delays[30][0]), (&json!(T0_S - 300), &json!(T0_S - 50)));
    assert!(delays.len() == 60 && delays.iter().all(|one| near(&one[1]) && near(&one[2])));
    assert_eq!(again.stats.lock().delays.count_and_sum_ms(), (0, 0), "a start is no arrival");
}

#[test]
fn a_clock_ahead_is_no_delay_and_a_spread_keeps_the_number() {
    assert_eq!(spread(0, 5_000_000_000, 5_000_000_000, 1).collect::<Vec<_>>(), [(0, 1)]);
    for n in [0, 1, 2, 15, 16, 17, 1_000] {
        let all: Vec<_> = spread(6_000_000_000, 5_000_000_000, 1_000_000_000, n).collect();
        assert_eq!(all.iter().map(|(_, n)| n).sum::<u64>(), n);
        assert!(all.len() <= 16 && all.iter().all(|(ms, _)| (1_000..=5_000).contains(ms)));
    }
    assert!(spread(0, i64::MIN, i64::MAX, 10).count() == 10);
}
