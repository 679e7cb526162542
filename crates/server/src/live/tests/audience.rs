//! Audiences: who hears of what, and when.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dlogs_record::Level;

use super::super::audience::{Audience, Viewer};
use super::super::view::{View, ViewText};

const EVERY: Duration = Duration::from_millis(100);

fn view(q: &str) -> View {
    ViewText { q: q.into(), ..ViewText::default() }.compile(0).unwrap()
}

fn matched(viewer: &Viewer) -> u64 {
    viewer.inbox.lock().unwrap().take().map_or(0, |shown| shown.matched())
}

#[test]
fn whoever_joins_hears_of_what_comes_from_then_on() {
    let now = Instant::now();
    let mut audience = Audience::new(view(""), 200, now, 1);
    let (first, second) = (Arc::<Viewer>::default(), Arc::<Viewer>::default());
    audience.join(first.clone(), now);
    audience.offer(Level::Info, || "{}".into());
    audience.join(second.clone(), now);
    audience.offer(Level::Info, || "{}".into());
    audience.tell(now);
    assert_eq!((matched(&first), matched(&second)), (2, 1));
    audience.leave(&first);
    audience.offer(Level::Info, || "{}".into());
    audience.tell(now);
    assert_eq!((matched(&first), matched(&second)), (0, 1));
}

#[test]
fn the_first_record_is_due_at_once_and_the_next_frame_later() {
    let now = Instant::now();
    let mut audience = Audience::new(view(""), 200, now, 1);
    assert_eq!(audience.due(now, EVERY), None, "nothing matched");
    audience.offer(Level::Info, || "{}".into());
    assert_eq!(audience.due(now, EVERY), Some(now));
    audience.tell(now);
    assert_eq!(audience.due(now, EVERY), None);
    audience.offer(Level::Info, || "{}".into());
    assert_eq!(audience.due(now, EVERY), Some(now + EVERY));
}

#[test]
fn viewers_with_the_same_wish_are_one_audience() {
    let audience = Audience::new(view("timeout"), 200, Instant::now(), 1);
    assert!(audience.is_for(&view("timeout"), 200));
    assert!(!audience.is_for(&view("timeout"), 1_000), "another budget");
    assert!(!audience.is_for(&view("time"), 200));
}
