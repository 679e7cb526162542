//! Who speaks to the core: the language, the version of its library, the version of its runtime, and what that calls the program.

use serde_json::{Map, Value};

use super::{OptionError, Source};

/// The library in front of the core, as the server and the page show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sdk {
    /// The language's name in lower case: `rust`, `python`, `java`.
    pub language: String,
    /// The library's version.
    pub version: String,
    /// The version of the language's runtime; empty where there is none.
    pub runtime: String,
    /// What the runtime calls its program, for services without a name; empty where the process's own file says it.
    pub program: String,
}

impl Default for Sdk {
    fn default() -> Sdk {
        Sdk {
            language: "rust".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            runtime: String::new(),
            program: String::new(),
        }
    }
}

impl Sdk {
    /// Takes the key `sdk` out of a configuration in JSON, where bindings put it.
    pub(super) fn taken_from(
        explicit: &mut Map<String, Value>,
    ) -> Result<Option<Sdk>, OptionError> {
        let Some(value) = explicit.remove("sdk") else {
            return Ok(None);
        };
        let Value::Object(parts) = value else {
            return Err(OptionError::unreadable(
                &Source::Explicit,
                "has a key `sdk` that is not an object of language, version, runtime and program",
            ));
        };
        let text = |key: &str, otherwise: &str| {
            let given = parts.get(key).and_then(Value::as_str).unwrap_or(otherwise);
            given.chars().take(64).collect::<String>()
        };
        let own = Sdk::default();
        Ok(Some(Sdk {
            language: text("language", &own.language),
            version: text("version", &own.version),
            runtime: text("runtime", ""),
            program: text("program", ""),
        }))
    }
}
