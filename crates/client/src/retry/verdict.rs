//! The retry table: every outcome of a request, and what it means for the records in it. spec/delivery.md shows the same.

use super::Reply;

/// What an outcome means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The server has everything through this sequence number.
    Accepted {
        /// The last one that may be released.
        through: u64,
    },
    /// The same records again, later.
    Again(Wait, Trouble),
    /// The same records again at once, in batches of half the size.
    Halve,
    /// Some record in the batch is poison: find it by halving.
    Bisect,
    /// The only record of the batch will never be accepted: put it aside, so that the rest goes on.
    SetAside,
}

/// How long to wait before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// 1, 2, 4 … 30 s with jitter.
    Backoff,
    /// As long as the server said, in milliseconds.
    Said(u64),
    /// Half a minute: only a person can mend it.
    Long,
}

/// Who has the trouble, for the statistics and the alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The server is busy or broken.
    Server,
    /// The network is.
    Network,
    /// The key is missing or wrong.
    Auth,
    /// What answers is not a dlogs server, or is asked in the wrong way.
    Misconfigured,
}

/// A row of the table. `TABLE` and [`row`] are the whole of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// 2xx that is ours and acknowledges within the batch.
    Acked,
    /// 2xx that is not.
    Foreign,
    /// Busy or broken servers.
    Busy,
    /// No answer.
    Silent,
    /// The key.
    Auth,
    /// Too large.
    Large,
    /// A record in it is not acceptable.
    Poison,
    /// Anything else.
    Other,
}

/// The table's text, word for word as in spec/delivery.md: outcome, verdict.
pub const TABLE: &[(Row, &str, &str)] = &[
    (
        Row::Acked,
        "2xx with our body, `acked_through` in [first - 1, last]",
        "Accepted through it; listed rejects are copied to `set_aside/` and counted as lost `rejected`",
    ),
    (
        Row::Foreign,
        "any other 2xx: a proxy's, a portal's, one that acknowledges what was not sent",
        "Again with backoff, told as misconfiguration",
    ),
    (Row::Busy, "408, 425, 429, 5xx", "Again, after `Retry-After` or with backoff"),
    (Row::Silent, "no answer: connect, timeout, reset, TLS", "Again with backoff"),
    (Row::Auth, "401, 403", "Again every 30 s; state `failed`, reason `auth`"),
    (Row::Large, "413", "Halve; one record alone: SetAside"),
    (Row::Poison, "400, 422 with our body", "Bisect; one record alone: SetAside"),
    (
        Row::Other,
        "any other status; 400, 422 from somebody else; 3xx, never followed",
        "Again with backoff, told as misconfiguration",
    ),
];

/// Which row an outcome belongs to, for a batch that covers `first..=last`.
#[must_use]
pub fn row(reply: &Reply, first: u64, last: u64) -> Row {
    let Reply::Answer { status, ours, .. } = reply else {
        return Row::Silent;
    };
    match (status, ours) {
        (200..=299, Some(ours)) => match ours.acked_through {
            Some(through) if through + 1 >= first && through <= last => Row::Acked,
            _ => Row::Foreign,
        },
        (200..=299, None) => Row::Foreign,
        (408 | 425 | 429 | 500..=599, _) => Row::Busy,
        (401 | 403, _) => Row::Auth,
        (413, _) => Row::Large,
        (400 | 422, Some(_)) => Row::Poison,
        _ => Row::Other,
    }
}

/// The verdict over a batch of `count` records that covers `first..=last` (an empty one: `last = first - 1`).
#[must_use]
pub fn verdict(reply: &Reply, first: u64, last: u64, count: u64) -> Verdict {
    let again = |trouble| Verdict::Again(Wait::Backoff, trouble);
    match row(reply, first, last) {
        Row::Acked => {
            Verdict::Accepted { through: acked(reply).unwrap_or(first.saturating_sub(1)) }
        }
        Row::Busy => match reply {
            Reply::Answer { retry_after_ms: Some(ms), .. } => {
                Verdict::Again(Wait::Said(*ms), Trouble::Server)
            }
            _ => again(Trouble::Server),
        },
        Row::Silent => again(Trouble::Network),
        Row::Auth => Verdict::Again(Wait::Long, Trouble::Auth),
        Row::Large if count > 1 => Verdict::Halve,
        Row::Poison if count > 1 => Verdict::Bisect,
        Row::Large | Row::Poison if count == 1 => Verdict::SetAside,
        // An empty batch cannot hold a bad record: whatever is wrong, a person has to look.
        Row::Large | Row::Poison | Row::Foreign | Row::Other => again(Trouble::Misconfigured),
    }
}

fn acked(reply: &Reply) -> Option<u64> {
    match reply {
        Reply::Answer { ours: Some(ours), .. } => ours.acked_through,
        _ => None,
    }
}

impl Trouble {
    /// The word in events and statistics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Trouble::Server => "server",
            Trouble::Network => "network",
            Trouble::Auth => "auth",
            Trouble::Misconfigured => "misconfigured",
        }
    }
}
