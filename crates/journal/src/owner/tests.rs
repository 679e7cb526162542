use super::*;

#[test]
fn we_live_and_nobody_else_is_us() {
    let here = Owner::current();
    assert!(here.pid > 0);
    if cfg!(any(target_os = "linux", windows)) {
        assert!(here.start > 0);
    }
    if cfg!(target_os = "linux") {
        assert!(here.namespace > 0 && here.boot != [0; 16]);
    }
    assert!(here.lives(&here));
    if here.start > 0 {
        let other = Owner { start: here.start + 1, ..here };
        assert!(!other.lives(&here), "the number was given out again");
    }
    assert!(!Owner { boot: [1; 16], ..here }.lives(&here), "before the machine was restarted");
    assert!(!Owner { namespace: 1, ..here }.lives(&here), "not visible: the lock decides");
    assert!(!Owner { pid: 0, ..here }.lives(&here));
}

#[test]
fn a_process_that_is_dead_and_not_buried_is_dead() {
    let ends = if cfg!(windows) { "hostname" } else { "true" };
    let mut child = std::process::Command::new(ends).spawn().unwrap();
    let owner = Owner { pid: child.id(), start: 0, ..Owner::current() };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while owner.lives(&Owner::current()) {
        assert!(std::time::Instant::now() < deadline);
        std::thread::yield_now();
    }
    child.wait().unwrap();
    assert!(!owner.lives(&Owner::current()));
}

#[test]
fn an_owner_is_spelled_and_read() {
    let here = Owner::current();
    assert_eq!(here.to_string().parse(), Ok(here));
    for bad in ["", "1", "1 2 3", "x 2 00 4", "1 2 00 4 5", "nobody"] {
        assert!(bad.parse::<Owner>().is_err(), "{bad}");
    }
}
