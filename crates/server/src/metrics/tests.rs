use std::collections::HashSet;

use super::*;
use crate::client_block::ClientBlock;
use crate::live::Timing;
use crate::observe::Observer;

#[test]
fn every_line_is_prometheus_text() {
    let rooms = Rooms::new(Timing::default()).unwrap();
    rooms.stats.rejected(&ClientBlock::default(), "too_old", 3);
    let text = text(&rooms);
    let mut typed = HashSet::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            assert!(typed.insert(rest.split(' ').next().unwrap().to_owned()), "{line} comes twice");
            continue;
        }
        if line.starts_with("# HELP ") {
            continue;
        }
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(value.parse::<f64>().is_ok(), "{line}");
        let name = name.split('{').next().unwrap();
        let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
        let known = typed.contains(name) || family.is_some_and(|family| typed.contains(family));
        assert!(known, "{line} has no TYPE before it");
    }
    assert!(text.contains("dlogs_records_rejected_total{reason=\"too_old\"} 3\n"), "{text}");
    assert!(text.contains("dlogs_ingest_delay_seconds_bucket{le=\"+Inf\"} 0\n"));
}

#[test]
fn labels_from_data_cannot_forge_a_line() {
    let mut page = Page::default();
    page.sample("m", &[("language", "a\"} 1\nforged{x=\"\\")], 2);
    assert_eq!(page.text, "m{language=\"a\\\"} 1\\nforged{x=\\\"\\\\\"} 2\n");
}
