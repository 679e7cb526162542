//! HTTP/1.1 with keep-alive over `ureq`: blocking, one connection, no redirects, rustls with ring.

use std::error::Error as _;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, http::Response};

use super::addresses::Addresses;
use super::{Outgoing, Transport};
use crate::clock::wall_ns;
use crate::options::{Compression, OptionError, Options};
use crate::retry::backoff::retry_after_ms;
use crate::retry::{Broken, OurAnswer, Reply};

/// More of an answer is not read: ours is a few hundred bytes, and a page of somebody else's is not kept.
const ANSWER_MAX_BYTES: u64 = 1 << 20;
/// Connecting takes at most this long, so that a dead address does not use up the whole request.
const CONNECT_MAX: Duration = Duration::from_secs(5);

/// The real transport.
#[derive(Debug)]
pub struct Http {
    agent: Agent,
    addresses: Addresses,
    endpoint: String,
    authorization: Option<String>,
}

impl Http {
    /// Prepares the connection; nothing is sent yet.
    ///
    /// # Errors
    /// `ca_file` cannot be read or holds no certificate, or `endpoint` is no address.
    pub fn new(options: &Options) -> Result<Http, OptionError> {
        let uri: ureq::http::Uri = options.endpoint.parse().map_err(|error| {
            OptionError::unusable("endpoint", &options.endpoint, &format!("no address: {error}"))
        })?;
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .no_delay(true)
            .user_agent(concat!("dlogs/", env!("CARGO_PKG_VERSION")))
            .max_idle_age(Duration::from_secs(30));
        if uri.host().is_some_and(is_this_machine) {
            // A proxy that the environment names must not get what stays on this machine.
            config = config.proxy(None);
        }
        if let Some(file) = &options.ca_file {
            let roots = RootCerts::Specific(Arc::new(certificates(file)?));
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        let key = options.api_key.trim();
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(OptionError::unusable("api_key", "…", "must be visible ASCII"));
        }
        let addresses = Addresses::new(DefaultResolver::default());
        let connects = DefaultConnector::default();
        Ok(Http {
            agent: Agent::with_parts(config.build(), connects, addresses.clone()),
            addresses,
            endpoint: options.endpoint.clone(),
            authorization: (!key.is_empty()).then(|| format!("Bearer {key}")),
        })
    }
}

impl Transport for Http {
    fn send(&mut self, outgoing: &Outgoing<'_>) -> Reply {
        let mut request = self
            .agent
            .post(&self.endpoint)
            .config()
            .timeout_global(Some(outgoing.timeout))
            .timeout_connect(Some(outgoing.timeout.min(CONNECT_MAX)))
            .build()
            .header("Content-Type", "application/vnd.dlogs.batch");
        match outgoing.compression {
            Compression::Zstd => request = request.header("Content-Encoding", "zstd"),
            Compression::Gzip => request = request.header("Content-Encoding", "gzip"),
            Compression::None => {}
        }
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        match request.send(outgoing.body) {
            Ok(response) => self.read(response),
            Err(error) => self.broken(&error),
        }
    }
}

impl Http {
    fn read(&self, mut response: Response<Body>) -> Reply {
        let status = response.status().as_u16();
        let retry_after_ms =
            response.headers().get("retry-after").and_then(|value| value.to_str().ok()).and_then(
                |value| retry_after_ms(value, (wall_ns() / 1_000_000_000).unsigned_abs()),
            );
        let body = response.body_mut().with_config().limit(ANSWER_MAX_BYTES).read_to_vec();
        match body {
            Ok(body) => Reply::Answer { status, ours: OurAnswer::read(&body), retry_after_ms },
            Err(ureq::Error::BodyExceedsLimit(_)) => {
                Reply::Answer { status, ours: None, retry_after_ms }
            }
            // Half an answer is none, whatever its status says.
            Err(error) => self.broken(&error),
        }
    }

    fn broken(&self, error: &ureq::Error) -> Reply {
        self.addresses.forget();
        let kind = match error {
            ureq::Error::Timeout(_) => Broken::Timeout,
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => Broken::Timeout,
            ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => Broken::Connect,
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                Broken::Connect
            }
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Broken::Tls,
            _ => Broken::Reset,
        };
        let what = match kind {
            Broken::Connect => "cannot connect to",
            Broken::Timeout => "no answer in time from",
            Broken::Tls => "no secure connection to",
            Broken::Reset => "the connection broke to",
        };
        let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        Reply::None(kind, format!("{what} {}: {cause}", self.endpoint))
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.starts_with("127.")
}

fn certificates(file: &Path) -> Result<Vec<Certificate<'static>>, OptionError> {
    let shown = file.display().to_string();
    let pem = std::fs::read(file).map_err(|error| {
        OptionError::unusable("ca_file", &shown, &format!("cannot be read: {error}"))
    })?;
    let found: Vec<Certificate<'static>> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if found.is_empty() {
        return Err(OptionError::unusable("ca_file", &shown, "holds no certificate in PEM form"));
    }
    Ok(found)
}
