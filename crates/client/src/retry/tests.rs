//! The table against spec/delivery.md, and the bounds of the waits.

use super::backoff::{RETRY_AFTER_MAX_MS, retry_after_ms};
use super::verdict::{TABLE, row, verdict};
use super::*;

fn answer(status: u16, body: &str, retry_after_ms: Option<u64>) -> Reply {
    Reply::Answer { status, ours: OurAnswer::read(body.as_bytes()), retry_after_ms }
}

const OURS: &str = r#"{"dlogs":1,"reason":"x"}"#;

#[test]
fn the_document_shows_this_table() {
    let document = include_str!("../../../../spec/delivery.md");
    let rows: Vec<&str> = document
        .lines()
        .skip_while(|line| !line.starts_with("| outcome | verdict |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let ours: Vec<String> = TABLE.iter().map(|(_, o, v)| format!("| {o} | {v} |")).collect();
    assert_eq!(rows, ours);
}

#[test]
fn every_outcome_has_its_verdict() {
    use Trouble::*;
    let again = |trouble| Verdict::Again(Wait::Backoff, trouble);
    let acked =
        |through: u64| answer(200, &format!(r#"{{"dlogs":1,"acked_through":{through}}}"#), None);
    let cases: Vec<(Reply, Verdict)> = vec![
        (acked(20), Verdict::Accepted { through: 20 }),
        (acked(9), Verdict::Accepted { through: 9 }),
        (acked(8), again(Misconfigured)),
        (acked(21), again(Misconfigured)),
        (answer(204, "", None), again(Misconfigured)),
        (answer(200, "<html>", None), again(Misconfigured)),
        (answer(200, r#"{"ok":true}"#, None), again(Misconfigured)),
        (answer(408, "", None), again(Server)),
        (answer(425, "", None), again(Server)),
        (answer(429, "", Some(7000)), Verdict::Again(Wait::Said(7000), Server)),
        (answer(500, OURS, None), again(Server)),
        (answer(503, "", Some(1000)), Verdict::Again(Wait::Said(1000), Server)),
        (Reply::None(Broken::Connect, String::new()), again(Network)),
        (Reply::None(Broken::Timeout, String::new()), again(Network)),
        (Reply::None(Broken::Reset, String::new()), again(Network)),
        (Reply::None(Broken::Tls, String::new()), again(Network)),
        (answer(401, OURS, None), Verdict::Again(Wait::Long, Auth)),
        (answer(403, "", None), Verdict::Again(Wait::Long, Auth)),
        (answer(413, "", None), Verdict::Halve),
        (answer(400, OURS, None), Verdict::Bisect),
        (answer(422, OURS, None), Verdict::Bisect),
        (answer(400, "bad gateway", None), again(Misconfigured)),
        (answer(404, OURS, None), again(Misconfigured)),
        (answer(415, OURS, None), again(Misconfigured)),
        (answer(302, "", None), again(Misconfigured)),
    ];
    for (reply, expected) in cases {
        assert_eq!(verdict(&reply, 10, 20, 11), expected, "{reply:?}");
    }
}

#[test]
fn one_record_alone_is_set_aside_and_an_empty_batch_never_is() {
    for status in [413, 400, 422] {
        assert_eq!(verdict(&answer(status, OURS, None), 10, 10, 1), Verdict::SetAside);
        assert_eq!(
            verdict(&answer(status, OURS, None), 10, 9, 0),
            Verdict::Again(Wait::Backoff, Trouble::Misconfigured)
        );
    }
}

#[test]
fn the_table_has_every_row_once() {
    let rows: Vec<Row> = TABLE.iter().map(|(row, ..)| *row).collect();
    for row in &rows {
        assert_eq!(rows.iter().filter(|other| *other == row).count(), 1);
    }
    assert_eq!(rows.len(), 8);
    assert_eq!(row(&answer(100, "", None), 1, 1), Row::Other);
}

#[test]
fn retry_after_reads_seconds_and_dates_and_is_clamped() {
    assert_eq!(retry_after_ms("7", 0), Some(7000));
    assert_eq!(retry_after_ms("99999999", 0), Some(RETRY_AFTER_MAX_MS));
    assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_770), Some(7000));
    assert_eq!(retry_after_ms("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000), Some(0));
    assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_999), Some(0));
    assert_eq!(retry_after_ms("soon", 0), None);
    assert_eq!(retry_after_ms("Sun, 99 Foo 1994 08:49:37 GMT", 0), None);
}

proptest::proptest! {
    #[test]
    fn a_wait_is_between_half_and_all_of_its_step(failures in 1u32..1000, dice: u64) {
        let backoff = Backoff { initial_ms: 1000, max_ms: 30_000 };
        let wait = backoff.wait_ms(failures, dice);
        let full = 1000u64.saturating_mul(1 << (failures - 1).min(20)).min(30_000);
        proptest::prop_assert!((full / 2..=full).contains(&wait), "{wait}");
    }

    #[test]
    fn no_date_makes_it_panic(text: String, now: u64) {
        let _ = retry_after_ms(&text, now);
    }
}
