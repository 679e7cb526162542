use std::collections::HashSet;

use dlogs_record::{Record as Decoded, decode};
use dlogs_testkit::batch::Batch;

use crate::process::PROCESSES;
use crate::record::{RARE_RECORDS, RARE_WORD, Records};
use crate::schedule::Schedule;
use crate::template::TEMPLATES;
use crate::values::Value;
use crate::{batch, json, values};

const START_S: i64 = 1_795_300_000;

#[test]
fn shares_are_complete() {
    assert_eq!(PROCESSES.iter().map(|process| process.share).sum::<u64>(), 64);
    assert_eq!(TEMPLATES.iter().map(|template| template.share).sum::<usize>(), 1000);
    let sorted = PROCESSES.windows(2).all(|pair| pair[0].share >= pair[1].share);
    assert!(sorted, "the busiest process is placed first");
}

#[test]
fn every_record_has_one_writer_and_one_number() {
    let schedule = Schedule::new();
    let mut next = [1; PROCESSES.len()];
    for number in 0..1000 {
        let (process, seq) = schedule.writer(number);
        assert_eq!(seq, next[process], "numbers ascend without holes");
        assert_eq!(schedule.record(process, seq), number);
        next[process] += 1;
        assert_eq!(schedule.count(process, number + 1), seq);
    }
}

#[test]
fn every_key_has_a_value() {
    let mut dice = crate::dice::Dice::of(1);
    for template in &TEMPLATES {
        for key in template.inside.iter().chain(template.fields) {
            assert!(!matches!(values::of(key, &mut dice), Value::Name("?")), "{key}");
        }
        for key in template.message.split(['{', '}']).skip(1).step_by(2) {
            assert!(template.inside.contains(&key), "{key} of {:?}", template.message);
        }
    }
}

#[test]
fn records_are_many_sided_and_always_the_same() {
    let (records, again) = (Records::new(20_000, START_S), Records::new(20_000, START_S));
    let (mut traces, mut levels, mut users) = (HashSet::new(), HashSet::new(), Vec::new());
    let (mut traced, mut rare, mut last_ns) = (0, 0, 0);
    for number in 0..20_000 {
        let record = records.get(number);
        let (mut line, mut same) = (Vec::new(), Vec::new());
        json::line(&record, &mut line);
        json::line(&again.get(number), &mut same);
        assert_eq!(line, same);
        assert!(record.time_ns > last_ns, "ascending");
        last_ns = record.time_ns;
        levels.insert(record.template.level);
        rare += u64::from(record.message.contains(RARE_WORD));
        if let Some(trace) = record.trace_id {
            assert_eq!(trace.len(), 32);
            traces.insert(trace);
            traced += 1;
        }
        users.extend(record.fields.iter().filter_map(|(key, value)| match value {
            Value::Int(user) if *key == "user_id" => Some(*user),
            _ => None,
        }));
    }
    assert_eq!((rare, levels.len(), traces.len()), (RARE_RECORDS, 5, traced));
    let distinct: HashSet<i64> = users.iter().copied().collect();
    assert!(distinct.len() * 4 < users.len() * 3, "few users are busy");
    assert!(distinct.len() * 4 > users.len(), "many are not");
}

#[test]
fn batches_keep_to_the_wire_and_say_what_the_lines_say() {
    let records = Records::new(5000, START_S);
    let read = Batch::read(&batch::native(&records, 3, 1, 200)).expect("a batch");
    assert_eq!(read.violations, Vec::<String>::new());
    assert_eq!(read.header["client"]["service"], "orders");
    assert_eq!(read.frames.len(), 200);
    for frame in &read.frames {
        let record = records.get(records.schedule.record(3, frame.seq));
        let Decoded { level, message, fields, .. } = decode(&frame.body).expect("a record");
        assert_eq!((level, &message), (record.template.level, &record.message));
        assert_eq!((frame.time_ns, frame.important), (record.time_ns as u64, level.is_important()));
        let mut line = Vec::new();
        json::line(&record, &mut line);
        let line: serde_json::Value = serde_json::from_slice(&line).expect("JSON");
        assert_eq!(line["message"], message);
        let own = fields.iter().filter(|(key, _)| !key.starts_with('@'));
        for (key, value) in own {
            let told = match value {
                dlogs_record::Value::I64(number) => (*number).into(),
                dlogs_record::Value::F64(number) => (*number).into(),
                dlogs_record::Value::Bool(truth) => (*truth).into(),
                dlogs_record::Value::Str(text) => text.as_str().into(),
                other => panic!("{other:?}"),
            };
            let told: serde_json::Value = told;
            assert_eq!(line[key], told, "{key}");
        }
    }
}
