//! The way out: one request, one reply. What a reply means is decided elsewhere (`retry`).

mod addresses;
mod http;

use std::time::Duration;

pub use self::http::Http;
use crate::options::Compression;
use crate::retry::Reply;

/// Sends requests, one at a time, and waits for each. Tests have their own.
pub trait Transport: Send {
    /// Sends one batch. Every failure is a [`Reply`], so that the retry table sees it.
    fn send(&mut self, outgoing: &Outgoing<'_>) -> Reply;
}

/// A batch as it travels.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// The encoded body.
    pub body: &'a [u8],
    /// How it is encoded.
    pub compression: Compression,
    /// The longest time for everything, connecting included.
    pub timeout: Duration,
}
