use std::fmt;
use std::str::FromStr;

use crate::generated::levels::SYNONYMS;

/// How much a record matters. The numbers are the wire's; the order is the natural one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// Steps of an algorithm, for its author.
    Trace = 0,
    /// For whoever looks for a defect.
    Debug = 1,
    /// The normal course of things.
    Info = 2,
    /// Something that should be looked at, and did no harm yet.
    Warning = 3,
    /// Something failed.
    Error = 4,
    /// The program or a vital part of it cannot go on.
    Critical = 5,
}

impl Level {
    /// All levels, lowest first: the index is the number.
    pub const ALL: [Level; 6] =
        [Level::Trace, Level::Debug, Level::Info, Level::Warning, Level::Error, Level::Critical];

    /// The name in capitals, as rows and JSON show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Trace => "TRACE",
            Level::Debug => "DEBUG",
            Level::Info => "INFO",
            Level::Warning => "WARNING",
            Level::Error => "ERROR",
            Level::Critical => "CRITICAL",
        }
    }

    /// The level with this wire number, if there is one.
    pub const fn from_u8(number: u8) -> Option<Level> {
        match number {
            0 => Some(Level::Trace),
            1 => Some(Level::Debug),
            2 => Some(Level::Info),
            3 => Some(Level::Warning),
            4 => Some(Level::Error),
            5 => Some(Level::Critical),
            _ => None,
        }
    }

    /// True from WARNING up: such records may use the reserved tenth of the journal.
    pub const fn is_important(self) -> bool {
        self as u8 >= Level::Warning as u8
    }

    /// The level that a host's number stands for: the entry with the greatest number that is not above it.
    ///
    /// `map` is one of the tables in [`crate::hosts`], sorted by number. Below the first entry the first one counts.
    pub fn from_host(map: &[(i64, Level)], number: i64) -> Level {
        let above = map.partition_point(|(from, _)| *from <= number);
        map.get(above.saturating_sub(1)).map_or(Level::Info, |(_, level)| *level)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that names no level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLevel(String);

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown level {:?}: use trace, debug, info, warning, error, critical, or a number from 0 to 5",
            self.0
        )
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    /// Accepts names in any case, the synonyms of `spec/levels.toml`, and the numbers 0 to 5.
    fn from_str(text: &str) -> Result<Level, UnknownLevel> {
        let name = text.trim();
        SYNONYMS
            .iter()
            .find(|(synonym, _)| synonym.eq_ignore_ascii_case(name))
            .map(|(_, level)| *level)
            .or_else(|| name.parse().ok().and_then(Level::from_u8))
            .ok_or_else(|| UnknownLevel(name.chars().take(40).collect()))
    }
}
