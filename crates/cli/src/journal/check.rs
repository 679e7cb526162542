//! Checks a stream's segments, one line each.

use std::path::Path;

use dlogs_journal::inspect::{self, Entry, SegmentView, Verdict};
use dlogs_journal::{LossReason, RefusedReason};
use serde_json::{Value, json};

use crate::escape;
use crate::failure::Failure;
use crate::terminal::{GREEN, RED, Terminal};

/// Checks every segment of a stream and tells each; returns how many are damaged.
pub(super) fn check(dir: &Path, as_json: bool, terminal: &Terminal) -> Result<usize, Failure> {
    let unreadable = |error| Failure::problem(format!("{}: {error}.", dir.display()));
    let mut damaged = 0;
    for segment in inspect::stream(dir).map_err(unreadable)? {
        let found = Found::of(&segment);
        damaged += usize::from(found.damage.is_some());
        if as_json {
            terminal.json(&found.json(&segment).to_string())?;
        } else {
            terminal.line(&found.line(&segment, terminal))?;
        }
    }
    Ok(damaged)
}

/// What is in a segment.
#[derive(Default)]
struct Found {
    frames: u64,
    torn: u64,
    corrupt: u64,
    damage: Option<String>,
}

impl Found {
    fn of(segment: &SegmentView) -> Self {
        let mut found = Self::default();
        for entry in segment.entries() {
            match entry {
                Entry::Frame { .. } => found.frames += 1,
                Entry::Gap { from, to, reason: LossReason::Corrupt, .. } => {
                    found.corrupt += to - from + 1;
                }
                Entry::Gap { from, to, .. } => found.torn += to - from + 1,
            }
        }
        found.damage = match segment.verdict {
            Verdict::Bad(why) => Some(why.to_owned()),
            Verdict::Version(version) => Some(format!(
                "its version {version} is not known to this program; a newer one reads it"
            )),
            _ if found.corrupt > 0 => Some(format!("{} records are damaged", found.corrupt)),
            _ => None,
        };
        found
    }

    fn line(&self, segment: &SegmentView, terminal: &Terminal) -> String {
        let path = segment.path.display().to_string();
        let path = escape::for_terminal(&path);
        if let Some(damage) = &self.damage {
            return format!("{} {path}  {damage}", terminal.paint(RED, "✗"));
        }
        let mark = terminal.paint(GREEN, "✓");
        let state = match segment.verdict {
            Verdict::Unused => return format!("{mark} {path}  prepared, never used"),
            Verdict::Expired => return format!("{mark} {path}  given up for its age"),
            _ if segment.ended => "closed in good order",
            _ if segment.sealed => "full",
            _ => "open",
        };
        let torn = if self.torn > 0 { format!(", {} torn", self.torn) } else { String::new() };
        format!(
            "{mark} {path}  {} records from number {}{torn}; acknowledged through {}; {state}",
            self.frames, segment.first_seq, segment.released
        )
    }

    fn json(&self, segment: &SegmentView) -> Value {
        let verdict = match segment.verdict {
            Verdict::Good => "good",
            Verdict::Unused => "unused",
            Verdict::Expired => "expired",
            Verdict::Version(_) => "version",
            Verdict::Bad(_) => "bad",
        };
        let refused = RefusedReason::ALL.iter().zip(segment.refused);
        let refused: serde_json::Map<_, _> =
            refused.map(|(reason, n)| (reason.name().to_owned(), n.into())).collect();
        json!({
            "path": segment.path.display().to_string(), "verdict": verdict, "damage": self.damage,
            "stream": segment.stream.to_string(), "segment": segment.number, "first_seq": segment.first_seq,
            "records": self.frames, "torn": self.torn, "corrupt": self.corrupt, "reserved": segment.reserved,
            "released": segment.released, "sealed": segment.sealed, "ended": segment.ended,
            "created_ms": segment.created_ms, "owner_pid": segment.owner_pid, "refused": refused,
        })
    }
}
