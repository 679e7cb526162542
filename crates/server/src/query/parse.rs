//! The language of `q` (spec/api.md): words, phrases, `field:value`, comparisons, `-`, `/re/`.

use std::cmp::Ordering;

use dlogs_record::Level;
use regex::bytes::{Regex, RegexBuilder};

use super::term::{Hint, Term, Test};
use crate::parts::token;

/// Longest query, bytes.
const QUERY_MAX_BYTES: usize = 4096;
const TERMS_MAX: usize = 64;
const REGEX_MAX_BYTES: usize = 1024;
/// Compiled size of one pattern, bytes: keeps a hostile `(a{999}){999}` out.
const REGEX_SIZE_BYTES: usize = 1 << 20;

/// The query is not understood; `position` counts characters from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadQuery {
    pub(super) position: usize,
    pub(super) error: String,
}

fn bad<T>(position: usize, error: impl Into<String>) -> Result<T, BadQuery> {
    Err(BadQuery { position, error: error.into() })
}

/// What a value was written as.
enum Word {
    Plain(String),
    Quoted(String),
    Pattern(String),
}

struct Parser {
    text: Vec<char>,
    at: usize,
}

/// Parses a whole query; all terms must hold.
pub(super) fn parse(query: &str) -> Result<Vec<Term>, BadQuery> {
    if query.len() > QUERY_MAX_BYTES {
        return bad(QUERY_MAX_BYTES, format!("The query is longer than {QUERY_MAX_BYTES} bytes."));
    }
    let mut parser = Parser { text: query.chars().collect(), at: 0 };
    let mut terms = Vec::new();
    loop {
        parser.skip_space();
        if parser.at == parser.text.len() {
            return Ok(terms);
        }
        if terms.len() == TERMS_MAX {
            return bad(parser.at, format!("The query has more than {TERMS_MAX} terms."));
        }
        terms.push(parser.term()?);
    }
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn term(&mut self) -> Result<Term, BadQuery> {
        let start = self.at;
        let negated = self.peek() == Some('-');
        self.at += usize::from(negated);
        if self.peek().is_none_or(char::is_whitespace) {
            return bad(
                start,
                "A lone - excludes nothing; write -word, or \"-\" to search for it.",
            );
        }
        let from = self.at;
        let (test, hint) = match self.word(true)? {
            Word::Pattern(pattern) => {
                (Test::Anywhere { pattern: regex(from, &pattern)?, literal: None }, Hint::default())
            }
            Word::Plain(name) if self.peek() == Some(':') => {
                self.at += 1;
                self.field(from, name)?
            }
            Word::Quoted(text) | Word::Plain(text) => (anywhere(from, &text)?, word_hint(&text)),
        };
        Ok(Term { negated, test, hint })
    }

    fn field(&mut self, from: usize, name: String) -> Result<(Test, Hint), BadQuery> {
        let at = self.at;
        if name.is_empty() {
            return bad(from, "A field's name is missing before the colon.");
        }
        let (wanted, comparing) = self.comparison();
        if self.peek().is_none_or(char::is_whitespace) {
            return bad(
                at,
                format!("A value is missing after {name}:, such as {name}:abc or {name}:*."),
            );
        }
        let value_at = self.at;
        let word = self.word(false)?;
        if name == "level"
            && let Word::Plain(text) | Word::Quoted(text) = &word
        {
            let test = level(value_at, text, comparing.then_some(wanted))?;
            return Ok((test, Hint::default()));
        }
        let hint = match &word {
            _ if comparing || !in_blooms(&name) => Hint::default(),
            Word::Plain(text) | Word::Quoted(text) if name == "message" => word_hint(text),
            Word::Plain(text) => value_hint(text, true),
            Word::Quoted(text) => value_hint(text, false),
            Word::Pattern(_) => Hint::default(),
        };
        let test = match word {
            Word::Plain(than) | Word::Quoted(than) if comparing => {
                let number = than.parse().ok();
                Test::Compare { name, wanted, than, number }
            }
            Word::Plain(text) if text == "*" => Test::Exists { name },
            Word::Plain(text) | Word::Quoted(text) if name == "message" => {
                let pattern = tokens(value_at, &text)?;
                Test::Field { name, pattern }
            }
            Word::Plain(text) => Test::Field { name, pattern: whole(value_at, &text, true)? },
            Word::Quoted(text) => Test::Field { name, pattern: whole(value_at, &text, false)? },
            Word::Pattern(pattern) => Test::Field { name, pattern: regex(value_at, &pattern)? },
        };
        Ok((test, hint))
    }

    /// The orders that satisfy a comparison sign, and whether there is one.
    fn comparison(&mut self) -> ([Option<Ordering>; 2], bool) {
        let order = match self.peek() {
            Some('>') => Ordering::Greater,
            Some('<') => Ordering::Less,
            _ => return ([Some(Ordering::Equal); 2], false),
        };
        self.at += 1;
        let or_equal = self.peek() == Some('=');
        self.at += usize::from(or_equal);
        ([Some(order), Some(if or_equal { Ordering::Equal } else { order })], true)
    }

    fn word(&mut self, stop_at_colon: bool) -> Result<Word, BadQuery> {
        let start = self.at;
        match self.peek() {
            Some('"') => Ok(Word::Quoted(self.delimited('"', start)?)),
            Some('/') if self.closes('/') => Ok(Word::Pattern(self.delimited('/', start)?)),
            _ => {
                while let Some(c) = self.peek() {
                    if c.is_whitespace() || c == '"' || (stop_at_colon && c == ':') {
                        break;
                    }
                    self.at += 1;
                }
                Ok(Word::Plain(self.text[start..self.at].iter().collect()))
            }
        }
    }

    /// A path such as `/health` starts with a slash and is no pattern: one more must close it,
    /// at the end of the word.
    fn closes(&self, end: char) -> bool {
        let mut escaped = false;
        for at in self.at + 1..self.text.len() {
            let c = self.text[at];
            if !escaped && c == end && self.text.get(at + 1).is_none_or(|c| c.is_whitespace()) {
                return true;
            }
            escaped = !escaped && c == '\\';
        }
        false
    }

    fn delimited(&mut self, end: char, start: usize) -> Result<String, BadQuery> {
        let mut text = String::new();
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\\' if self.peek() == Some(end) || (end == '"' && self.peek() == Some('\\')) => {
                    text.extend(self.peek());
                    self.at += 1;
                }
                c if c == end => return Ok(text),
                c => text.push(c),
            }
        }
        bad(start, format!("The {end} that opens here is never closed."))
    }
}

/// Blooms hold the words of a record's message and values, and not what its batch says of it.
fn in_blooms(name: &str) -> bool {
    let beside = ["service", "language", "component", "environment", "host", "stream", "seq"];
    !beside.contains(&name) && !["id", "pid", "level"].contains(&name)
}

fn word_hint(text: &str) -> Hint {
    let sought = text.strip_suffix('*').filter(|prefix| !prefix.is_empty()).unwrap_or(text);
    Hint { tokens: token::sought(text), text: in_columns(sought) }
}

fn value_hint(text: &str, wildcards: bool) -> Hint {
    let tokens = token::sought_whole(text, wildcards);
    let text = if wildcards && text.contains('*') { None } else { in_columns(text) };
    Hint { tokens, text }
}

/// The text, anywhere in a column. Metadata lie there as JSON, where some letters are escaped.
fn in_columns(text: &str) -> Option<Regex> {
    let escaped = |c: char| c.is_control() || c == '"' || c == '\\';
    let plain = !text.is_empty() && !text.contains(escaped);
    plain.then(|| Regex::new(&format!("(?i){}", regex::escape(text))).ok()).flatten()
}

fn level(at: usize, text: &str, wanted: Option<[Option<Ordering>; 2]>) -> Result<Test, BadQuery> {
    let mut levels = [false; 6];
    for name in text.split(',') {
        let Ok(level) = name.parse::<Level>() else {
            return bad(
                at,
                format!(
                    "{name:?} is no level; use trace, debug, info, warning, error or critical."
                ),
            );
        };
        for (number, admitted) in levels.iter_mut().enumerate() {
            let order = Some(number.cmp(&(level as usize)));
            *admitted |= wanted.unwrap_or([Some(Ordering::Equal); 2]).contains(&order);
        }
    }
    Ok(Test::Levels(levels))
}

/// A word or a phrase, anywhere in a record.
fn anywhere(at: usize, text: &str) -> Result<Test, BadQuery> {
    let sought = text.strip_suffix('*').filter(|prefix| !prefix.is_empty()).unwrap_or(text);
    let lower = sought.to_lowercase();
    let in_number = lower.chars().all(|c| c.is_ascii_digit() || "+-.:etz".contains(c));
    let in_plain =
        ["null", "true", "false", "nan", "-inf"].iter().any(|word| word.contains(&lower));
    let literal = match in_number || in_plain {
        true => None,
        false => Some(build(at, &format!("(?i){}", regex::escape(sought)))?),
    };
    Ok(Test::Anywhere { pattern: tokens(at, text)?, literal })
}

/// The text as tokens: where it begins or ends with a word, a word must begin or end.
fn tokens(at: usize, text: &str) -> Result<Regex, BadQuery> {
    let (text, open_end) = match text.strip_suffix('*') {
        Some(prefix) if !prefix.is_empty() => (prefix, true),
        _ => (text, false),
    };
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let edge = |here: bool| if here { r"(?-u:\b)" } else { "" };
    let before = edge(is_word(text.chars().next()));
    let after = edge(!open_end && is_word(text.chars().last()));
    build(at, &format!("(?i){before}{}{after}", regex::escape(text)))
}

/// The text as the whole value; `*` stands for anything where wildcards are meant.
pub(super) fn whole(at: usize, text: &str, wildcards: bool) -> Result<Regex, BadQuery> {
    let escaped = regex::escape(text);
    let body = if wildcards { escaped.replace(r"\*", "(?s:.*)") } else { escaped };
    build(at, &format!("(?i)^(?:{body})$"))
}

fn regex(at: usize, pattern: &str) -> Result<Regex, BadQuery> {
    if pattern.len() > REGEX_MAX_BYTES {
        return bad(at, format!("The pattern is longer than {REGEX_MAX_BYTES} bytes."));
    }
    build(at, pattern)
}

fn build(at: usize, pattern: &str) -> Result<Regex, BadQuery> {
    let built = RegexBuilder::new(pattern)
        .size_limit(REGEX_SIZE_BYTES)
        .dfa_size_limit(2 * REGEX_SIZE_BYTES)
        .build();
    built.or_else(|error| {
        let text = error.to_string();
        let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
        bad(at, format!("The pattern is no regular expression: {last}."))
    })
}
