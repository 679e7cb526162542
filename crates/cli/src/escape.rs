//! Makes text from data harmless in a terminal: control characters are shown, never sent.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character could steer a terminal or disguise the order of what is read: C0, DEL, C1 (ESC and CSI are among
/// them), bidirectional controls, separators that start a line, and characters that show nothing.
pub(crate) fn is_dangerous(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'                     // Arabic letter mark
        | '\u{180e}'                    // Mongolian vowel separator
        | '\u{200b}'                    // zero width space
        | '\u{200e}'..='\u{200f}'       // left-to-right and right-to-left mark
        | '\u{2028}'..='\u{202e}'       // line and paragraph separator, embeddings, overrides
        | '\u{2060}'..='\u{206f}'       // invisible operators, isolates, deprecated controls
        | '\u{feff}'                    // byte order mark
        | '\u{fff9}'..='\u{fffb}'       // interlinear annotation
        | '\u{e0000}'..='\u{e007f}') // tags
}

/// The text with every dangerous character spelled out: `\n`, `\x1b`, `\u{202e}`. Borrowed when there is none.
pub(crate) fn for_terminal(text: &str) -> Cow<'_, str> {
    rewrite(text, |c, out| match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if u32::from(c) <= 0xff => write_infallible(out, format_args!("\\x{:02x}", u32::from(c))),
        c => write_infallible(out, format_args!("\\u{{{:x}}}", u32::from(c))),
    })
}

/// A JSON text with every dangerous character as `\uXXXX`: still the same JSON, since such characters only occur inside
/// strings. (serde_json escapes C0 itself and leaves the rest.)
pub(crate) fn for_json(json: &str) -> Cow<'_, str> {
    rewrite(json, |c, out| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            write_infallible(out, format_args!("\\u{unit:04x}"));
        }
    })
}

fn rewrite(text: &str, spell: impl Fn(char, &mut String)) -> Cow<'_, str> {
    let Some(first) = text.find(is_dangerous) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        if is_dangerous(c) { spell(c, &mut out) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Writing to a `String` cannot fail.
fn write_infallible(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests;
