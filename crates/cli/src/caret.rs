//! A query with a mark below the place that an error speaks of.

use crate::escape::for_terminal;

/// Of a long query so many characters are shown on either side of the place.
const AROUND: usize = 60;

/// Two lines: the query, and a `^` below the character at `position`, counted from 0. A place beyond the query is its end.
pub(crate) fn lines(query: &str, position: usize) -> [String; 2] {
    let place = query.char_indices().nth(position).map_or(query.len(), |(at, _)| at);
    let (before, behind) = query.split_at(place);
    let skipped = before.chars().count().saturating_sub(AROUND);
    let mut first = String::from(if skipped > 0 { "  …" } else { "  " });
    first += &for_terminal(&before.chars().skip(skipped).collect::<String>());
    let mark = format!("{}^", " ".repeat(first.chars().count()));
    first += &for_terminal(&behind.chars().take(AROUND).collect::<String>());
    if behind.chars().nth(AROUND).is_some() {
        first.push('…');
    }
    [first, mark]
}

#[cfg(test)]
mod tests;
