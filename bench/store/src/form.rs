//! How the records travel: as our client sends them, or as lines of JSON, which the peers take. It sends nothing.

use clap::ValueEnum;

use crate::record::Records;
use crate::{batch, json};

/// The form of a request's body.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// Native batches, which our server answers with what it has on disk
    Native,
    /// Lines of JSON; any answer of success means that they were taken
    Lines,
}

impl Form {
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Native => "application/vnd.dlogs.batch",
            Self::Lines => "application/x-ndjson",
        }
    }

    /// Some records of one process, by their sequence numbers, not compressed.
    pub(crate) fn body(self, records: &Records, process: usize, first: u64, last: u64) -> Vec<u8> {
        match self {
            Self::Native => batch::native(records, process, first, last),
            Self::Lines => {
                let mut lines = Vec::new();
                for seq in first..=last {
                    json::line(&records.get(records.schedule.record(process, seq)), &mut lines);
                }
                lines
            }
        }
    }

    /// Does a successful answer say that all of them were taken?
    pub(crate) fn took(self, answer: &str, records: u64) -> bool {
        match self {
            Self::Native => {
                let told: serde_json::Value = serde_json::from_str(answer).unwrap_or_default();
                told["accepted"].as_u64() == Some(records)
            }
            Self::Lines => true,
        }
    }
}
