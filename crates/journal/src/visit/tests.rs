use std::{sync::mpsc, thread};

use super::*;

struct Room {
    link: Link<Room>,
    number: u32,
}

// SAFETY: the field is only used here.
unsafe impl Linked for Room {
    fn link(&self) -> &Link<Room> {
        &self.link
    }
}

fn room(number: u32) -> Arc<Room> {
    prepare();
    Arc::new(Room { link: Link::default(), number })
}

fn number(place: &Visited<Room>) -> Option<u32> {
    place.visit(|room| room.map(|room| room.number))
}

#[test]
fn what_is_looked_at_stays_until_the_visitor_has_left() {
    let (place, first) = (Visited::nothing(), room(1));
    let left = Arc::downgrade(&first);
    place.put(Some(first));
    place.visit(|seen| {
        assert!(place.exchange(seen.unwrap(), room(2)));
        assert!(!place.sweep(), "somebody is in there");
        assert_eq!(seen.unwrap().number, 1);
        assert_eq!(number(&place), Some(2));
    });
    assert_eq!(left.strong_count(), 1);
    assert!(place.sweep());
    assert_eq!(left.strong_count(), 0);
}

#[test]
fn visits_nest_as_deep_as_anybody_likes() {
    fn deeper(place: &Visited<Room>, depth: u32) {
        place.visit(|room| {
            assert_eq!(room.unwrap().number, 1);
            if depth > 0 {
                deeper(place, depth - 1);
            }
        });
    }
    let place = Visited::nothing();
    place.put(Some(room(1)));
    deeper(&place, 20);
    drop(place.put(None));
    assert!(place.sweep(), "everybody has left");
}

#[test]
fn a_visitor_that_panics_has_left() {
    let place = Visited::nothing();
    place.put(Some(room(1)));
    let panicked = thread::scope(|scope| {
        scope.spawn(|| place.visit(|_| std::panic::resume_unwind(Box::new(())))).join()
    });
    assert!(panicked.is_err());
    drop(place.put(None));
    assert!(place.sweep());
}

#[test]
fn a_thread_that_is_ending_still_visits() {
    struct Last(&'static Visited<Room>, mpsc::Sender<Option<u32>>);
    impl Drop for Last {
        fn drop(&mut self) {
            self.1.send(number(self.0)).unwrap();
        }
    }
    thread_local! {
        static LAST: Cell<Option<Last>> = const { Cell::new(None) };
    }
    static PLACE: Visited<Room> = Visited::nothing();
    PLACE.put(Some(room(1)));
    let (told, tells) = mpsc::channel();
    // Made first, so that it is dropped after the thread's seat was given back.
    thread::spawn(move || {
        LAST.set(Some(Last(&PLACE, told)));
        number(&PLACE)
    })
    .join()
    .unwrap();
    assert_eq!(tells.recv().unwrap(), Some(1));
    drop(PLACE.put(None));
    assert!(PLACE.sweep());
}

#[test]
fn a_thread_that_has_ended_leaves_its_seat_to_the_next() {
    static PLACE: Visited<Room> = Visited::nothing();
    PLACE.put(Some(room(1)));
    for _ in 0..1000 {
        assert_eq!(thread::spawn(|| number(&PLACE)).join().unwrap(), Some(1));
    }
    // As many as there were threads of all tests at one time.
    assert!(SEATS.all().count() < 100, "{} seats", SEATS.all().count());
}

#[test]
fn what_comes_back_is_visited_like_everything_else() {
    let (place, first) = (Visited::nothing(), room(1));
    for _ in 0..3 {
        place.put(Some(Arc::clone(&first)));
        assert_eq!(number(&place), Some(1));
        place.put(Some(room(2)));
        assert_eq!(number(&place), Some(2));
    }
    place.put(None);
    assert!(place.sweep());
}
