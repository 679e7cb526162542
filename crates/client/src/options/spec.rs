//! What one option is: the shape of a row in the generated table.

/// A row of `spec/options.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionSpec {
    /// The name in configuration files, in JSON and, spelled natively, in every language.
    pub name: &'static str,
    /// The environment variable.
    pub env: &'static str,
    /// Type and range.
    pub kind: OptionKind,
    /// The unit of a count, otherwise empty.
    pub unit: &'static str,
    /// The default, as it would be written in the environment.
    pub default: &'static str,
    /// A secret's value is never shown, not even in the error about it.
    pub secret: bool,
    /// One sentence: what the option does.
    pub text: &'static str,
}

/// The type of an option's value, and what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// Text of at most so many bytes.
    Text {
        /// Largest length in bytes.
        max: u64,
    },
    /// A whole number.
    Count {
        /// Smallest allowed value.
        min: u64,
        /// Largest allowed value.
        max: u64,
    },
    /// One word out of a list.
    Choice(&'static [&'static str]),
    /// An `http://` or `https://` address.
    Url,
    /// A file or a folder; empty means none.
    Path,
    /// A level's name or number.
    Level,
    /// A list of texts.
    List,
    /// Names to JSON values.
    Map {
        /// Largest size in bytes, as JSON.
        max: u64,
    },
}
