//! Standard output and standard error: whole lines, colour only where it is seen. It never sends a control character
//! that came from data.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

use crate::escape;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    Always,
    Never,
}

/// Where a verb writes to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    colour: bool,
}

/// An ANSI style, the number between `ESC [` and `m`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style(pub(crate) &'static str);

pub(crate) const RED: Style = Style("31");
pub(crate) const RED_BOLD: Style = Style("1;31");
pub(crate) const ORANGE: Style = Style("33");
pub(crate) const GREEN: Style = Style("32");
pub(crate) const BLUE: Style = Style("34");
pub(crate) const DIM: Style = Style("2");

impl Terminal {
    pub(crate) fn new(colour: Colour) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => !no_colour && io::stdout().is_terminal(),
        };
        Self { colour }
    }

    /// Data as it may be shown: escaped, then styled.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        let text = escape::for_terminal(text);
        if self.colour { format!("\x1b[{}m{text}\x1b[0m", style.0) } else { text.into_owned() }
    }

    /// One line to standard output. What comes from data must have been escaped.
    pub(crate) fn line(&self, line: &str) -> io::Result<()> {
        write_line(&mut io::stdout().lock(), line)
    }

    /// One line of JSON to standard output, made harmless.
    pub(crate) fn json(&self, json: &str) -> io::Result<()> {
        self.line(&escape::for_json(json))
    }

    /// One line to standard error: notices, which must not get into a pipe. Whether anybody reads it is not our concern.
    pub(crate) fn notice(&self, line: &str) {
        let _ = write_line(&mut io::stderr().lock(), &escape::for_terminal(line));
    }
}

/// One write for the whole line, so that lines of several processes do not mix.
fn write_line(to: &mut impl Write, line: &str) -> io::Result<()> {
    let mut whole = String::with_capacity(line.len() + 1);
    whole.push_str(line);
    whole.push('\n');
    to.write_all(whole.as_bytes())?;
    to.flush()
}
