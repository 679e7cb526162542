//! `ExportLogsServiceRequest`: resources, scopes, records, walked without holding more than one record.

use dlogs_record::Rejected;
use dlogs_record::json::BadObject;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::record::{LogRecord, Scope};
use super::spelling::Attributes;
use super::value::{pair, repeated};
use super::{resource, translate};
use crate::client_block::ClientBlock;
use crate::ingest::HEADER_MAX_BYTES;
use crate::ingest::gather::{Gather, RECORD_MAX_BYTES, too_long};
use crate::ingest::proto::{Broken, Field, Fields};
use crate::ingest::shapes::{Records, refuse};
use crate::refusal::Refusal;

/// Takes the records of a protobuf request.
pub(super) fn from_proto(request: &[u8], gather: &mut Gather) -> Result<(), Refusal> {
    let mut scratch = Vec::new();
    for message in repeated(request, 1) {
        let message = message.map_err(broken)?;
        let who = block(last(message, 1).map_err(broken)?)?;
        let origin = gather.origins.add(who)?;
        for scope_logs in repeated(message, 2) {
            let scope_logs = scope_logs.map_err(broken)?;
            let scope = last(scope_logs, 1).map_err(broken)?;
            check_length(scope.len())?;
            let scope = Scope::from_proto(scope).map_err(broken)?;
            for record in repeated(scope_logs, 2) {
                let bytes = record.map_err(broken)?;
                let read = match bytes.len() > RECORD_MAX_BYTES {
                    true => Err(too_long(bytes.len())),
                    false => LogRecord::from_proto(bytes).map_err(|_| malformed("not protobuf")),
                };
                put(gather, read, &scope, origin, &mut scratch)?;
            }
        }
    }
    Ok(())
}

/// Takes the records of a JSON request.
pub(super) fn from_json(text: &str, gather: &mut Gather) -> Result<(), Refusal> {
    let request: Request<'_> = serde_json::from_str(text).map_err(refuse)?;
    let mut scratch = Vec::new();
    for message in request.resource_logs.iter().flat_map(|list| &list.0) {
        let logs: ResourceLogs<'_> = serde_json::from_str(message).map_err(refuse)?;
        let attributes = match logs.resource {
            None => Attributes::default(),
            Some(resource) => {
                check_length(resource.get().len())?;
                let read = serde_json::from_str(resource.get());
                read.map(|Resource { attributes }| attributes).map_err(refuse)?
            }
        };
        let origin = gather.origins.add(resource::block(&attributes.0))?;
        for message in logs.scope_logs.iter().flat_map(|list| &list.0) {
            let logs: ScopeLogs<'_> = serde_json::from_str(message).map_err(refuse)?;
            let scope = logs.scope.map_or("{}", RawValue::get);
            check_length(scope.len())?;
            let scope = Scope::from_json(scope).map_err(refuse)?;
            for text in logs.log_records.iter().flat_map(|list| &list.0) {
                let read = match text.len() > RECORD_MAX_BYTES {
                    true => Err(too_long(text.len())),
                    false => LogRecord::from_json(text)
                        .map_err(|error| malformed(&format!("not a LogRecord of OTLP ({error})"))),
                };
                put(gather, read, &scope, origin, &mut scratch)?;
            }
        }
    }
    Ok(())
}

fn put(
    gather: &mut Gather,
    read: Result<LogRecord<'_>, BadObject>,
    scope: &Scope<'_>,
    origin: u16,
    scratch: &mut Vec<u8>,
) -> Result<(), Refusal> {
    gather.check_count()?;
    match read {
        Err(bad) => gather.reject(&bad, origin, b""),
        Ok(record) => {
            scratch.clear();
            let (time_ns, level) = translate::write(&record, scope, scratch);
            // What is wrong with its time is told in the answer.
            let _ = gather.take(time_ns, level, origin, scratch);
        }
    }
    Ok(())
}

/// The block of a resource in protobuf.
fn block(message: &[u8]) -> Result<ClientBlock, Refusal> {
    check_length(message.len())?;
    let attributes = repeated(message, 1).map(|attribute| pair(attribute?, 0));
    let attributes = attributes.collect::<Result<Vec<_>, _>>().map_err(broken)?;
    Ok(resource::block(&attributes))
}

/// The last message with this number, or an empty one.
fn last(message: &[u8], number: u32) -> Result<&[u8], Broken> {
    Fields::of(message).try_fold(&[][..], |found, field| match field? {
        (at, Field::Bytes(bytes)) if at == number => Ok(bytes),
        _ => Ok(found),
    })
}

fn check_length(bytes: usize) -> Result<(), Refusal> {
    match bytes as u64 > HEADER_MAX_BYTES {
        false => Ok(()),
        true => Err(Refusal::too_large(
            "resource_too_large",
            format!("A resource or scope is {bytes} bytes long; {HEADER_MAX_BYTES} are the limit."),
            HEADER_MAX_BYTES,
        )),
    }
}

fn malformed(what: &str) -> BadObject {
    BadObject { reason: Rejected::Malformed, sentence: format!("the record is {what}") }
}

fn broken(_: Broken) -> Refusal {
    Refusal::bad(
        "protobuf",
        "The body is not an ExportLogsServiceRequest: its protobuf is cut, broken or nested more than 64 deep.",
    )
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(borrow, default)]
    resource_logs: Option<Records<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceLogs<'a> {
    #[serde(borrow, default)]
    resource: Option<&'a RawValue>,
    #[serde(borrow, default)]
    scope_logs: Option<Records<'a>>,
}

#[derive(Deserialize)]
struct Resource<'a> {
    #[serde(borrow, default)]
    attributes: Attributes<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScopeLogs<'a> {
    #[serde(borrow, default)]
    scope: Option<&'a RawValue>,
    #[serde(borrow, default)]
    log_records: Option<Records<'a>>,
}
