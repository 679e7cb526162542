//! How long to wait after the n-th failure: doubling with equal jitter, as in the AWS architecture blog's "Exponential
//! Backoff And Jitter" (equal, not full: full jitter can fall to nothing and hammer a server that struggles).

/// The longest `Retry-After` that is obeyed. A wrong clock or a typo must not silence a client for days.
pub const RETRY_AFTER_MAX_MS: u64 = 3_600_000;

/// The two ends of the wait.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// After the first failure.
    pub initial_ms: u64,
    /// Never longer than this.
    pub max_ms: u64,
}

impl Backoff {
    /// The wait after `failures` failures in a row (1 = the first). `dice` is any random number.
    ///
    /// Between half of `min(max, initial * 2^(failures - 1))` and all of it, and never 0.
    #[must_use]
    pub fn wait_ms(&self, failures: u32, dice: u64) -> u64 {
        let doublings = failures.saturating_sub(1).min(32);
        let full = self.initial_ms.saturating_mul(1 << doublings).min(self.max_ms).max(1);
        let half = full / 2;
        (half + dice % (full - half + 1)).max(1)
    }
}

/// `Retry-After` as seconds or as an HTTP date, in milliseconds from now, at most an hour. `None`: not readable.
///
/// `now_s` is the wall clock in seconds since 1970; it is only compared with a date that another clock wrote.
#[must_use]
pub fn retry_after_ms(header: &str, now_s: u64) -> Option<u64> {
    let header = header.trim();
    let wait = match header.parse::<u64>() {
        Ok(seconds) => seconds.saturating_mul(1000),
        Err(_) => http_date_s(header)?.saturating_sub(now_s).saturating_mul(1000),
    };
    Some(wait.min(RETRY_AFTER_MAX_MS))
}

/// Seconds since 1970 of an IMF-fixdate (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date_s(text: &str) -> Option<u64> {
    let mut parts = text.split_once(", ")?.1.split(' ');
    let day: u64 = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let year: u64 = parts.next()?.parse().ok()?;
    let mut clock = parts.next()?.split(':').map(str::parse::<u64>);
    let (hour, minute, second) = (clock.next()?.ok()?, clock.next()?.ok()?, clock.next()?.ok()?);
    let names =
        ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"];
    let month = names.iter().position(|name| *name == month)? as u64;
    if !(1970..=9999).contains(&year) || day == 0 || day > 31 {
        return None;
    }
    // Days from a civil date, after Howard Hinnant: a year begins in March, so that the leap day is its last.
    let year = if month >= 10 { year - 1 } else { year };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    Some(((days - 719_468) * 24 + hour) * 3600 + minute * 60 + second)
}
