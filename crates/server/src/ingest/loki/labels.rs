//! A stream's labels: `{app="billing", level="info"}`, as Loki's protobuf spells them.

/// Label names and values, in their order.
pub(super) type Labels = Vec<(String, String)>;

/// Reads a label set; `None` where it is none.
pub(super) fn parse(text: &str) -> Option<Labels> {
    let mut rest = text.trim().strip_prefix('{')?.strip_suffix('}')?.trim_start();
    let mut labels = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = quoted(after.trim_start())?;
        labels.push((name.trim().to_owned(), value));
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None if after.is_empty() => after,
            None => return None,
        };
    }
    Some(labels)
}

/// A text in double quotes with Go's escapes, or in back quotes without any; and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    if let Some(raw) = text.strip_prefix('`') {
        let (value, rest) = raw.split_once('`')?;
        return Some((value.to_owned(), rest));
    }
    let body = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = body.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    let (value, rest) = (body.get(..end)?, body.get(end + 1..)?);
    Some((unescape(value)?, rest))
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let digits = |chars: &mut std::str::Chars<'_>, count: usize| {
            let hex: String = chars.take(count).collect();
            char::from_u32(u32::from_str_radix(&hex, 16).ok()?)
        };
        out.push(match chars.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\x07',
            'b' => '\x08',
            'f' => '\x0c',
            'v' => '\x0b',
            'x' => digits(&mut chars, 2)?,
            'u' => digits(&mut chars, 4)?,
            'U' => digits(&mut chars, 8)?,
            same @ ('\\' | '"' | '\'') => same,
            _ => return None,
        });
    }
    Some(out)
}
