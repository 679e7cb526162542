//! Steps that people count in, and no more buckets than asked for.

use super::*;

const START: i64 = 1_795_341_607 * SECOND;

#[test]
fn steps_are_round_and_few() {
    for (seconds, wanted) in [
        (1, 100 * MS),
        (60, 2 * SECOND),
        (900, 30 * SECOND),
        (3600, 120 * SECOND),
        (86_400, 1800 * SECOND),
    ] {
        let span = Span::over(START, START + seconds * SECOND, 60, None).unwrap();
        assert_eq!(span.step_ns, wanted, "{seconds} s");
        assert!(span.buckets <= 61, "{span:?}");
        assert_eq!(span.bucket(START).map(|at| at <= 1), Some(true));
        assert!(span.bucket(START + seconds * SECOND).is_some());
        assert_eq!(span.bucket(span.start_ns - 1), None);
    }
    let years = Span::over(0, 50 * 365 * 86_400 * SECOND, 60, None).unwrap();
    assert!(years.buckets <= 61, "{years:?}");
}

#[test]
fn a_step_that_makes_too_many_buckets_is_refused() {
    assert!(Span::over(0, 3600 * SECOND, 60, Some(SECOND)).is_err());
    assert_eq!(Span::over(0, 59 * SECOND, 60, Some(SECOND)).unwrap().buckets, 60);
    assert_eq!(Span::over(5, 5, 1, None).unwrap().buckets, 1);
}
