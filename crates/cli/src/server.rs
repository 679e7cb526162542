//! The server that a verb talks to: its address, its key, and what its answers mean.

use std::env;
use std::net::IpAddr;
use std::time::Duration;

use clap::Args;
use serde_json::Value;
use ureq::http::{Response, Uri};
use ureq::{Agent, Body, Error};

use crate::caret;
use crate::failure::Failure;

const DEFAULT_URL: &str = "http://127.0.0.1:5000";

/// Answers of the query API are at most 1000 rows; this is far above any of them.
const ANSWER_MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Which server, and who asks.
#[derive(Debug, Clone, Args)]
pub(crate) struct Server {
    /// The server's address [default: DLOGS_ENDPOINT without its path, else http://127.0.0.1:5000]
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    /// An API key [default: DLOGS_API_KEY]. A key on the command line is visible to other users of this machine
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

impl Server {
    /// The address without a path: `http://127.0.0.1:5000`.
    pub(crate) fn url(&self) -> String {
        let told = self.url.clone().or_else(|| variable("DLOGS_ENDPOINT"));
        base(&told.unwrap_or_else(|| DEFAULT_URL.to_owned()))
    }

    /// The key, if there is one.
    pub(crate) fn key(&self) -> Option<String> {
        self.key.clone().or_else(|| variable("DLOGS_API_KEY"))
    }

    /// Asks for a path of the query API. `silence` is how long the server may say nothing.
    pub(crate) fn get(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        silence: Duration,
    ) -> Result<Response<Body>, Failure> {
        let url = format!("{}{path}", self.url());
        let mut request = agent(&url, silence).get(&url);
        for (name, value) in parameters {
            request = request.query(*name, *value);
        }
        if let Some(key) = self.key() {
            request = request.header("Authorization", format!("Bearer {key}"));
        }
        let answer = request.call().map_err(|error| self.unreachable(&error))?;
        if answer.status().is_success() {
            Ok(answer)
        } else {
            Err(self.refused(answer, parameters))
        }
    }

    /// The JSON of an answer.
    pub(crate) fn json(&self, mut answer: Response<Body>) -> Result<Value, Failure> {
        let read = answer.body_mut().with_config().limit(ANSWER_MAX_BYTES).read_to_string();
        let text = read.map_err(|error| self.unreachable(&error))?;
        serde_json::from_str(&text).map_err(|_| self.foreign())
    }

    /// No answer: why, and what to do.
    pub(crate) fn unreachable(&self, error: &Error) -> Failure {
        let url = self.url();
        Failure::unreachable(match cause(error) {
            Cause::Refused => format!(
                "Nothing listens at {url}. Start the server with `dlogs serve`, or name another one with --url."
            ),
            Cause::NoHost => {
                format!("The host of {url} is not known. Check --url or DLOGS_ENDPOINT.")
            }
            Cause::Tls(why) => format!(
                "TLS with {url} failed: {why}. A server without TLS is reached with http://, not https://."
            ),
            Cause::Slow => format!(
                "{url} did not answer in time. `dlogs doctor --url {url}` looks for the cause."
            ),
            Cause::BadUrl(why) => {
                format!("{url} is not an address ({why}). It should look like {DEFAULT_URL}.")
            }
            Cause::Other(why) => format!("{url} cannot be reached: {why}."),
        })
    }

    /// The server said no: its own sentence, if it is ours, and the place in the query of which it speaks.
    fn refused(&self, mut answer: Response<Body>, parameters: &[(&str, &str)]) -> Failure {
        let url = self.url();
        let status = answer.status();
        let text = answer.body_mut().with_config().limit(64 * 1024).read_to_string();
        let body: Option<Value> = text.ok().and_then(|text| serde_json::from_str(&text).ok());
        let sentence = body.as_ref().and_then(|body| body.get("error")?.as_str());
        let failure = Failure::refused(match (status.as_u16(), sentence) {
            (401, _) if self.key().is_none() => format!(
                "{url} asks for an API key. Give one with --key or DLOGS_API_KEY; `dlogs keys add` on the server makes one."
            ),
            (_, Some(sentence)) => sentence.to_owned(),
            (status, None) => {
                format!("{url} answered {status}, and not as a dlogs server does. Check --url.")
            }
        });
        match body.as_ref().and_then(|body| place(body, parameters)) {
            Some((query, position)) => failure.showing(caret::lines(query, position)),
            None => failure,
        }
    }

    /// An answer that is not ours.
    pub(crate) fn foreign(&self) -> Failure {
        let url = self.url();
        Failure::refused(format!("{url} answers, but not as a dlogs server does. Check --url."))
    }
}

/// The query of which an error speaks, and where in it. Errors of other parameters have no place to be shown.
fn place<'a>(body: &Value, parameters: &[(&str, &'a str)]) -> Option<(&'a str, usize)> {
    let of_query = body.get("parameter").is_none_or(|parameter| parameter == "q");
    let position = body.get("position").filter(|_| of_query)?.as_u64()?;
    let (_, query) = parameters.iter().find(|(name, _)| *name == "q")?;
    Some((query, usize::try_from(position).ok()?))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// An address without its path: clients name the whole endpoint, `…/api/logs`.
fn base(url: &str) -> String {
    let url = url.trim();
    let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    let host_at = url.find("://").map_or(0, |at| at + 3);
    match url[host_at..].find(['/', '?', '#']) {
        Some(end) => url[..host_at + end].to_owned(),
        None => url,
    }
}

/// Redirects are not followed: an answer from elsewhere is not the server's. A proxy that the environment names does not
/// get what stays on this machine.
pub(crate) fn agent(url: &str, silence: Duration) -> Agent {
    let mut config = Agent::config_builder();
    if is_this_machine(url) {
        config = config.proxy(None);
    }
    config
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(Duration::from_secs(5)))
        .timeout_recv_response(Some(Duration::from_secs(30)))
        .timeout_per_read(Some(silence))
        .user_agent(concat!("dlogs/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn is_this_machine(url: &str) -> bool {
    let host = url.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
    let host = host.unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Why there was no answer.
pub(crate) enum Cause {
    Refused,
    NoHost,
    Tls(String),
    Slow,
    BadUrl(String),
    Other(String),
}

/// Sorts the errors of the HTTP client by what helps against them.
pub(crate) fn cause(error: &Error) -> Cause {
    use std::io::ErrorKind;
    match error {
        Error::Io(io) => match io.kind() {
            ErrorKind::ConnectionRefused => Cause::Refused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Cause::Slow,
            // rustls reports what the other side did wrong as invalid data.
            ErrorKind::InvalidData => Cause::Tls(io.to_string()),
            _ => Cause::Other(io.to_string()),
        },
        Error::ConnectionFailed => Cause::Refused,
        Error::HostNotFound => Cause::NoHost,
        Error::Timeout(_) => Cause::Slow,
        Error::Tls(why) => Cause::Tls((*why).to_owned()),
        Error::Rustls(why) => Cause::Tls(why.to_string()),
        Error::BadUri(why) => Cause::BadUrl(why.clone()),
        Error::Http(why) => Cause::BadUrl(why.to_string()),
        other => Cause::Other(other.to_string()),
    }
}

#[cfg(test)]
mod tests;
