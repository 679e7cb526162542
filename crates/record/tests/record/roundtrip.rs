use dlogs_record::{Encoder, Redact, Value, View, check, decode, head};
use proptest::prelude::*;

use crate::tree::{entries, kinds, levels, values, write_entries};

proptest! {
    #[test]
    fn what_is_encoded_is_checked_as_it_is_and_decodes_to_the_same(
        level in levels(),
        kind in kinds(),
        time_ns in any::<i64>(),
        message in ".{0,200}",
        fields in entries(values(7), 20),
    ) {
        let mut body = vec![0xAA; 3];
        let mut encoder = Encoder::new(&mut body, level, kind, time_ns, &message);
        write_entries(&mut encoder, &fields);
        let count = encoder.finish();
        prop_assert_eq!(&body[..3], &[0xAA; 3], "what was in the buffer stays");
        let body = &body[3..];

        let mut scratch = Vec::new();
        let checked = check(body, &Redact::NOTHING, &mut scratch).unwrap();
        prop_assert_eq!(checked.body, body);
        prop_assert!(!checked.rewritten);
        prop_assert_eq!(Some(checked.head), head(body));
        prop_assert_eq!(usize::from(count), fields.len());

        let record = decode(body).unwrap();
        prop_assert_eq!((record.level, record.kind, record.time_ns), (level, kind, time_ns));
        prop_assert_eq!(&record.message, &message);
        prop_assert_eq!(&record.fields, &fields);
        let view = View::parse(body).unwrap();
        for (key, _) in &fields {
            prop_assert!(view.get(key).is_some());
        }
    }
}

#[test]
fn a_float_keeps_its_bits_even_when_it_is_not_a_number() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, f64::MIN_POSITIVE] {
        let mut body = Vec::new();
        let mut encoder =
            Encoder::new(&mut body, dlogs_record::Level::Info, dlogs_record::Kind::Log, 0, "");
        encoder.key("x").f64(value);
        encoder.finish();
        let record = decode(&body).unwrap();
        assert!(
            matches!(record.get("x"), Some(Value::F64(x)) if x.to_bits() == value.to_bits()),
            "{value}"
        );
    }
}
