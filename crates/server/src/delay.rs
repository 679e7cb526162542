//! How long records took from their own time to the server, as buckets of a histogram. Pure.

/// Buckets grow by a quarter: 96 of them reach from 1 ms to more than 20 days, each quantile within 25 %.
pub(crate) const BUCKETS: usize = 96;
const GROWTH: f64 = 1.25;

/// A batch's records are spread over at most this many delays.
const SPREAD_STEPS: u64 = 16;

/// The delays in milliseconds of the `n` records of a batch that was there at `at_ns` and whose newest and oldest record
/// have these times, and how many records had each, as if the others lay evenly between: their own times are inside the
/// packed body, which nobody unpacks for a statistic. A clock that runs ahead gives a negative delay, which counts as 0.
pub(crate) fn spread(
    at_ns: i64,
    newest_ns: i64,
    oldest_ns: i64,
    n: u64,
) -> impl Iterator<Item = (u64, u64)> {
    let delay_ms = |time_ns: i64| at_ns.saturating_sub(time_ns) / 1_000_000;
    let (newest_ms, oldest_ms) = (delay_ms(newest_ns), delay_ms(oldest_ns));
    let steps = n.min(SPREAD_STEPS);
    (0..steps).map(move |step| {
        let share = (n + step) / steps;
        let width = i128::from(oldest_ms) - i128::from(newest_ms);
        let place = width * i128::from(step) / i128::from((steps - 1).max(1));
        (newest_ms.saturating_add(place as i64).max(0) as u64, share)
    })
}

/// The bucket of a delay: 0 and 1 ms share the first one.
pub(crate) fn bucket(delay_ms: u64) -> u8 {
    if delay_ms <= 1 {
        return 0;
    }
    let place = ((delay_ms as f64).ln() / GROWTH.ln()).ceil() as usize;
    // Rounding bounds to whole milliseconds may put a delay one bucket off.
    let place = place.min(BUCKETS - 1) as u8;
    if place > 0 && bound_ms(place - 1) >= delay_ms { place - 1 } else { place }
}

/// The largest delay of a bucket, in whole milliseconds.
pub(crate) fn bound_ms(bucket: u8) -> u64 {
    GROWTH.powi(i32::from(bucket)).floor() as u64
}

/// The delay in milliseconds that the share `q` (0 to 1) of these records did not exceed; nothing where there are none.
pub(crate) fn quantile_ms(counts: &[u64; BUCKETS], q: f64) -> Option<u64> {
    let total: u64 = counts.iter().sum();
    let wanted = ((total as f64 * q).ceil() as u64).max(1);
    let mut seen = 0;
    let found = counts.iter().position(|n| {
        seen += n;
        seen >= wanted
    });
    found.map(|place| bound_ms(place as u8))
}
