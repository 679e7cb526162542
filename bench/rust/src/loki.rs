//! Counts the lines of a push to Loki in its JSON form, without keeping them.
//! Source: Loki's HTTP API, `POST /loki/api/v1/push`.

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
struct Push {
    streams: Vec<Stream>,
}

#[derive(Deserialize)]
struct Stream {
    values: Vec<IgnoredAny>,
}

/// Lines in a push; `None` where the bytes are none.
pub fn lines(bytes: &[u8]) -> Option<u64> {
    let push: Push = serde_json::from_slice(bytes).ok()?;
    Some(push.streams.iter().map(|stream| stream.values.len() as u64).sum())
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn counts_lines_of_every_stream() {
        let stream = r#"{"stream": {"app": "a"}, "values": [["1", "x"], ["2", "y", {"k": "v"}]]}"#;
        let push = format!(r#"{{"streams": [{stream}, {stream}]}}"#);
        assert_eq!(lines(push.as_bytes()), Some(4));
        assert_eq!(lines(b"{}"), None);
    }
}
