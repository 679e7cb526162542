//! Options one by one, as methods; each is checked with all the others in build().

use std::path::Path;
use std::sync::Arc;

use dlogs_record::Level;
use serde_json::{Map, Value};

use super::Logger;
use crate::options::{OptionError, Options, Sdk};
use crate::retry::{Broken, Reply};
use crate::transport::{Http, Outgoing, Transport};

/// Collects options. spec/options.toml says what each does.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    explicit: Map<String, Value>,
    sdk: Option<Sdk>,
}

macro_rules! options {
    ($($(#[$doc:meta])* $name:ident: $kind:ty;)*) => {
        impl Builder {
            $($(#[$doc])*
            #[must_use]
            pub fn $name(self, $name: $kind) -> Builder {
                self.option(stringify!($name), $name)
            })*
        }
    };
}

options! {
    /// Where batches are sent.
    endpoint: &str;
    /// The service that logs.
    service_name: &str;
    /// The part of the service that logs.
    component_name: &str;
    /// Where the service runs.
    environment: &str;
    /// Sent as `Authorization: Bearer`.
    api_key: &str;
    /// So many waiting records are sent at once.
    batch_size: u64;
    /// The longest time that a record waits for its batch.
    batch_interval_ms: u64;
    /// How long close() waits for the server.
    shutdown_timeout_ms: u64;
}

impl Builder {
    /// Any option of spec/options.toml by its name.
    #[must_use]
    pub fn option(mut self, name: &str, value: impl Into<Value>) -> Builder {
        self.explicit.insert(name.to_owned(), value.into());
        self
    }

    /// Records below this level are not recorded.
    #[must_use]
    pub fn level(self, level: Level) -> Builder {
        self.option("level", level as u8)
    }

    /// The journal's root directory.
    #[must_use]
    pub fn journal_dir(self, path: impl AsRef<Path>) -> Builder {
        self.option("journal_dir", path.as_ref().to_string_lossy().into_owned())
    }

    /// A field that belongs to every record.
    #[must_use]
    pub fn metadata(mut self, name: &str, value: impl Into<Value>) -> Builder {
        let entry = self.explicit.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(map) = entry {
            map.insert(name.to_owned(), value.into());
        }
        self
    }

    /// Values of fields with these names never reach the disk.
    #[must_use]
    pub fn redact_keys<S: Into<String>>(self, keys: impl IntoIterator<Item = S>) -> Builder {
        self.option("redact_keys", keys.into_iter().map(Into::into).collect::<Vec<String>>())
    }

    /// Who speaks to the core: for libraries of other languages.
    #[must_use]
    pub fn sdk(mut self, sdk: Sdk) -> Builder {
        self.sdk = Some(sdk);
        self
    }

    /// Resolves the options and builds the logger.
    ///
    /// # Errors
    /// Names the option, the bad value, what is allowed and where the value came from; or as [`Logger::new`].
    pub fn build(self) -> Result<Logger, OptionError> {
        Logger::new(self.options()?)
    }

    /// As [`Builder::build`], with another way out: for tests, and for hosts that bring their own HTTP.
    ///
    /// # Errors
    /// As [`Builder::build`].
    pub fn build_with<T: Transport + 'static>(
        self,
        make: impl Fn(&Options) -> T + Send + Sync + 'static,
    ) -> Result<Logger, OptionError> {
        let make =
            Arc::new(move |options: &Options| -> Box<dyn Transport> { Box::new(make(options)) });
        Logger::with_transport(self.options()?, make)
    }

    fn options(self) -> Result<Options, OptionError> {
        let mut options = Options::from_map(self.explicit)?;
        if let Some(sdk) = self.sdk {
            options.sdk = sdk;
        }
        Ok(options)
    }
}

/// The way out that every logger has. What made it impossible since build() is told as a failure of every request.
pub(crate) fn http(options: &Options) -> Box<dyn Transport> {
    match Http::new(options) {
        Ok(http) => Box::new(http),
        Err(error) => Box::new(Unusable(error.to_string())),
    }
}

struct Unusable(String);

impl Transport for Unusable {
    fn send(&mut self, _: &Outgoing<'_>) -> Reply {
        Reply::None(Broken::Connect, self.0.clone())
    }
}
