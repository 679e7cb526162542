use super::glance;
use crate::walk::step_by_step;
use crate::{Encoder, Kind, Level, Redact};

/// A body with a field of every flat kind.
fn flat() -> Vec<u8> {
    let mut body = Vec::new();
    let mut encoder = Encoder::new(&mut body, Level::Warning, Kind::Event, 7, "paid");
    encoder.key("a").null().key("bb").bool(true).key("ccc").bool(false).key("n").i64(-1);
    encoder.key("u").u64(u64::MAX).key("f").f64(0.5).key("t").str("text").key("b").bytes(&[1, 2]);
    encoder.key("at").time_ns(9).key("d").decimal("1.5").key("cut").cut("begun");
    encoder.finish();
    body
}

/// What a glance settles, the walk finds to be the same.
fn agree(body: &[u8], redact: &Redact) -> bool {
    let Some(head) = glance(body, redact) else { return false };
    let found = step_by_step(body, redact).expect("a glance settles nothing that is malformed");
    assert!(!found.rewrite, "a glance settles nothing that must be written anew");
    assert_eq!(found.head, head);
    true
}

#[test]
fn it_settles_a_flat_body() {
    assert!(agree(&flat(), &Redact::NOTHING));
    assert!(agree(&flat(), &Redact::new(["a key of another length"])));
    let mut body = Vec::new();
    Encoder::new(&mut body, Level::Info, Kind::Log, 0, "nothing else").finish();
    assert!(agree(&body, &Redact::NOTHING));
}

#[test]
fn it_leaves_the_rest_to_the_walk() {
    assert!(!agree(&flat(), &Redact::new(["CCC"])), "a secret, perhaps");
    let mut body = Vec::new();
    let mut encoder = Encoder::new(&mut body, Level::Info, Kind::Log, 0, "");
    encoder.key("list").begin_list();
    encoder.end_list();
    encoder.finish();
    assert!(!agree(&body, &Redact::NOTHING));
}

#[test]
fn it_never_contradicts_the_walk() {
    let whole = flat();
    for length in 0..whole.len() {
        assert!(!agree(&whole[..length], &Redact::NOTHING), "cut off at {length}");
    }
    let mut settled = 0;
    for at in 0..whole.len() {
        for value in 0..=u8::MAX {
            let mut body = whole.clone();
            body[at] = value;
            settled += usize::from(agree(&body, &Redact::new(["password"])));
            body[at] = whole[at];
            body.insert(at, value);
            settled += usize::from(agree(&body, &Redact::NOTHING));
        }
    }
    assert!(settled > 1000, "too few bodies were settled to say anything: {settled}");
}
