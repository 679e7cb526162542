use super::plan;
use crate::batch::Summary;
use crate::parts::PartMeta;

fn part(name: &str, records: u64) -> PartMeta {
    let summary = Summary { records, ..Summary::default() };
    PartMeta { name: name.into(), summary, ..PartMeta::default() }
}

fn planned(parts: &[PartMeta]) -> Vec<String> {
    plan(&parts.iter().collect::<Vec<_>>())
}

#[test]
fn four_of_like_size_in_one_folder_are_merged() {
    let mut parts: Vec<PartMeta> = (0..3).map(|n| part(&format!("d1/w0-{n}"), 20)).collect();
    assert!(planned(&parts).is_empty(), "too few");
    parts.push(part("d2/w0-9", 20));
    assert!(planned(&parts).is_empty(), "another folder");
    parts.push(part("d1/w0-8", 5000));
    assert!(planned(&parts).is_empty(), "another size");
    parts.push(part("d1/w0-3", 31));
    assert_eq!(planned(&parts), ["d1/w0-0", "d1/w0-1", "d1/w0-2", "d1/w0-3"]);
}

#[test]
fn large_parts_stay_as_they_are() {
    let parts: Vec<PartMeta> = (0..8).map(|n| part(&format!("d1/w0-{n}"), 300_000)).collect();
    assert!(planned(&parts).is_empty());
    let parts: Vec<PartMeta> = (0..20).map(|n| part(&format!("d1/w0-{n}"), 150_000)).collect();
    assert_eq!(planned(&parts).len(), 6);
    let parts: Vec<PartMeta> = (0..20).map(|n| part(&format!("d1/w0-{n:02}"), 1)).collect();
    assert_eq!(planned(&parts).len(), 8);
}
