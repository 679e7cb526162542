//! The server's addresses, looked up once a minute. `ureq` alone looks them up for each request, in a thread of its own that
//! has to wait for a processor, although the request then goes over a connection that is open.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// A name that moves to another address is followed within this time, where nobody closes the connection first.
const FRESH: Duration = Duration::from_secs(60);

/// What is known of names, by host and port; clones share it. There is one name, and a proxy's where there is one.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    looks_up: Arc<dyn Resolver>,
    known: Arc<Mutex<BTreeMap<String, Known>>>,
}

#[derive(Debug)]
struct Known {
    addresses: ResolvedSocketAddrs,
    since: Instant,
}

impl Addresses {
    /// Nothing is known yet.
    pub(super) fn new(looks_up: impl Resolver) -> Addresses {
        Addresses { looks_up: Arc::new(looks_up), known: Arc::default() }
    }

    /// The next request looks up again: the last one failed, and where the server is now may be why.
    pub(super) fn forget(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Resolver for Addresses {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let name = uri.authority().map_or(String::new(), ToString::to_string);
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Known { addresses, since }) = known().get(&name)
            && since.elapsed() < FRESH
        {
            return Ok(addresses.clone());
        }
        let addresses = self.looks_up.resolve(uri, config, timeout)?;
        known().insert(name, Known { addresses: addresses.clone(), since: Instant::now() });
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// Answers with a new port each time.
    #[derive(Debug, Default)]
    struct Counts(AtomicU32);

    impl Resolver for Counts {
        fn resolve(
            &self,
            _: &Uri,
            _: &Config,
            _: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let port = self.0.fetch_add(1, Ordering::Relaxed) as u16 + 1;
            let mut addresses = self.empty();
            addresses.push(([127, 0, 0, 1], port).into());
            Ok(addresses)
        }
    }

    #[test]
    fn a_name_is_looked_up_once_until_it_is_forgotten() {
        let addresses = Addresses::new(Counts::default());
        let port = |uri: &'static str| {
            let timeout = NextTimeout::default();
            addresses.resolve(&Uri::from_static(uri), &Config::default(), timeout).unwrap()[0]
                .port()
        };
        assert_eq!([port("http://a:1/x"), port("http://a:1/x")], [1, 1]);
        assert_eq!([port("http://b:1/x"), port("http://a:1/y")], [2, 1]);
        addresses.forget();
        assert_eq!([port("http://a:1/x"), port("http://a:1/x")], [3, 3]);
    }
}
