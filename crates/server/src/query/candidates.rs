//! Rows of a part that a filter may find, told from few columns. Never leaves out one that matches.

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampNanosecondType};
use arrow_array::{Array, RecordBatch, StringArray};
use dlogs_record::Level;
use regex::bytes::Regex;

use super::filter::Filter;
use super::term::{Term, Test};
use crate::parts::{Column, Corrupt, Loaded};

/// Where words and values may stand.
const TEXTS: [Column; 10] = [
    Column::Message,
    Column::Metadata,
    Column::TraceId,
    Column::SpanId,
    Column::Event,
    Column::Logger,
    Column::Thread,
    Column::ErrorType,
    Column::ErrorMessage,
    Column::ErrorStack,
];

/// Places of rows, ascending, that are not newer than `newest_ns`.
pub(super) fn candidates(
    filter: &Filter,
    newest_ns: i64,
    group: &Loaded,
) -> Result<Vec<usize>, Corrupt> {
    let times = group.columns(&[Column::TimeNs])?;
    let times = times.column(0).as_primitive_opt::<TimestampNanosecondType>();
    let times = times.ok_or_else(|| Corrupt("the times are not times".into()))?.values();
    // Rows ascend in time.
    let from = times.partition_point(|&time_ns| time_ns < filter.from_ns);
    let to = times.partition_point(|&time_ns| time_ns <= newest_ns.min(filter.to_ns));
    let mut wanted = vec![false; times.len()];
    wanted.get_mut(from..to).unwrap_or_default().fill(true);
    for term in filter.terms() {
        if !wanted.contains(&true) {
            break;
        }
        match (&term.test, name_column(&term.test)) {
            (_, Some(column)) => {
                keep_names(term, &group.columns(&[column])?, &mut wanted)?;
            }
            (_, None) if !term.negated => {
                if let Some(text) = &term.hint.text {
                    keep_texts(text, group, &mut wanted)?;
                }
            }
            _ => {}
        }
    }
    let places = wanted.iter().enumerate().filter(|(_, wanted)| **wanted);
    Ok(places.map(|(place, _)| place).collect())
}

/// True when candidates are exactly the rows that match: names and times decide alone.
pub(super) fn decides(filter: &Filter) -> bool {
    filter.terms().iter().all(|term| name_column(&term.test).is_some())
}

fn name_column(test: &Test) -> Option<Column> {
    match test {
        Test::Levels(_) => Some(Column::Level),
        Test::Field { name, .. } => match name.as_str() {
            "service" => Some(Column::Service),
            "language" => Some(Column::Language),
            "component" => Some(Column::Component),
            "environment" => Some(Column::Environment),
            "host" => Some(Column::Host),
            _ => None,
        },
        _ => None,
    }
}

/// Each different name is tested once.
fn keep_names(term: &Term, column: &RecordBatch, wanted: &mut [bool]) -> Result<(), Corrupt> {
    let bad = || Corrupt("a column of names is not one".into());
    let names = column.column(0).as_dictionary_opt::<Int32Type>().ok_or_else(bad)?;
    let texts: &StringArray = names.values().as_string_opt().ok_or_else(bad)?;
    let holds = |text: &str| match &term.test {
        Test::Levels(levels) => text.parse::<Level>().is_ok_and(|level| levels[level as usize]),
        Test::Field { pattern, .. } => pattern.is_match(text.as_bytes()),
        _ => true,
    };
    let known: Vec<bool> = texts.iter().map(|text| text.is_some_and(holds)).collect();
    for (place, wanted) in wanted.iter_mut().enumerate() {
        let held = names.is_valid(place)
            && known.get(names.keys().value(place) as usize).copied().unwrap_or(false);
        *wanted &= held != term.negated;
    }
    Ok(())
}

/// Keeps the rows in one of whose texts the pattern is found, and those that keep a body apart.
fn keep_texts(text: &Regex, group: &Loaded, wanted: &mut [bool]) -> Result<(), Corrupt> {
    let mut found = vec![false; wanted.len()];
    let bodies = group.columns(&[Column::Body])?;
    let bodies = bodies.column(0);
    found.iter_mut().enumerate().for_each(|(place, found)| *found = bodies.is_valid(place));
    for column in TEXTS {
        for rows in group.sift(column, |texts| text.is_match(texts))? {
            let batch = group.column_at(column, &rows)?;
            let texts: &StringArray =
                batch.column(0).as_string_opt().ok_or_else(|| Corrupt("a text is none".into()))?;
            let wanted = wanted.get(rows.clone()).unwrap_or_default();
            let found = found.get_mut(rows).unwrap_or_default();
            let places = found.iter_mut().zip(wanted).enumerate();
            for (place, (found, _)) in places.filter(|(_, (_, wanted))| **wanted) {
                *found = *found
                    || (texts.is_valid(place) && text.is_match(texts.value(place).as_bytes()));
            }
        }
    }
    wanted.iter_mut().zip(found).for_each(|(wanted, found)| *wanted &= found);
    Ok(())
}
