//! The catalog in SQLite: write-ahead log, `synchronous=FULL`, one connection.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params,
};

use super::{
    Catalog, CatalogTrouble, Commit, Heard, Kept, NamedText, RECENT_MAX, SECONDS_KEPT, Seconds,
    Shelf, Stand, State,
};
use crate::auth::StoredKey;
use crate::parts::PartMeta;
use crate::private;
use crate::stream::Stream;
use crate::stream_id::StreamId;

/// Batches remembered by their `Idempotency-Key`; the oldest go first.
const KEYED_MAX: i64 = 100_000;

/// Of a time and an identity, little endian.
const HEARD_BYTES: usize = 24;

/// Version 1 had no parts; it becomes 2 when it is opened.
const VERSION: i64 = 2;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS progress (
  one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL, offset INTEGER NOT NULL, expired INTEGER NOT NULL);
INSERT OR IGNORE INTO progress VALUES (1, 0, 0, 0);
CREATE TABLE IF NOT EXISTS streams (
  stream TEXT PRIMARY KEY, kept TEXT NOT NULL, last_ns INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS streams_age ON streams (kept, last_ns);
CREATE TABLE IF NOT EXISTS keys (id TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recent (step INTEGER PRIMARY KEY, last_ns INTEGER NOT NULL, heard BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS seconds (step INTEGER PRIMARY KEY, last_s INTEGER NOT NULL, counts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, part TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS texts (
  shelf TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (shelf, name)) WITHOUT ROWID;
PRAGMA user_version = 2;
";

/// The catalog of one machine.
pub struct SqliteCatalog {
    connection: Mutex<Connection>,
}

impl SqliteCatalog {
    /// Opens or creates the file, mode 0600.
    pub fn open(path: &Path) -> Result<Self, CatalogTrouble> {
        let made = private::files().write(true).create(true).truncate(false).open(path);
        made.map_err(|error| CatalogTrouble::Store(error.to_string()))?;
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=OFF; PRAGMA busy_timeout=5000;",
        )?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version > VERSION {
            return Err(CatalogTrouble::Store(format!(
                "it has version {version}, this program knows {VERSION}; run a newer dlogs"
            )));
        }
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Reads all state and changes nothing, also beside a server.
    pub fn look(path: &Path) -> Result<State, CatalogTrouble> {
        let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        read_state(&connection.transaction()?)
    }

    /// Writes a consistent copy to a file that is not there yet, also beside a server.
    pub fn copy(path: &Path, into: &Path) -> Result<(), CatalogTrouble> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.execute("VACUUM INTO ?1", [into.to_string_lossy()])?;
        Ok(())
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Catalog for SqliteCatalog {
    fn take_over(&self, forget_before_ns: i64) -> Result<State, CatalogTrouble> {
        let mut connection = self.connection();
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        change.execute("UPDATE progress SET epoch = epoch + 1", [])?;
        change.execute("DELETE FROM streams WHERE last_ns < ?1", [forget_before_ns])?;
        let mut state = read_state(&change)?;
        state.seconds = read_seconds(&change)?;
        change.commit()?;
        Ok(state)
    }

    fn stream(&self, stream: StreamId) -> Result<Option<Stream>, CatalogTrouble> {
        let connection = self.connection();
        let mut find = connection.prepare_cached("SELECT state FROM streams WHERE stream = ?1")?;
        let json: Option<String> =
            find.query_row([stream.to_string()], |row| row.get(0)).optional()?;
        json.map(|json| parse(&json)).transpose()
    }

    fn stand(&self) -> Result<Stand, CatalogTrouble> {
        let mut connection = self.connection();
        let read = connection.transaction()?;
        let (epoch, offset): (i64, i64) =
            read.query_row("SELECT epoch, offset FROM progress", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut names = read.prepare("SELECT name FROM parts ORDER BY name")?;
        let parts = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Stand { epoch: epoch as u64, offset: offset as u64, parts })
    }

    fn commit(&self, commit: &Commit) -> Result<(), CatalogTrouble> {
        let mut connection = self.connection();
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let moved = change.execute(
            "UPDATE progress SET offset = ?3, expired = expired + ?4 WHERE epoch = ?1 AND offset = ?2",
            params![
                commit.epoch as i64,
                commit.from as i64,
                commit.to as i64,
                commit.expired_records as i64
            ],
        )?;
        if moved == 0 {
            return Err(CatalogTrouble::Stale);
        }
        for name in &commit.remove {
            if change.execute("DELETE FROM parts WHERE name = ?1", [name])? == 0 {
                return Err(CatalogTrouble::Gone(name.clone()));
            }
        }
        for part in &commit.add {
            let json = json(part)?;
            change.execute("INSERT INTO parts VALUES (?1, ?2)", params![part.name, json])?;
        }
        {
            let mut write =
                change.prepare_cached("INSERT OR REPLACE INTO streams VALUES (?1, ?2, ?3, ?4)")?;
            for (id, kept, stream) in &commit.streams {
                let json = json(stream)?;
                write.execute(params![id.to_string(), word(*kept), stream.last_ns, json])?;
            }
        }
        change.execute(
            "DELETE FROM streams WHERE kept = 'key' AND last_ns < ?1",
            [commit.forget_keys_before_ns],
        )?;
        change.execute(
            "DELETE FROM streams WHERE stream IN
             (SELECT stream FROM streams WHERE kept = 'key' ORDER BY last_ns DESC LIMIT -1 OFFSET ?1)",
            [KEYED_MAX],
        )?;
        remember(&change, commit)?;
        count(&change, &commit.seconds)?;
        change.commit()?;
        Ok(())
    }

    fn keys(&self) -> Result<Vec<StoredKey>, CatalogTrouble> {
        let connection = self.connection();
        let mut all = connection.prepare("SELECT key FROM keys ORDER BY id")?;
        let rows = all.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|json| parse(&json?)).collect()
    }

    fn add_key(&self, key: &StoredKey) -> Result<(), CatalogTrouble> {
        let json = json(key)?;
        self.connection().execute("INSERT INTO keys VALUES (?1, ?2)", params![key.id, json])?;
        Ok(())
    }

    fn remove_key(&self, id: &str) -> Result<bool, CatalogTrouble> {
        Ok(self.connection().execute("DELETE FROM keys WHERE id = ?1", [id])? > 0)
    }

    fn texts(&self, shelf: Shelf) -> Result<Vec<(String, String)>, CatalogTrouble> {
        let connection = self.connection();
        let mut all =
            connection.prepare("SELECT name, text FROM texts WHERE shelf = ?1 ORDER BY name")?;
        let rows = all.query_map([shelf.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn put_texts(&self, shelf: Shelf, texts: &[NamedText]) -> Result<(), CatalogTrouble> {
        let mut connection = self.connection();
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (name, text) in texts {
            let shelf = shelf.as_str();
            match text {
                Some(text) => change.execute(
                    "INSERT OR REPLACE INTO texts VALUES (?1, ?2, ?3)",
                    params![shelf, name, text],
                )?,
                None => change.execute(
                    "DELETE FROM texts WHERE shelf = ?1 AND name = ?2",
                    params![shelf, name],
                )?,
            };
        }
        change.commit()?;
        Ok(())
    }
}

fn read_state(change: &Transaction<'_>) -> Result<State, CatalogTrouble> {
    let (epoch, offset, expired): (i64, i64, i64) =
        change.query_row("SELECT epoch, offset, expired FROM progress", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let mut streams = Vec::new();
    let mut all = change.prepare("SELECT stream, kept, state FROM streams ORDER BY last_ns")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let kept: String = row.get(1)?;
        let id = id.parse().map_err(|_| CatalogTrouble::Store(format!("bad stream name {id}")))?;
        let kept = if kept == "key" { Kept::Key } else { Kept::Stream };
        streams.push((id, kept, parse(&row.get::<_, String>(2)?)?));
    }
    Ok(State {
        epoch: epoch as u64,
        offset: offset as u64,
        expired_records: expired as u64,
        streams,
        parts: read_parts(change)?,
        recent: read_recent(change)?,
        // Only a writer needs them, and a catalog of before has no such table when it is only looked at.
        seconds: Vec::new(),
    })
}

/// A step's identities are one row of fixed pieces: a row each would cost more than their records.
fn remember(change: &Transaction<'_>, commit: &Commit) -> Result<(), CatalogTrouble> {
    change.execute("DELETE FROM recent WHERE last_ns < ?1", [commit.forget_heard_before_ns])?;
    let Some(&(last_ns, _)) = commit.heard.last() else { return Ok(()) };
    let mut heard = Vec::with_capacity(commit.heard.len() * HEARD_BYTES);
    for (heard_ns, identity) in &commit.heard {
        heard.extend_from_slice(&heard_ns.to_le_bytes());
        heard.extend_from_slice(identity);
    }
    change
        .execute("INSERT INTO recent (last_ns, heard) VALUES (?1, ?2)", params![last_ns, heard])?;
    change.execute(
        "DELETE FROM recent WHERE step IN (SELECT step FROM
           (SELECT step, SUM(LENGTH(heard)) OVER (ORDER BY step DESC) - LENGTH(heard) AS newer FROM recent)
         WHERE newer >= ?1)",
        [(RECENT_MAX * HEARD_BYTES) as i64],
    )?;
    Ok(())
}

/// A seal's counts are one row. They are of one machine's clock, so that the newest tells which are too old.
fn count(change: &Transaction<'_>, seconds: &Seconds) -> Result<(), CatalogTrouble> {
    let Some(last_s) = seconds.last_s() else { return Ok(()) };
    let before_s = last_s.saturating_sub(SECONDS_KEPT);
    change.execute("DELETE FROM seconds WHERE last_s <= ?1", [before_s as i64])?;
    let counts = json(seconds)?;
    change.execute(
        "INSERT INTO seconds (last_s, counts) VALUES (?1, ?2)",
        params![last_s as i64, counts],
    )?;
    Ok(())
}

fn read_seconds(connection: &Connection) -> Result<Vec<Seconds>, CatalogTrouble> {
    let mut all = connection.prepare("SELECT counts FROM seconds ORDER BY step")?;
    let rows = all.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|json| parse(&json?)).collect()
}

fn read_recent(connection: &Connection) -> Result<Vec<Heard>, CatalogTrouble> {
    let mut all = connection.prepare("SELECT heard FROM recent ORDER BY step")?;
    let mut rows = all.query([])?;
    let mut recent = Vec::new();
    while let Some(row) = rows.next()? {
        let heard: Vec<u8> = row.get(0)?;
        recent.extend(heard.chunks_exact(HEARD_BYTES).filter_map(|piece| {
            let (heard_ns, identity) = piece.split_first_chunk::<8>()?;
            Some((i64::from_le_bytes(*heard_ns), identity.try_into().ok()?))
        }));
    }
    Ok(recent)
}

fn read_parts(connection: &Connection) -> Result<Vec<PartMeta>, CatalogTrouble> {
    let mut all = connection.prepare("SELECT part FROM parts ORDER BY name")?;
    let rows = all.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|json| parse(&json?)).collect()
}

fn json(value: &impl serde::Serialize) -> Result<String, CatalogTrouble> {
    serde_json::to_string(value).map_err(|error| CatalogTrouble::Store(error.to_string()))
}

fn word(kept: Kept) -> &'static str {
    match kept {
        Kept::Stream => "stream",
        Kept::Key => "key",
    }
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, CatalogTrouble> {
    serde_json::from_str(json).map_err(|error| CatalogTrouble::Store(error.to_string()))
}

impl From<rusqlite::Error> for CatalogTrouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.to_string())
    }
}
