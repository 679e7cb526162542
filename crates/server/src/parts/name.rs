//! Names of parts: `<YYYYMMDD or late>/<writer>-<ulid>`. Nothing from data gets into a name.

use std::fmt::Write;

/// The only writer of a data directory on one machine.
pub(crate) const WRITER: &str = "w0";
/// The folder of records whose days are too many for a part each.
pub(crate) const LATE: &str = "late";
/// The folder of what was found corrupt.
pub(crate) const ASIDE: &str = "aside";

const DAY_NS: i64 = 86_400_000_000_000;
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The day of a time, days since 1970 UTC.
pub(crate) fn day_of(time_ns: i64) -> i64 {
    time_ns.div_euclid(DAY_NS)
}

/// The folder of a day: `YYYYMMDD`.
pub(crate) fn folder_of(day: i64) -> String {
    let date = dlogs_record::time::to_rfc3339(day.saturating_mul(DAY_NS));
    date.chars().filter(char::is_ascii_digit).take(8).collect()
}

/// A name that nobody had before: its time sorts it, 80 random bits make it unique.
pub(crate) fn fresh(folder: &str, now_ns: i64) -> Result<String, String> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|error| format!("no random numbers: {error}"))?;
    Ok(format!("{folder}/{WRITER}-{}", ulid(now_ns, random)))
}

/// The name of the Parquet file.
pub(crate) fn parquet(name: &str) -> String {
    format!("{name}.parquet")
}

/// The name of the bloom file beside it.
pub(crate) fn bloom(name: &str) -> String {
    format!("{name}.bloom")
}

/// The part's name of one of this writer's files; none for anything else.
pub(crate) fn part_of(file: &str) -> Option<&str> {
    let name = file.strip_suffix(".parquet").or_else(|| file.strip_suffix(".bloom"))?;
    let (folder, own) = name.split_once('/')?;
    let ours = own.strip_prefix(WRITER).is_some_and(|rest| rest.starts_with('-'));
    (ours && folder != ASIDE).then_some(name)
}

fn ulid(now_ns: i64, random: [u8; 10]) -> String {
    let ms = u128::try_from(now_ns / 1_000_000).unwrap_or(0) & 0xffff_ffff_ffff;
    let random = random.iter().fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
    let number = (ms << 80) | random;
    (0..26).rev().fold(String::with_capacity(26), |mut text, place| {
        let digit = DIGITS[(number >> (5 * place)) as usize & 31];
        let _ = text.write_char(char::from(digit));
        text
    })
}
