//! What is put aside can be read by a person, found by its name, and never fills the disk.
#![allow(clippy::unwrap_used, reason = "the functions of a test are tests")]

use dlogs_record::{Encoder, Kind, Level};

use super::*;

const STREAM: &str = "00112233445566778899aabbccddeeff.0";

/// A batch of these messages, numbered from 1.
fn frames(messages: &[&str]) -> Vec<u8> {
    let mut frames = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        let mut body = Vec::new();
        Encoder::new(&mut body, Level::Info, Kind::Log, 0, message).finish();
        let mut head = [0; FRAME_HEAD];
        head[..4].copy_from_slice(&(body.len() as u32).to_le_bytes());
        head[16..20].copy_from_slice(&(at as u32 + 1).to_le_bytes());
        frames.extend_from_slice(&head);
        frames.extend_from_slice(&body);
        frames.resize(frames.len().next_multiple_of(8), 0);
    }
    frames
}

fn folder() -> (tempfile::TempDir, SetAside) {
    let dir = tempfile::tempdir().unwrap();
    let aside = SetAside::new(Some(dir.path().join("set_aside")));
    (dir, aside)
}

#[test]
fn the_file_tells_the_record_and_its_name_the_loss() {
    let (dir, aside) = folder();
    let frames = frames(&["one", "two", "three"]);
    aside.put(STREAM, 2, "set_aside", "400 frame", &frames).unwrap();
    aside.put(STREAM, 3, "rejected", "too_old", &frames).unwrap();
    assert_eq!(aside.of_stream(STREAM), [2], "rejected ones are the server's loss");
    assert!(aside.of_stream("ffff.0").is_empty());
    let path = dir.path().join(format!("set_aside/{STREAM}-2-set_aside.json"));
    let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!((&file["record"]["message"], &file["answer"]), (&"two".into(), &"400 frame".into()));
}

#[test]
fn the_oldest_leave_when_the_folder_is_full() {
    let (dir, aside) = folder();
    let giant = "x".repeat(200_000);
    let frames = frames(&[&giant]);
    for stream in 0..100 {
        aside.put(&format!("{stream:032x}.0"), 1, "set_aside", "413", &frames).unwrap();
    }
    let sizes = fs::read_dir(dir.path().join("set_aside")).unwrap().flatten();
    let used: u64 = sizes.map(|entry| entry.metadata().unwrap().len()).sum();
    assert!(used <= MAX_BYTES && used > MAX_BYTES - 400_000, "{used}");
    assert_eq!(aside.of_stream(&format!("{:032x}.0", 99)), [1], "the newest stays");
}

#[test]
fn broken_frames_and_no_folder_are_no_trouble() {
    let (_dir, aside) = folder();
    aside.put(STREAM, 7, "set_aside", "400", b"\xff\xff\xff\xffjunk").unwrap();
    assert_eq!(aside.of_stream(STREAM), [7]);
    SetAside::new(None).put(STREAM, 7, "set_aside", "400", b"").unwrap();
}
