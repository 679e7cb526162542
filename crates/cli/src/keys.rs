//! `dlogs keys`: makes, lists and removes API keys in a data directory, also beside the running server.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Subcommand, ValueEnum};
use dlogs_record::time::to_rfc3339;
use dlogs_server::auth::{NewKey, Scope, StoredKey};
use dlogs_server::catalog::{Catalog, CatalogTrouble, SqliteCatalog};
use dlogs_server::data_dir::DataDir;
use serde_json::json;

use crate::escape;
use crate::failure::Failure;
use crate::serve::Data;
use crate::terminal::Terminal;

/// Make, list and remove API keys
#[derive(Debug, Args)]
pub(crate) struct Keys {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a key and show it, this once
    Add {
        /// What people call it
        #[arg(long, default_value = "", hide_default_value = true)]
        name: String,

        /// What it may do; may be repeated
        #[arg(long = "scope", value_enum, default_values_t = [May::Ingest, May::Read])]
        scopes: Vec<May>,

        #[command(flatten)]
        data: Data,
    },
    /// List the keys; their texts cannot be had again
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,

        #[command(flatten)]
        data: Data,
    },
    /// Remove a key: who uses it is refused from now on
    Remove {
        /// The id that `dlogs keys list` shows
        id: String,

        #[command(flatten)]
        data: Data,
    },
}

/// A scope on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum May {
    /// Send records
    Ingest,
    /// Read records, statistics and the page
    Read,
    /// Everything, and make keys
    Admin,
}

impl Keys {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        match self.what {
            What::Add { name, scopes, data } => add(&name, &scopes, &data, &terminal),
            What::List { json, data } => list(json, &data, &terminal),
            What::Remove { id, data } => remove(&id, &data, &terminal),
        }
    }
}

fn add(name: &str, scopes: &[May], data: &Data, terminal: &Terminal) -> Result<(), Failure> {
    let catalog = open(data)?;
    let first = catalog.keys().map_err(trouble)?.is_empty();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now_ns = i64::try_from(now.as_nanos()).unwrap_or(i64::MAX);
    let scopes = scopes.iter().map(|may| may.scope()).collect();
    let key = NewKey::make(name, scopes, now_ns)
        .map_err(|error| Failure::problem(format!("The system gives no randomness: {error}.")))?;
    catalog.add_key(&key.stored).map_err(trouble)?;
    terminal.line(&key.text)?;
    terminal.notice(
        "This is the only time that the key is shown. Clients take it as api_key or DLOGS_API_KEY.",
    );
    if first {
        terminal
            .notice("It is the first one: within 2 s a running server asks everybody for a key.");
    }
    Ok(())
}

fn list(as_json: bool, data: &Data, terminal: &Terminal) -> Result<(), Failure> {
    let keys = open(data)?.keys().map_err(trouble)?;
    if keys.is_empty() {
        terminal.notice("There is no key: on its own machine the server serves everybody.");
    }
    for key in keys {
        let (created, scopes) = (to_rfc3339(key.created_ns), names(&key));
        if as_json {
            let key = json!({"id": key.id, "name": key.name, "scopes": scopes, "last4": key.last4, "created": created});
            terminal.json(&key.to_string())?;
        } else {
            let name = escape::for_terminal(&key.name);
            terminal.line(&format!(
                "{}  …{}  {created}  {}  {name}",
                key.id,
                key.last4,
                scopes.join(",")
            ))?;
        }
    }
    Ok(())
}

fn remove(id: &str, data: &Data, terminal: &Terminal) -> Result<(), Failure> {
    if !open(data)?.remove_key(id).map_err(trouble)? {
        return Err(Failure::problem(format!(
            "There is no key with the id {id}; `dlogs keys list` shows all."
        )));
    }
    terminal.notice("Removed: within 2 s the key is refused.");
    Ok(())
}

/// The catalog of a data directory, which is made when it is missing: a key may be older than its server.
fn open(data: &Data) -> Result<SqliteCatalog, Failure> {
    let dir = data.dir()?;
    let unusable = |error: String| {
        Failure::problem(format!(
            "{} cannot be used: {error}. Give another with --data.",
            dir.display()
        ))
    };
    SqliteCatalog::open(&DataDir::catalog_of(&dir).map_err(unusable)?).map_err(trouble)
}

fn trouble(trouble: CatalogTrouble) -> Failure {
    Failure::problem(trouble.to_string())
}

fn names(key: &StoredKey) -> Vec<&'static str> {
    let name = |scope: &Scope| match scope {
        Scope::Ingest => "ingest",
        Scope::Read => "read",
        Scope::Admin => "admin",
    };
    key.scopes.iter().map(name).collect()
}

impl May {
    fn scope(self) -> Scope {
        match self {
            Self::Ingest => Scope::Ingest,
            Self::Read => Scope::Read,
            Self::Admin => Scope::Admin,
        }
    }
}
