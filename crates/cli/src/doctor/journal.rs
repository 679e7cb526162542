//! Where records wait: opens a journal there as a client does, and takes it away again.

use std::fs;
use std::path::{Path, PathBuf};

use dlogs::Options;
use dlogs::options::JournalChoice;
use dlogs_journal::{Journal, Medium, Place, Settings};

use super::Finding::{Ill, Well};
use super::{Finding, Report};
use crate::failure::Failure;

/// The directory can be made and written, on what it lies, and whether a full journal would fit.
pub(super) fn check(options: &Options, report: &mut Report) -> Result<(), Failure> {
    if options.journal == JournalChoice::Memory {
        let seen = "in memory, as configured: what is not sent dies with the process";
        report.tell("journal", Well(seen.into()))?;
        return Ok(());
    }
    let Some(root) = options.journal_root() else {
        let cause = "Nothing names a directory for the journal".into();
        report
            .tell("journal", Ill { cause, cure: "Set journal_dir or DLOGS_JOURNAL_DIR".into() })?;
        return Ok(());
    };
    let opened = report.tell("journal", open(&root))?;
    if opened {
        report.tell("journal space", space(&root, options.journal_max_bytes))?;
    }
    Ok(())
}

/// The only true answer to "can a client write here" is to do what a client does.
fn open(root: &Path) -> Finding {
    let probe: PathBuf = root.join(format!("doctor-{}", std::process::id()));
    let settings = Settings { place: Place::Disk { root: probe.clone() }, ..Settings::default() };
    let opened = Journal::open(settings);
    let finding = match &opened {
        Ok(opened) => match opened.journal.medium() {
            Medium::Disk => Well(format!("{} can be written, on a disk", root.display())),
            Medium::Tmpfs => Well(format!(
                "{} can be written; it is memory (tmpfs): records survive the process, not the machine",
                root.display()
            )),
            Medium::Overlay => Well(format!(
                "{} can be written; it is a container's layer: records are gone with the container, a volume would keep them",
                root.display()
            )),
            Medium::Memory => Well("in memory: what is not sent dies with the process".into()),
        },
        Err(error) => Ill {
            cause: format!("No journal can be kept in {}: {error}", root.display()),
            cure: "Until then clients keep records in memory only, and lose them with the process"
                .into(),
        },
    };
    drop(opened);
    // Nothing was logged into it. What cannot be removed is swept by the next client as an empty stream.
    let _ = fs::remove_dir_all(&probe);
    finding
}

fn space(root: &Path, wanted_bytes: u64) -> Finding {
    let free_bytes = match fs4::available_space(root) {
        Ok(bytes) => bytes,
        Err(error) => {
            let cause = format!("The free space of {} cannot be told: {error}", root.display());
            return Ill { cause, cure: "Check the file system".into() };
        }
    };
    let (free, wanted) = (free_bytes >> 20, wanted_bytes >> 20);
    if free_bytes >= wanted_bytes {
        return Well(format!("{free} MiB free; a journal takes at most {wanted} MiB"));
    }
    Ill {
        cause: format!(
            "Only {free} MiB are free, and a journal may need {wanted} MiB in an outage"
        ),
        cure: "Make room, or lower journal_max_bytes so that the limit is known beforehand".into(),
    }
}
