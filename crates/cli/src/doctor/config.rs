//! What a client started here would be told, and by whom.

use std::path::Path;

use dlogs::Options;
use dlogs::options::{OPTIONS, Sources, resolve};
use serde_json::Map;

use super::{Doctor, Finding, Report};
use crate::failure::Failure;

/// Resolves the options as a client does; `None` when a client could not be built.
pub(super) fn check(doctor: &Doctor, report: &mut Report) -> Result<Option<Options>, Failure> {
    let mut explicit = Map::new();
    let told = [
        ("endpoint", doctor.url.as_deref().map(endpoint)),
        ("api_key", doctor.key.clone()),
        ("journal_dir", doctor.journal_dir.clone()),
    ];
    for (name, value) in told {
        if let Some(value) = value {
            explicit.insert(name.to_owned(), value.into());
        }
    }
    let found = Sources::of_this_process(explicit).and_then(|sources| {
        let options = resolve(&sources)?;
        Ok((origins(&sources), options))
    });
    match found {
        Ok((origins, options)) => {
            report.tell("configuration", Finding::Well(origins))?;
            Ok(Some(options))
        }
        Err(error) => {
            let cure = "A client would refuse to start with this: mend it there".to_owned();
            report.tell("configuration", Finding::Ill { cause: error.to_string(), cure })?;
            Ok(None)
        }
    }
}

/// A server's address is completed to the endpoint that clients send to.
fn endpoint(url: &str) -> String {
    let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    let has_path = url.splitn(4, '/').nth(3).is_some_and(|path| !path.is_empty());
    if has_path { url } else { format!("{}/api/logs", url.trim_end_matches('/')) }
}

/// Which options are not at their default, and where each comes from.
fn origins(sources: &Sources) -> String {
    let file = sources.file.as_ref().map(|(path, content)| (path, keys(content)));
    let mut told = Vec::new();
    for option in OPTIONS {
        if sources.explicit.contains_key(option.name) {
            told.push(format!("{} from the command line", option.name));
        } else if sources.environment.contains_key(option.env) {
            told.push(format!("{} from {}", option.name, option.env));
        } else if let Some((path, keys)) = &file
            && keys.iter().any(|key| key == option.name)
        {
            told.push(format!("{} from {}", option.name, shown(path)));
        }
    }
    let file = match &file {
        Some((path, _)) => format!("file {}", shown(path)),
        None => "no dlogs.toml here and no DLOGS_CONFIG".to_owned(),
    };
    match told.is_empty() {
        true => format!("all defaults ({file})"),
        false => format!("{}; the rest defaults ({file})", told.join(", ")),
    }
}

/// The top-level keys of a TOML file that has been parsed before without complaint.
fn keys(content: &str) -> Vec<String> {
    let lines = content.lines().take_while(|line| !line.trim_start().starts_with('['));
    let keys = lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim());
    keys.filter(|key| !key.starts_with('#')).map(|key| key.trim_matches('"').to_owned()).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
