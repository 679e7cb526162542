//! Opens a station: the journal where it was asked for, or in memory where the disk cannot be used. Starts nothing.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dlogs_journal::{Journal, Medium, OpenError, Opened, Place, Settings, Wake};
use dlogs_record::Redact;

use super::{Card, MakeTransport, Parts, Station};
use crate::events::{Event, Ring};
use crate::keeper::Bell;
use crate::options::{Durability, JournalChoice, OptionError, Options};

impl Station {
    pub(crate) fn open(
        options: Arc<Options>,
        make_transport: MakeTransport,
    ) -> Result<Arc<Station>, OptionError> {
        let card = Card::of_this_process(&options);
        let bell = Arc::new(Bell::default());
        let (opened, fallback) = open_journal(&options, &card, &bell)?;
        let events = Ring::default();
        if let Some(why) = &fallback {
            events.push(Event::Alert { reason: "journal", message: why.clone() });
        }
        Ok(Arc::new(Station {
            redact: Redact::new(&options.redact_keys),
            redacts: !options.redact_keys.is_empty(),
            options,
            journal: opened.journal,
            doorbell: crate::doorbell::Doorbell::default(),
            keeper_bell: bell,
            progress: crate::progress::Progress::default(),
            events,
            card,
            make_transport,
            started: AtomicBool::new(false),
            parts: Mutex::new(Some(Parts { reader: opened.reader, keeper: opened.keeper })),
            requests: Mutex::default(),
            tally: Mutex::default(),
            fallback,
        }))
    }
}

/// The journal, and why it is not where it was meant to be.
fn open_journal(
    options: &Options,
    card: &Card,
    bell: &Arc<Bell>,
) -> Result<(Opened, Option<String>), OptionError> {
    let settings = |place| Settings {
        place,
        label: card.label(),
        max_bytes: options.journal_max_bytes,
        memory_max_bytes: options.memory_max_bytes,
        max_age: Duration::from_secs(options.journal_max_age_days * 24 * 60 * 60),
        sync_every: (options.durability == Durability::Disk).then_some(Duration::from_secs(1)),
        // The largest record fits into the first segment, so that no first record is refused for its size.
        first_segment_bytes: 512 << 10,
        wake_keeper: Some(waker(bell)),
        ..Settings::default()
    };
    let shown = root(options).map_or_else(String::new, |root| root.display().to_string());
    let unusable = |error: &OpenError| {
        OptionError::unusable("journal_dir", &shown, &format!("cannot be used: {error}"))
    };
    let fallback = match (options.journal, root(options)) {
        (JournalChoice::Memory, _) => None,
        (choice, Some(root)) => {
            match Journal::open(settings(Place::Disk { root: root.join(folder(options)) })) {
                Ok(opened) => return Ok((opened, None)),
                Err(error) if choice == JournalChoice::Disk => return Err(unusable(&error)),
                Err(error) => Some(format!("records wait in memory only: {error}")),
            }
        }
        (JournalChoice::Disk, None) => {
            return Err(OptionError::unusable("journal", "disk", &no_home()));
        }
        (JournalChoice::Auto, None) => Some(format!("records wait in memory only: {}", no_home())),
    };
    let opened = Journal::open(settings(Place::Memory)).map_err(|error| unusable(&error))?;
    Ok((opened, fallback))
}

fn waker(bell: &Arc<Bell>) -> Wake {
    let bell = Arc::clone(bell);
    Arc::new(move || bell.ring())
}

/// The variable that names a folder of the user's alone, and where the journals lie in there.
const HOME: (&str, &str) =
    if cfg!(windows) { ("LOCALAPPDATA", r"dlogs\state") } else { ("HOME", ".local/state/dlogs") };

fn no_home() -> String {
    let (home, _) = HOME;
    format!("neither journal_dir, XDG_STATE_HOME nor {home} names a directory; set journal_dir")
}

/// `journal_dir`, else `$XDG_STATE_HOME/dlogs`, else `~/.local/state/dlogs`, on Windows `%LOCALAPPDATA%\dlogs\state`.
pub(crate) fn root(options: &Options) -> Option<PathBuf> {
    let named =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    options
        .journal_dir
        .clone()
        .or_else(|| named("XDG_STATE_HOME").map(|home| home.join("dlogs")))
        .or_else(|| named(HOME.0).map(|home| home.join(HOME.1)))
}

/// `<service>-<hash of the endpoint>`: streams are shipped to where they were meant to go, by whoever adopts them.
fn folder(options: &Options) -> String {
    let service: String = options
        .service_name
        .chars()
        .take(48)
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' })
        .collect();
    // FNV-1a, 64 bits: a name, not a secret, and the same in every version.
    let hash = format!("{}\n{}", options.service_name, options.endpoint)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{service}-{hash:016x}")
}

/// Where refused records are put aside: beside the streams. `None` in memory, and there they are only counted.
pub(crate) fn set_aside_folder_of(station: &Station) -> Option<PathBuf> {
    if station.journal.medium() == Medium::Memory {
        return None;
    }
    Some(root(&station.options)?.join(folder(&station.options)).join("set_aside"))
}
