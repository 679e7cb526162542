//! Who may do what: API keys, hosts and origins. Knows nothing about records.

mod guard;
mod key;
mod keyring;
mod routes;

pub(crate) use guard::{Caller, POLICY, guard};
pub use key::{NewKey, Scope, StoredKey};
pub(crate) use keyring::Keyring;
pub(crate) use routes::{add_key, list_keys, login, logout, remove_key};
