//! The command lines of the testkit's programs: `--name value` pairs, nothing else.

use std::collections::BTreeMap;
use std::str::FromStr;

/// What was said, and what the program takes.
pub struct Arguments {
    given: BTreeMap<String, String>,
    usage: &'static str,
}

impl Arguments {
    /// Reads the process's own. `usage` names every `--name` that is known; any other is an error.
    pub fn read(usage: &'static str) -> Result<Self, String> {
        let mut given = BTreeMap::new();
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let known = usage.split([' ', '[', ']', '\n']).any(|name| name == word);
            let Some(name) = word.strip_prefix("--").filter(|_| known) else {
                return Err(format!("{word} is not known\n{usage}"));
            };
            let value = words.next().ok_or(format!("{word} needs a value\n{usage}"))?;
            given.insert(name.to_owned(), value);
        }
        Ok(Self { given, usage })
    }

    /// The value of `--name`, or the default.
    pub fn or<T: FromStr>(&self, name: &str, default: T) -> Result<T, String> {
        match self.given.get(name) {
            None => Ok(default),
            Some(value) => {
                value.parse().map_err(|_| format!("--{name} cannot be {value}\n{}", self.usage))
            }
        }
    }
}
