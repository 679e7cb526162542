//! Four sources, one order: explicit, environment, file, default. Reads each source once, then decides purely.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::read::{Fit, read};
use super::{
    Compression, Durability, JournalChoice, OPTIONS, OptionError, Options, Overflow, Sdk, Source,
};

/// What was found, before anything is decided.
#[derive(Debug, Default)]
pub struct Sources {
    /// Given in code.
    pub explicit: Map<String, Value>,
    /// `DLOGS_*` variables that are set and not empty, by variable name.
    pub environment: BTreeMap<String, String>,
    /// The configuration file's path and content.
    pub file: Option<(PathBuf, String)>,
    /// Who asks.
    pub sdk: Sdk,
}

impl Sources {
    /// Collects the sources of this process: its environment, and the file `DLOGS_CONFIG` or `./dlogs.toml`.
    ///
    /// # Errors
    /// The file that `DLOGS_CONFIG` names cannot be read. A missing `./dlogs.toml` is no error.
    pub fn of_this_process(explicit: Map<String, Value>) -> Result<Sources, OptionError> {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, value)| name.starts_with("DLOGS_") && !value.is_empty())
            .collect::<BTreeMap<_, _>>();
        let file = match environment.get("DLOGS_CONFIG") {
            Some(path) => Some((PathBuf::from(path), named_file(Path::new(path))?)),
            None => std::fs::read_to_string("dlogs.toml")
                .ok()
                .map(|content| (PathBuf::from("dlogs.toml"), content)),
        };
        Ok(Sources { explicit, environment, file, sdk: Sdk::default() })
    }
}

fn named_file(path: &Path) -> Result<String, OptionError> {
    std::fs::read_to_string(path).map_err(|error| {
        OptionError::unreadable(
            &Source::File(path.to_owned()),
            &format!("(named by DLOGS_CONFIG) cannot be read: {error}"),
        )
    })
}

/// Decides every option. Pure.
///
/// # Errors
/// The first option whose winning value does not fit, or a key that is no option.
pub fn resolve(sources: &Sources) -> Result<Options, OptionError> {
    let file = match &sources.file {
        Some((path, content)) => Some((Source::File(path.clone()), parse(path, content)?)),
        None => None,
    };
    know_all(&sources.explicit, &Source::Explicit)?;
    if let Some((source, values)) = &file {
        know_all(values, source)?;
    }
    let mut fits = BTreeMap::new();
    for spec in OPTIONS {
        let given = sources.explicit.get(spec.name).filter(|value| !value.is_null());
        let (value, source) = if let Some(value) = given {
            (value.clone(), Source::Explicit)
        } else if let Some(text) = sources.environment.get(spec.env).filter(|text| !text.is_empty())
        {
            (Value::String(text.clone()), Source::Environment)
        } else if let Some((source, value)) =
            file.as_ref().and_then(|(source, values)| Some((source, values.get(spec.name)?)))
        {
            (value.clone(), source.clone())
        } else {
            (Value::String(spec.default.to_owned()), Source::Default)
        };
        let fit = read(spec, &value).map_err(|allowed| {
            OptionError::bad_value(spec, &value.to_string(), &allowed, &source)
        })?;
        fits.insert(spec.name, fit);
    }
    Ok(assemble(Fits(fits), sources.sdk.clone()))
}

fn parse(path: &Path, content: &str) -> Result<Map<String, Value>, OptionError> {
    toml::from_str(content).map_err(|error| {
        OptionError::unreadable(
            &Source::File(path.to_owned()),
            &format!("is not valid TOML: {}", error.message()),
        )
    })
}

fn know_all(values: &Map<String, Value>, source: &Source) -> Result<(), OptionError> {
    let known = |name: &str| OPTIONS.iter().any(|spec| spec.name == name);
    match values.keys().find(|name| !known(name)) {
        None => Ok(()),
        Some(name) => Err(OptionError::unknown(name, similar(name), source)),
    }
}

/// The option that was probably meant: the same letters, or one name within the other.
fn similar(name: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-'], "");
    let wanted = plain(name);
    OPTIONS.iter().map(|spec| spec.name).find(|known| plain(known) == wanted).or_else(|| {
        OPTIONS.iter().map(|spec| spec.name).find(|known| {
            let known = plain(known);
            wanted.len() > 3 && (known.contains(&wanted) || wanted.contains(&known))
        })
    })
}

/// Checked values, taken out by name and type. The table fixes which type a name has.
struct Fits(BTreeMap<&'static str, Fit>);

impl Fits {
    fn text(&mut self, name: &str) -> String {
        match self.0.remove(name) {
            Some(Fit::Text(text)) => text,
            _ => String::new(),
        }
    }

    fn count(&mut self, name: &str) -> u64 {
        match self.0.remove(name) {
            Some(Fit::Count(count)) => count,
            _ => 0,
        }
    }

    fn path(&mut self, name: &str) -> Option<PathBuf> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(PathBuf::from)
    }
}

fn assemble(mut fits: Fits, sdk: Sdk) -> Options {
    Options {
        endpoint: fits.text("endpoint"),
        service_name: Some(fits.text("service_name"))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| program_name(&sdk)),
        component_name: fits.text("component_name"),
        environment: fits.text("environment"),
        api_key: fits.text("api_key"),
        level: match fits.0.remove("level") {
            Some(Fit::Level(level)) => level,
            _ => dlogs_record::Level::Info,
        },
        metadata: match fits.0.remove("metadata") {
            Some(Fit::Map(map)) => map,
            _ => Map::new(),
        },
        batch_size: fits.count("batch_size"),
        batch_interval_ms: fits.count("batch_interval_ms"),
        batch_max_bytes: fits.count("batch_max_bytes"),
        journal: match fits.text("journal").as_str() {
            "disk" => JournalChoice::Disk,
            "memory" => JournalChoice::Memory,
            _ => JournalChoice::Auto,
        },
        journal_dir: fits.path("journal_dir"),
        journal_max_bytes: fits.count("journal_max_bytes"),
        journal_max_age_days: fits.count("journal_max_age_days"),
        memory_max_bytes: fits.count("memory_max_bytes"),
        durability: match fits.text("durability").as_str() {
            "disk" => Durability::Disk,
            _ => Durability::Process,
        },
        overflow: match fits.text("overflow").as_str() {
            "block" => Overflow::Block,
            _ => Overflow::DropNewest,
        },
        block_timeout_ms: fits.count("block_timeout_ms"),
        retry_initial_ms: fits.count("retry_initial_ms"),
        retry_max_ms: fits.count("retry_max_ms"),
        failed_after: fits.count("failed_after"),
        request_timeout_ms: fits.count("request_timeout_ms"),
        shutdown_timeout_ms: fits.count("shutdown_timeout_ms"),
        compression: match fits.text("compression").as_str() {
            "gzip" => Compression::Gzip,
            "none" => Compression::None,
            _ => Compression::Zstd,
        },
        heartbeat_ms: fits.count("heartbeat_ms"),
        redact_keys: match fits.0.remove("redact_keys") {
            Some(Fit::List(keys)) => keys,
            _ => Vec::new(),
        },
        ca_file: fits.path("ca_file"),
        sdk,
    }
}

/// A service without a name is called like its program, which in many languages is not the process's own file.
fn program_name(sdk: &Sdk) -> String {
    Some(sdk.program.clone())
        .filter(|name| !name.is_empty())
        .or_else(|| {
            let path = std::env::args_os().next()?;
            Some(Path::new(&path).file_stem()?.to_string_lossy().into_owned())
        })
        .filter(|name| !name.is_empty())
        .map_or_else(|| "unknown".to_owned(), |name| name.chars().take(64).collect())
}
