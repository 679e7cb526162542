//! Who is said to have written what was refused. What cannot be read as a record may still tell it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::beginning;
use crate::client_block::ClientBlock;

/// A language and a service; empty where nobody said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Author {
    pub(crate) language: String,
    pub(crate) service: String,
}

impl Author {
    /// The one that a batch or a record names.
    pub(crate) fn of(block: &ClientBlock) -> Self {
        Self { language: block.language.clone(), service: block.service.clone() }
    }

    /// The same, but for what the beginning of this JSON object says of itself, up to where it is no JSON any more.
    pub(crate) fn told_in(mut self, raw: &[u8]) -> Self {
        let mut json = serde_json::Deserializer::from_slice(raw);
        // What is wrong with it has been told; what stood before that is what is looked for.
        let _ = Telling(&mut self).deserialize(&mut json);
        self
    }
}

struct Telling<'a>(&'a mut Author);

impl<'de> DeserializeSeed<'de> for Telling<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Telling<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let place = match key.as_str() {
                "language" => &mut self.0.language,
                "service" => &mut self.0.service,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let value: &RawValue = map.next_value()?;
            if let Ok(text) = serde_json::from_str::<String>(value.get()) {
                // A record may be refused for a name that nobody wants to read whole.
                *place = beginning(text.as_bytes());
            }
        }
        Ok(())
    }
}
