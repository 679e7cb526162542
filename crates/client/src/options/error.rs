//! What is wrong with an option: its name, the value, what is allowed, and where the value came from.

use std::fmt;
use std::path::PathBuf;

use super::OptionSpec;

/// Where an option's value came from. Earlier ones win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Given in code.
    Explicit,
    /// An environment variable.
    Environment,
    /// The configuration file.
    File(PathBuf),
    /// The default of spec/options.toml.
    Default,
}

/// A client that cannot be built, in one sentence that says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionError {
    sentence: String,
}

impl OptionError {
    /// `batch_size = "many" (from DLOGS_BATCH_SIZE): must be a whole number of records from 1 to 10000`.
    pub(super) fn bad_value(
        spec: &OptionSpec,
        value: &str,
        allowed: &str,
        source: &Source,
    ) -> OptionError {
        let shown = if spec.secret { "…" } else { value };
        let origin = match source {
            Source::Explicit => "given explicitly".to_owned(),
            Source::Environment => format!("from the environment variable {}", spec.env),
            Source::File(path) => format!("from the file {}", path.display()),
            Source::Default => "the default".to_owned(),
        };
        OptionError { sentence: format!("{} = {shown} ({origin}): must be {allowed}", spec.name) }
    }

    pub(super) fn unknown(name: &str, similar: Option<&str>, source: &Source) -> OptionError {
        let hint = similar.map_or_else(
            || "spec/options.toml lists all of them".to_owned(),
            |similar| format!("did you mean `{similar}`?"),
        );
        OptionError {
            sentence: format!("{} has an unknown option `{name}`: {hint}", source.named()),
        }
    }

    pub(super) fn unreadable(source: &Source, what: &str) -> OptionError {
        OptionError { sentence: format!("{} {what}", source.named()) }
    }

    /// An error that only shows when the options are used: a directory, a certificate.
    pub(crate) fn unusable(name: &str, value: &str, what: &str) -> OptionError {
        OptionError { sentence: format!("{name} = {value}: {what}") }
    }
}

impl Source {
    fn named(&self) -> String {
        match self {
            Source::Explicit => "the configuration".to_owned(),
            Source::Environment => "the environment".to_owned(),
            Source::File(path) => format!("the configuration file {}", path.display()),
            Source::Default => "the list of defaults".to_owned(),
        }
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for OptionError {}
