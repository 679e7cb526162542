use dlogs_record::time::{from_epoch, from_epoch_f64, from_rfc3339, to_rfc3339};
use proptest::prelude::*;

#[test]
fn instants_are_written_with_nine_digits() {
    assert_eq!(to_rfc3339(0), "1970-01-01T00:00:00.000000000Z");
    assert_eq!(to_rfc3339(1_795_366_000_123_456_789), "2026-11-22T16:46:40.123456789Z");
    assert_eq!(to_rfc3339(-1), "1969-12-31T23:59:59.999999999Z");
}

#[test]
fn rfc_3339_is_read_in_its_variants() {
    let noon = 1_582_977_600_000_000_000;
    let table = [
        ("2020-02-29T12:00:00Z", Some(noon)),
        ("2020-02-29 12:00:00z", Some(noon)),
        ("2020-02-29T14:00:00+02:00", Some(noon)),
        ("2020-02-29T06:30:00.5-05:30", Some(noon + 500_000_000)),
        ("2020-02-29T12:00:00.1234567891Z", Some(noon + 123_456_789)),
        ("2020-02-29T11:59:60Z", Some(noon)),
        ("2021-02-29T12:00:00Z", None),
        ("2020-13-01T12:00:00Z", None),
        ("2020-02-29T24:00:00Z", None),
        ("2020-02-29T12:00:00", None),
        ("2020-02-29T12:00:00.Z", None),
        ("2020-02-29", None),
        ("9999-01-01T00:00:00Z", None),
        ("2020-02-2ä29T12:00:00Z", None),
        ("+020-02-29T12:00:00Z", None),
        ("", None),
    ];
    for (text, expected) in table {
        assert_eq!(from_rfc3339(text), expected, "{text}");
    }
}

#[test]
fn an_epoch_shows_its_unit() {
    let second = 1_700_000_000;
    for factor in [1, 1_000, 1_000_000, 1_000_000_000] {
        assert_eq!(from_epoch(second * factor), second * 1_000_000_000);
    }
    assert_eq!(from_epoch_f64(1_700_000_000.25), Some(1_700_000_000_250_000_000));
    assert_eq!(from_epoch_f64(1_700_000_000.123_456), Some(1_700_000_000_123_456_000));
    assert_eq!(from_epoch_f64(1_700_000_000_123.5), Some(1_700_000_000_123_500_000));
    assert_eq!(from_epoch_f64(f64::NAN), None);
    assert_eq!(from_epoch_f64(1e300), None);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(time_ns in any::<i64>()) {
        prop_assert_eq!(from_rfc3339(&to_rfc3339(time_ns)), Some(time_ns));
    }
}
