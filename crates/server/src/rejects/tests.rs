use axum::response::IntoResponse;

use super::*;

fn sample(reason: &'static str, at_ms: u64) -> Sample {
    Sample { at_ms, reason, ..Sample::default() }
}

#[test]
fn one_reason_does_not_hide_the_others() {
    let rejects = Rejects::default();
    rejects.note(sample("rare", 0));
    (1..=1000).for_each(|at_ms| rejects.note(sample("often", at_ms)));
    let samples = rejects.samples();
    assert_eq!(samples.len(), SAMPLES_OF_A_REASON + 1);
    assert_eq!((samples[0].at_ms, samples.last().unwrap().reason), (1000, "rare"));
    for reason in ["a", "b", "c", "d", "e", "f"] {
        (0..20).for_each(|_| rejects.note(sample(reason, 2000)));
    }
    assert_eq!(rejects.samples().len(), SAMPLES_MAX);
}

#[test]
fn requests_count_when_nothing_will_come_again() {
    let rejects = Rejects::default();
    let bad = Refusal::bad("json", "no".repeat(1000)).about(b"{\xff");
    rejects.note_answer(&bad.clone().into_response(), 7);
    rejects.note_answer(&bad.into_response(), 8);
    rejects.note_answer(&Refusal::busy("later").into_response(), 9);
    rejects.note_answer(&Refusal::unavailable("disk", "later", 1).into_response(), 9);
    rejects.note_answer(&"fine".into_response(), 9);
    assert_eq!(rejects.requests(), BTreeMap::from([("json", 2)]));
    let samples = rejects.samples();
    assert_eq!((samples.len(), samples[0].at_ms, samples[0].reason), (2, 8, "json"));
    assert_eq!((samples[0].excerpt.as_str(), samples[0].error.len()), ("{\u{fffd}", 512));
}

#[test]
fn an_excerpt_is_cut_between_characters() {
    assert_eq!(beginning("é".repeat(1000).as_bytes()), "é".repeat(256));
    assert_eq!(beginning("𝕏".repeat(256).as_bytes()), "𝕏".repeat(256));
    assert_eq!(beginning(b"short"), "short");
}
