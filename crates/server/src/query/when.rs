//! Points in time as people write them: RFC 3339, epochs, `15m`, `now-1h`.

use dlogs_record::time;

/// Nanoseconds since 1970 UTC; `None` when the text is no time. `15m` means 15 minutes before now.
pub(super) fn when(text: &str, now_ns: i64) -> Option<i64> {
    let text = text.trim();
    if text == "now" {
        return Some(now_ns);
    }
    if let Some(age_ns) = age(text.strip_prefix("now-").unwrap_or(text)) {
        return Some(now_ns.saturating_sub(age_ns));
    }
    if let Ok(number) = text.parse::<i64>() {
        return Some(time::from_epoch(number));
    }
    // A plus sign in a URL that was not escaped arrives as a space.
    time::from_rfc3339(&text.replace(' ', "+")).or_else(|| time::from_rfc3339(text))
}

/// A length of time, such as `15m`, in nanoseconds.
pub(super) fn age(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit_ns: i64 = match &text[digits.len()..] {
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        "w" => 604_800_000_000_000,
        _ => return None,
    };
    let number: i64 = digits.parse().ok().filter(|number| *number >= 0)?;
    Some(number.saturating_mul(unit_ns))
}
