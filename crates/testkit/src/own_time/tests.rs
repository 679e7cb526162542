use super::*;

const MS: Duration = Duration::from_millis(1);

fn at(thread_ms: u32, process_ms: u32, waits: i64, preempted: i64) -> Moment {
    Moment { thread: thread_ms * MS, process: process_ms * MS, waits, preempted }
}

#[test]
fn computing_and_waiting_are_our_own() {
    let own = |now: Moment| at(5, 20, 3, 7).own(now, 8 * MS);
    assert_eq!(own(at(13, 28, 3, 7)), 8 * MS, "it computed");
    assert_eq!(own(at(6, 50, 3, 7)), MS, "others computed beside it, and it had no processor");
    assert_eq!(own(at(6, 50, 3, 8)), 8 * MS, "another thread of ours may have had its processor");
    assert_eq!(own(at(6, 22, 3, 8)), 2 * MS, "another process had it");
    assert_eq!(own(at(6, 22, 4, 7)), 8 * MS, "it waited");
}

#[test]
fn a_thread_that_sleeps_waits() {
    let before = Moment::now();
    std::thread::sleep(2 * MS);
    assert_eq!(before.own(Moment::now(), 2 * MS), 2 * MS);
}
