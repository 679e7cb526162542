//! The keys of the catalog, held in memory for two seconds at a time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::key::{StoredKey, id_of};
use crate::catalog::{Catalog, CatalogTrouble};

/// A key that `dlogs keys` adds or removes beside the running server counts after this time.
const FRESH: Duration = Duration::from_secs(2);

/// Looks keys up.
pub(crate) struct Keyring {
    catalog: Arc<dyn Catalog>,
    held: Mutex<Held>,
}

struct Held {
    keys: Vec<StoredKey>,
    read: Option<Instant>,
}

impl Keyring {
    pub(crate) fn new(catalog: Arc<dyn Catalog>) -> Self {
        Self { catalog, held: Mutex::new(Held { keys: Vec::new(), read: None }) }
    }

    /// All keys. While the catalog cannot be read, the keys it held last.
    pub(crate) fn keys(&self) -> Vec<StoredKey> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.read.is_none_or(|read| read.elapsed() > FRESH) {
            if let Ok(keys) = self.catalog.keys() {
                held.keys = keys;
            }
            held.read = Some(Instant::now());
        }
        held.keys.clone()
    }

    /// The key with this text.
    pub(crate) fn find(&self, text: &str) -> Option<StoredKey> {
        let id = id_of(text)?;
        self.keys().into_iter().find(|key| key.id == id && key.is(text))
    }

    pub(crate) fn add(&self, key: &StoredKey) -> Result<(), CatalogTrouble> {
        self.catalog.add_key(key)?;
        self.forget();
        Ok(())
    }

    pub(crate) fn remove(&self, id: &str) -> Result<bool, CatalogTrouble> {
        let removed = self.catalog.remove_key(id)?;
        self.forget();
        Ok(removed)
    }

    fn forget(&self) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).read = None;
    }
}
