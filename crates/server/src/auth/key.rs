//! An API key: `dlogs_<id, 8 hex>_<secret, 64 hex>`. Shown once; only its hash is stored.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What a key may do. `Admin` may do everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Send records.
    Ingest,
    /// Read records and statistics.
    Read,
    /// Make and remove keys, and all the rest.
    Admin,
}

/// A key as the catalog holds it: the secret cannot be had from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredKey {
    /// Names the key; part of its text.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// SHA-256 of the whole text, hex. The secret has 256 random bits, hence no slow hash.
    pub sha256: String,
    /// Last four characters, to recognise it by.
    pub last4: String,
    /// When it was made, nanoseconds since 1970 UTC.
    pub created_ns: i64,
}

/// A key that was just made: the only moment in which its text exists.
#[derive(Debug)]
pub struct NewKey {
    /// The text to hand to the client.
    pub text: String,
    /// What to store.
    pub stored: StoredKey,
}

impl NewKey {
    /// Makes a key from the system's randomness.
    pub fn make(name: &str, scopes: Vec<Scope>, created_ns: i64) -> Result<Self, String> {
        let mut random = [0; 36];
        getrandom::fill(&mut random).map_err(|error| error.to_string())?;
        let hex = hex(&random);
        let (id, secret) = hex.split_at(8);
        let text = format!("dlogs_{id}_{secret}");
        let stored = StoredKey {
            id: id.to_owned(),
            name: name.to_owned(),
            scopes,
            sha256: digest(&text),
            last4: text[text.len() - 4..].to_owned(),
            created_ns,
        };
        Ok(Self { text, stored })
    }
}

impl StoredKey {
    /// Whether the text is this key. Takes the same time for every wrong text.
    pub fn is(&self, text: &str) -> bool {
        digest(text).as_bytes().ct_eq(self.sha256.as_bytes()).into()
    }

    /// Whether it may do this.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope) || self.scopes.contains(&Scope::Admin)
    }
}

/// The id that a key's text names.
pub(super) fn id_of(text: &str) -> Option<&str> {
    let (id, secret) = text.strip_prefix("dlogs_")?.split_once('_')?;
    (id.len() == 8 && secret.len() == 64).then_some(id)
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
