//! One line of a stream as our record.

use dlogs_record::json::{BadObject, Incoming};

use super::labels::Labels;
use crate::ingest::document::{Document, Entries};
use crate::ingest::gather::{Gather, RECORD_MAX_BYTES, too_long};
use crate::refusal::Refusal;

/// Labels that name the service where no `service_name` does; Loki looks for it under the same ones.
const SERVICES: &[&str] = &[
    "app",
    "application",
    "app_name",
    "name",
    "app_kubernetes_io_name",
    "container",
    "container_name",
    "k8s_container_name",
    "workload",
    "job",
    "k8s_job_name",
];

/// A line with its time and its structured metadata.
pub(super) struct Line<'a> {
    pub(super) time_ns: Option<i64>,
    pub(super) text: &'a str,
    pub(super) metadata: Labels,
}

/// Takes a line in.
pub(super) fn put(
    gather: &mut Gather,
    labels: &Labels,
    line: Result<Line<'_>, BadObject>,
    scratch: &mut Vec<u8>,
) -> Result<(), Refusal> {
    gather.check_count()?;
    scratch.clear();
    let text = line.as_ref().map_or("", |line| line.text);
    match line.and_then(|line| translate(labels, line, scratch)) {
        Err(bad) => gather.reject(&bad, 0, text.as_bytes()),
        Ok(mut incoming) => {
            let origin = gather.origins.of(&mut incoming)?;
            // What is wrong with its time is told in the answer.
            let _ = gather.take(incoming.time_ns, incoming.level, origin, scratch);
        }
    }
    Ok(())
}

fn translate(labels: &Labels, line: Line<'_>, out: &mut Vec<u8>) -> Result<Incoming, BadObject> {
    if line.text.len() > RECORD_MAX_BYTES {
        return Err(too_long(line.text.len()));
    }
    let mut document = Document::at(line.time_ns);
    let named = labels.iter().any(|(name, _)| name == "service_name" || name == "service");
    let service = SERVICES.iter().find(|&&known| labels.iter().any(|(name, _)| name == known));
    let service = service.filter(|_| !named);
    for (name, value) in labels {
        let name = if service.is_some_and(|known| known == name) { "service_name" } else { name };
        document.put_text(name, value);
    }
    line.metadata.iter().for_each(|(name, value)| document.put_text(name, value));
    match structured(line.text) {
        Some(entries) => document.open(entries)?,
        None => document.put_text("message", line.text),
    }
    document.write(out)
}

/// A line that is a JSON object with a message is taken apart, as structured loggers mean it; any other stays whole.
fn structured(text: &str) -> Option<Entries<'_>> {
    let entries = text.trim_start().starts_with('{').then(|| Entries::of(text).ok())??;
    let message = |(key, value): &(String, &serde_json::value::RawValue)| {
        matches!(key.as_str(), "message" | "msg") && value.get().starts_with('"')
    };
    entries.0.iter().any(message).then_some(entries)
}
