//! The way to the server: address, name, connection, answer, key, clock.

use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant, SystemTime};

use dlogs::Options;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use ureq::http::Uri;

use super::Finding::{Ill, Unknown, Well};
use super::{Finding, Report};
use crate::failure::Failure;
use crate::server::{Cause, agent, cause};

const CONNECT_MAX: Duration = Duration::from_secs(5);

/// More than this between two clocks makes records look as if they came from another time.
const SKEW_MAX_S: f64 = 30.0;

/// Follows the way that a batch takes, as far as it leads.
pub(super) fn check(options: &Options, report: &mut Report) -> Result<(), Failure> {
    const SKIPPED: [&str; 5] = ["name", "connection", "server", "key", "clock"];
    let skip = |from: usize, why, report: &mut Report| -> Result<(), Failure> {
        for what in &SKIPPED[from..] {
            report.tell(what, Unknown(why))?;
        }
        Ok(())
    };
    let (address, finding) = address(&options.endpoint);
    report.tell("address", finding)?;
    let Some(address) = address else { return skip(0, "there is no address", report) };

    let (addresses, finding) = name(&address);
    report.tell("name", finding)?;
    let Some(addresses) = addresses else { return skip(1, "the name is not known", report) };

    if !report.tell("connection", connection(&address, &addresses))? {
        return skip(2, "there is no connection", report);
    }
    let answer = ask(options);
    report.tell("server", server(&answer, &address))?;
    report.tell("key", key(&answer, !options.api_key.is_empty()))?;
    report.tell("clock", clock(&answer))?;
    Ok(())
}

struct Address {
    endpoint: String,
    host: String,
    port: u16,
    tls: bool,
}

fn address(endpoint: &str) -> (Option<Address>, Finding) {
    let ill = |cause: String| {
        let cure = "It should look like http://localhost:5000/api/logs".to_owned();
        (None, Ill { cause, cure })
    };
    let Ok(uri) = endpoint.parse::<Uri>() else {
        return ill(format!("{endpoint} is not a URL"));
    };
    let tls = match uri.scheme_str() {
        Some("http") => false,
        Some("https") => true,
        _ => return ill(format!("{endpoint} does not begin with http:// or https://")),
    };
    let Some(host) = uri.host().filter(|host| !host.is_empty()) else {
        return ill(format!("{endpoint} names no host"));
    };
    let host = host.trim_matches(['[', ']']).to_owned();
    let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
    let mut seen = endpoint.to_owned();
    if uri.port().is_none() {
        seen.push_str(&format!(" (port {port}, since it names none; dlogs serves 5000)"));
    }
    (Some(Address { endpoint: endpoint.to_owned(), host, port, tls }), Well(seen))
}

fn name(address: &Address) -> (Option<Vec<SocketAddr>>, Finding) {
    match (address.host.as_str(), address.port).to_socket_addrs() {
        Ok(found) => {
            let found: Vec<_> = found.collect();
            let list = found.iter().map(|at| at.ip().to_string()).collect::<Vec<_>>().join(", ");
            (Some(found), Well(format!("{} is {list}", address.host)))
        }
        Err(error) => {
            let cause = format!("The name {} is not known ({error})", address.host);
            let cure = "Check the spelling, /etc/hosts and the name server; in a container, the service's name".into();
            (None, Ill { cause, cure })
        }
    }
}

fn connection(address: &Address, addresses: &[SocketAddr]) -> Finding {
    let mut last = String::new();
    for at in addresses {
        let began = Instant::now();
        match TcpStream::connect_timeout(at, CONNECT_MAX) {
            Ok(_) => {
                let ms = began.elapsed().as_secs_f64() * 1000.0;
                return Well(format!("{at} in {ms:.1} ms"));
            }
            Err(error) => last = format!("{at}: {error}"),
        }
    }
    let local = addresses.iter().all(|at| is_local(at.ip()));
    let cure = if local {
        format!("Start the server: dlogs serve --port {}", address.port)
    } else {
        "Check that the server runs, listens on that address (--host) and that no firewall is between".into()
    };
    Ill { cause: format!("No connection ({last})"), cure }
}

fn is_local(ip: IpAddr) -> bool {
    ip.is_loopback() || ip.is_unspecified()
}

/// What came back for an empty batch, which stores nothing.
enum Answer {
    Http {
        status: u16,
        ours: Option<Value>,
        server_clock: Option<OffsetDateTime>,
        between: (SystemTime, SystemTime),
    },
    None(Cause),
}

fn ask(options: &Options) -> Answer {
    let before = SystemTime::now();
    let mut request = agent(&options.endpoint, Duration::from_secs(10))
        .post(&options.endpoint)
        .header("Content-Type", "application/json");
    if !options.api_key.is_empty() {
        request = request.header("Authorization", format!("Bearer {}", options.api_key));
    }
    match request.send("[]") {
        Ok(mut answer) => {
            let between = (before, SystemTime::now());
            let date = answer.headers().get("date").and_then(|date| date.to_str().ok());
            let server_clock = date.and_then(|date| OffsetDateTime::parse(date, &Rfc2822).ok());
            let status = answer.status().as_u16();
            let text = answer.body_mut().with_config().limit(64 * 1024).read_to_string();
            let body = text.ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
            let ours = body.filter(|body| body.get("dlogs").and_then(Value::as_u64) == Some(1));
            Answer::Http { status, ours, server_clock, between }
        }
        Err(error) => Answer::None(cause(&error)),
    }
}

fn server(answer: &Answer, address: &Address) -> Finding {
    let endpoint = &address.endpoint;
    let why = match answer {
        Answer::Http { ours: Some(_), status: 200 | 401 | 403, .. } => {
            let secure = if address.tls { ", over TLS" } else { "" };
            return Well(format!("dlogs answers{secure}"));
        }
        Answer::Http { ours: Some(body), status, .. } => {
            let sentence = body.get("error").and_then(Value::as_str).unwrap_or("no reason given");
            let cause = format!("The server answers {status}: {}", sentence.trim_end_matches('.'));
            return Ill {
                cause,
                cure: "Clients keep their records and try again until it is mended".into(),
            };
        }
        Answer::Http { ours: None, status, .. } => format!(
            "Somebody else answers at {endpoint} (status {status}): another server, or a proxy that hides ours"
        ),
        Answer::None(Cause::Tls(why)) if address.tls => {
            let cure = "If the certificate is your own, give clients its authority with ca_file; if the server has no TLS, use http://";
            return Ill { cause: format!("TLS failed: {why}"), cure: cure.into() };
        }
        Answer::None(Cause::Slow) => format!("{endpoint} takes the connection and does not answer"),
        Answer::None(Cause::Other(why) | Cause::Tls(why) | Cause::BadUrl(why)) => {
            format!("No answer from {endpoint}: {why}")
        }
        Answer::None(Cause::Refused | Cause::NoHost) => format!("No connection to {endpoint}"),
    };
    let cure = "Check host, port and path of the endpoint: dlogs takes batches at …/api/logs, by default on port 5000";
    Ill { cause: why, cure: cure.into() }
}

fn key(answer: &Answer, given: bool) -> Finding {
    let Answer::Http { ours: Some(body), status, .. } = answer else {
        return Unknown("no dlogs server answers");
    };
    let reason = body.get("reason").and_then(Value::as_str).unwrap_or_default();
    let (cause, cure) = match (status, reason, given) {
        (401 | 403, "scope", _) => (
            "The key is known, but may not send records".to_owned(),
            "Make one that may: dlogs keys add --scope ingest",
        ),
        (403, "host" | "origin", _) => (
            "The server does not take requests under this host name".to_owned(),
            "Tell it: dlogs serve --public-url URL, or use the name that it listens on",
        ),
        (401 | 403, _, false) => (
            "The server asks for an API key and the configuration has none".to_owned(),
            "Make one on the server (dlogs keys add) and set api_key or DLOGS_API_KEY",
        ),
        (401 | 403, _, true) => (
            "The server does not know this API key".to_owned(),
            "See `dlogs keys list` on the server; make a new one with `dlogs keys add`",
        ),
        (_, _, true) => return Well("accepted".into()),
        (_, _, false) => return Well("none needed".into()),
    };
    Ill { cause, cure: cure.into() }
}

fn clock(answer: &Answer) -> Finding {
    let Answer::Http {
        server_clock: Some(theirs), between: (before, after), ours: Some(_), ..
    } = answer
    else {
        return Unknown("the server did not tell its time");
    };
    // The server tells whole seconds: on average half a second is cut off.
    let theirs_s = theirs.unix_timestamp() as f64 + 0.5;
    let seconds = |at: &SystemTime| {
        at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64()
    };
    let ahead_s = (seconds(before) + seconds(after)) / 2.0 - theirs_s;
    if ahead_s.abs() <= SKEW_MAX_S {
        return Well(format!("{:.0} s apart", ahead_s.abs().floor()));
    }
    let side = if ahead_s > 0.0 { "ahead of" } else { "behind" };
    Ill {
        cause: format!("This machine's clock is {:.0} s {side} the server's", ahead_s.abs()),
        cure: "Let both follow a time server (NTP)".into(),
    }
}
