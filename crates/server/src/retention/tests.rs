use super::{Reserve, Rules, Space, Step, step, victims};
use crate::batch::Summary;
use crate::parts::PartMeta;

fn part(name: &str, max_time_ns: i64) -> PartMeta {
    let summary = Summary { max_time_ns, ..Summary::default() };
    PartMeta { name: name.into(), bytes: 90, bloom_bytes: 10, summary, ..PartMeta::default() }
}

fn space(free_bytes: u64) -> Space {
    Space { free_bytes, total_bytes: Some(10_000), queue_bytes: 0 }
}

#[test]
fn the_oldest_leave_until_every_rule_holds() {
    let parts = [part("b", 20), part("a", 10), part("d", 40), part("c", 30)];
    let parts: Vec<&PartMeta> = parts.iter().collect();
    let rules = Rules { age_ns: 100, bytes: 0, free_bytes: 0 };
    assert!(victims(&parts, rules, 110, space(0)).is_empty());
    assert_eq!(victims(&parts, rules, 111, space(0)), [1], "age");
    assert_eq!(victims(&parts, rules, i64::MAX, space(0)).len(), 4);
    assert_eq!(victims(&parts, Rules { bytes: 250, ..rules }, 0, space(0)), [1, 0], "bytes");
    assert_eq!(
        victims(&parts, Rules { free_bytes: 300, ..rules }, 0, space(101)),
        [1, 0],
        "free space"
    );
    assert!(victims(&parts, Rules { free_bytes: 300, ..rules }, 0, space(300)).is_empty());
    assert!(victims(&[], Rules { free_bytes: 300, ..rules }, 0, space(0)).is_empty());
}

#[test]
fn the_reserve_is_given_up_when_the_disk_is_full() {
    let reserve = Reserve { bytes: 64, min_free_bytes: 100 };
    assert_eq!(step(reserve, false, 1000), Step::Take);
    assert_eq!(step(reserve, true, 1000), Step::Keep);
    assert_eq!(step(reserve, true, 99), Step::GiveUp);
    assert_eq!(step(reserve, false, 99 + 64), Step::Keep, "not to and fro");
    assert_eq!(step(Reserve { bytes: 0, ..reserve }, false, 1000), Step::Keep);
}

#[test]
fn a_small_disk_does_not_cost_every_part() {
    let parts = [part("a", 10), part("b", 20)];
    let parts: Vec<&PartMeta> = parts.iter().collect();
    let rules = Rules { age_ns: 100, bytes: 0, free_bytes: 5_000 };
    let leave = |space: Space| victims(&parts, rules, 0, space).len();
    let small = Space { free_bytes: 500, total_bytes: Some(1_000), queue_bytes: 0 };
    assert_eq!(leave(small), 0, "half of it is free");
    assert_eq!(leave(Space { free_bytes: 450, ..small }), 1);
    assert_eq!(leave(Space { total_bytes: None, ..small }), 2);
    let queued = Space { free_bytes: 400, queue_bytes: 201, ..small };
    assert_eq!(leave(queued), 0, "the queue takes more than both parts");
    assert_eq!(leave(Space { queue_bytes: 200, ..queued }), 1, "no more than they do");
    assert_eq!(leave(Space { free_bytes: 200, ..queued }), 2, "no room to make parts of it");
}
