use dlogs_record::limits::{
    MAX_DEPTH, MAX_FIELDS, MAX_KEY_BYTES, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES,
};
use dlogs_record::{Encoder, Kind, Level, Record, Redact, Value, check, decode};
use proptest::collection::vec;
use proptest::prelude::*;

/// Encodes, and proves that the result keeps to the limits.
fn encoded(message: &str, write: impl FnOnce(&mut Encoder<'_>)) -> Record {
    let mut body = Vec::new();
    let mut encoder = Encoder::new(&mut body, Level::Info, Kind::Log, 0, message);
    write(&mut encoder);
    encoder.finish();
    assert!(body.len() <= MAX_RECORD_BYTES, "{} bytes", body.len());
    let mut scratch = Vec::new();
    assert!(!check(&body, &Redact::NOTHING, &mut scratch).unwrap().rewritten);
    decode(&body).unwrap()
}

fn cut() -> Value {
    Value::Cut(String::new())
}

#[test]
fn a_long_message_ends_in_an_ellipsis_and_is_marked() {
    let record = encoded(&"ä".repeat(5_000_000), |encoder| {
        encoder.key("@trace_id").str("abc");
    });
    assert!(record.message.len() <= MAX_MESSAGE_BYTES);
    assert!(record.message.ends_with("ä…") && !record.message.contains('\u{FFFD}'));
    assert_eq!(record.get("@trace_id"), Some(&Value::Str("abc".into())));
    assert_eq!(record.get("@cut"), Some(&cut()));
}

#[test]
fn the_longest_message_passes_whole() {
    let message = "x".repeat(MAX_MESSAGE_BYTES);
    let record = encoded(&message, |_| {});
    assert_eq!(record.message, message);
    assert!(record.fields.is_empty());
}

#[test]
fn a_text_that_does_not_fit_keeps_its_beginning() {
    let record = encoded("m", |encoder| {
        encoder.key("a").str("€".repeat(200_000)).key("b").i64(1);
    });
    let Some(Value::Cut(kept)) = record.get("a") else { panic!("{:?}", record.get("a")) };
    assert!(kept.len() > MAX_RECORD_BYTES - 100 && kept.chars().all(|c| c == '€'));
    assert!(record.get("@cut").is_some(), "the field behind it had no room");
}

#[test]
fn bytes_that_do_not_fit_are_left_out_whole_and_smaller_fields_behind_them_stay() {
    let record = encoded("m", |encoder| {
        encoder.key("a").bytes(&[7; 300_000]).key("b").i64(1);
    });
    assert_eq!(record.fields, [("a".into(), cut()), ("b".into(), Value::I64(1))]);
}

#[test]
fn fields_beyond_the_limit_are_left_out_and_marked() {
    for fields in [MAX_FIELDS, MAX_FIELDS + 1, 70_000] {
        let record = encoded("m", |encoder| {
            (0..fields).for_each(|n| {
                encoder.key(n.to_string()).begin_list().i64(1).end_list();
            });
        });
        let marked = usize::from(fields > MAX_FIELDS);
        assert_eq!(record.fields.len(), MAX_FIELDS + marked);
        assert_eq!(record.get("@cut").is_some(), marked == 1);
    }
}

#[test]
fn a_long_key_is_cut_at_a_character() {
    let key = "ü".repeat(129);
    let record = encoded("m", |encoder| {
        encoder.key(&key).i64(1).key("m").begin_map().key(&key).i64(2).end_map();
    });
    let short = &record.fields[0].0;
    assert!(short.len() <= MAX_KEY_BYTES && short.ends_with("ü…"), "{short}");
    assert_eq!(record.fields[1].1, Value::Map(vec![(short.clone(), Value::I64(2))]));
}

#[test]
fn depth_nine_is_cut_and_what_follows_is_whole() {
    let record = encoded("m", |encoder| {
        encoder.key("deep");
        (0..40).for_each(|_| {
            encoder.begin_list();
        });
        encoder.i64(1);
        (0..40).for_each(|_| {
            encoder.end_list();
        });
        encoder.key("after").bool(true);
    });
    let mut expected = cut();
    (0..MAX_DEPTH)
        .for_each(|_| expected = Value::List(vec![std::mem::replace(&mut expected, Value::Null)]));
    assert_eq!(record.get("deep"), Some(&expected));
    assert_eq!(record.get("after"), Some(&Value::Bool(true)));
}

#[test]
fn a_list_and_a_map_that_do_not_fit_end_in_a_mark() {
    let record = encoded("m", |encoder| {
        encoder.key("list").begin_list();
        (0..100_000).for_each(|n| {
            encoder.i64(n);
        });
        encoder.end_list();
    });
    let Some(Value::List(items)) = record.get("list") else { panic!("no list") };
    assert!(items.len() > 29_000);
    assert_eq!(items.last(), Some(&cut()));

    let record = encoded("m", |encoder| {
        encoder.key("map").begin_map();
        (0..100_000).for_each(|n| {
            encoder.key(n.to_string()).i64(n);
        });
        encoder.end_map();
    });
    let Some(Value::Map(entries)) = record.get("map") else { panic!("no map") };
    assert_eq!(entries.last(), Some(&("@cut".into(), cut())));
}

#[test]
fn a_wrong_order_still_gives_a_well_formed_body() {
    let record = encoded("m", |encoder| {
        encoder.i64(1).key("no value").key("list").begin_list().key("ignored").i64(2);
        encoder.begin_map().key("open");
    });
    let map = Value::Map(vec![("open".into(), Value::Null)]);
    assert_eq!(
        record.fields,
        [
            ("".into(), Value::I64(1)),
            ("no value".into(), Value::Null),
            ("list".into(), Value::List(vec![Value::I64(2), map])),
        ]
    );
}

#[test]
fn bound_fields_are_added_whole_or_not_at_all() {
    let mut bound = Vec::new();
    let mut encoder = Encoder::bound(&mut bound);
    encoder.key("user").i64(1).key("tags").begin_list().str("a").end_list();
    let count = encoder.finish();
    let record = encoded("m", |encoder| {
        encoder.raw_fields(count, &bound).key("own").bool(true);
    });
    assert_eq!(record.fields.len(), 3);
    let record = encoded("m", |encoder| {
        (0..255).for_each(|n| {
            encoder.key(n.to_string()).null();
        });
        encoder.raw_fields(count, &bound);
    });
    assert_eq!(record.fields.len(), 256);
    assert!(record.get("user").is_none() && record.get("@cut").is_some());
}

#[derive(Clone, Debug)]
enum Call {
    Key(usize),
    Scalar,
    Text(usize),
    Bytes(usize),
    List,
    Map,
    End,
    LeftOut,
}

proptest! {
    #[test]
    fn any_order_of_calls_gives_a_body_that_keeps_to_the_limits(
        calls in vec(
            prop_oneof![
                4 => (0usize..400).prop_map(Call::Key),
                4 => Just(Call::Scalar),
                2 => (0usize..60_000).prop_map(Call::Text),
                1 => (0usize..60_000).prop_map(Call::Bytes),
                3 => Just(Call::List),
                3 => Just(Call::Map),
                2 => Just(Call::End),
                1 => Just(Call::LeftOut),
            ],
            0..400,
        ),
        message in 0usize..400_000,
    ) {
        encoded(&"m".repeat(message), |encoder| {
            for call in &calls {
                match call {
                    Call::Key(length) => encoder.key("k".repeat(*length)),
                    Call::Scalar => encoder.u64(1),
                    Call::Text(length) => encoder.str("é".repeat(*length)),
                    Call::Bytes(length) => encoder.bytes(&vec![1; *length]),
                    Call::List => encoder.begin_list(),
                    Call::Map => encoder.begin_map(),
                    Call::End => encoder.end_map(),
                    Call::LeftOut => encoder.left_out(),
                };
            }
        });
    }
}
