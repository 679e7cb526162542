//! What every queue must do; each implementation passes it.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use bytes::Bytes;

use super::{Appended, LogQueue, MemoryLog, MemoryQueue, Queue, QueueTrouble, RealDisk, Replay};

type Opened = (Arc<dyn Queue>, Replay);

/// Appends a text and waits for its answer.
fn append(queue: &dyn Queue, text: &str) -> Result<Appended, QueueTrouble> {
    let (told, answer) = mpsc::channel();
    let parts = [Bytes::from("> "), Bytes::copy_from_slice(text.as_bytes())];
    queue.append(parts, Box::new(move |result| told.send(result).unwrap()));
    answer.recv_timeout(Duration::from_secs(90)).unwrap()
}

fn texts(replay: &Replay) -> Vec<String> {
    let text = |bytes: &Bytes| String::from_utf8(bytes.to_vec()).unwrap();
    replay.found.iter().map(|found| text(&found.payload)).collect()
}

/// `open` opens the same log again, from an offset on.
fn conforms(open: &dyn Fn(u64) -> Opened) {
    let (queue, replay) = open(0);
    assert!(replay.found.is_empty());
    let places: Vec<Appended> = ["a", "", "c"].map(|text| append(&*queue, text).unwrap()).into();
    assert!(places.iter().all(|place| place.offset < place.next));
    assert!(places.windows(2).all(|two| two[0].next <= two[1].offset), "{places:?}");
    assert!(queue.bytes() >= 8);
    // What waits together is answered in its order, each once.
    let (told, answers) = mpsc::channel();
    for number in 0..50_u8 {
        let told = told.clone();
        let done = move |result: Result<Appended, _>| told.send((number, result.unwrap())).unwrap();
        queue.append([Bytes::new(), Bytes::copy_from_slice(&[b'0' + number])], Box::new(done));
    }
    let answers: Vec<(u8, Appended)> = answers.iter().take(50).collect();
    assert!(answers.windows(2).all(|two| two[0].0 + 1 == two[1].0));
    assert!(answers.windows(2).all(|two| two[0].1.next <= two[1].1.offset));
    queue.set_aside(places[1].offset, b"odd").unwrap();
    queue.set_aside(places[1].offset, b"told again").unwrap();
    queue.close();
    assert_eq!(append(&*queue, "late"), Err(QueueTrouble::Stopping));
    drop(queue);
    // What was answered is there again, and only that.
    let (queue, replay) = open(0);
    assert_eq!(texts(&replay)[..3], ["> a", "> ", "> c"]);
    assert_eq!(replay.found.len(), 53);
    let again: Vec<Appended> =
        replay.found[..3].iter().map(|f| Appended { offset: f.offset, next: f.next }).collect();
    assert_eq!(again, places);
    let last = append(&*queue, "d").unwrap();
    assert!(last.offset >= answers[49].1.next, "offsets grow over restarts");
    queue.trim(places[1].next).unwrap();
    queue.trim(places[1].next).unwrap();
    drop(queue);
    let (queue, replay) = open(places[1].next);
    assert_eq!(texts(&replay).first().map(String::as_str), Some("> c"));
    assert_eq!(texts(&replay).last().map(String::as_str), Some("> d"));
    queue.trim(last.next).unwrap();
    drop(queue);
    // Nothing is left, and offsets still grow.
    let (queue, replay) = open(last.next);
    assert!(replay.found.is_empty());
    assert!(append(&*queue, "e").unwrap().offset >= last.next);
}

#[test]
fn files_are_a_queue() {
    // Small files, so that several roll and are trimmed; and one that takes all.
    for roll_bytes in [64, 1 << 20] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("queue");
        conforms(&|from| {
            let opened = LogQueue::open(Arc::new(RealDisk), &path, from, roll_bytes).unwrap();
            (Arc::new(opened.0), opened.1)
        });
        let aside: Vec<_> = std::fs::read_dir(path.join("poison")).unwrap().collect();
        assert_eq!(aside.len(), 1);
    }
}

#[test]
fn memory_is_a_queue() {
    let log = Arc::new(MemoryLog::default());
    conforms(&|from| {
        let (queue, replay) = MemoryQueue::open(log.clone(), from);
        (Arc::new(queue), replay)
    });
}
