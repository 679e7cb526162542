//! Why a verb could not do its work: a sentence that says what is wrong and how to mend it, and the exit code.

use std::io;

/// Exit codes of every verb. 2 is the command line's own (clap).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The work was done and found something wrong (`doctor`, `journal check`), or could not be done.
    Problem = 1,
    /// The server does not answer.
    Unreachable = 3,
    /// The server answered and said no.
    Refused = 4,
}

/// What a verb ends with when it does not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Told to the user on standard error: a sentence, and the lines of which it speaks.
    Told { exit: Exit, sentence: String, lines: Vec<String> },
    /// Whoever read our output went away (`dlogs query | head`): nobody is left to be told, and nothing is wrong.
    NobodyReads,
}

impl Failure {
    fn told(exit: Exit, sentence: String) -> Self {
        Self::Told { exit, sentence, lines: Vec::new() }
    }

    pub(crate) fn problem(sentence: impl Into<String>) -> Self {
        Self::told(Exit::Problem, sentence.into())
    }

    pub(crate) fn unreachable(sentence: impl Into<String>) -> Self {
        Self::told(Exit::Unreachable, sentence.into())
    }

    pub(crate) fn refused(sentence: impl Into<String>) -> Self {
        Self::told(Exit::Refused, sentence.into())
    }

    /// With the lines of which the sentence speaks.
    pub(crate) fn showing(mut self, shown: impl IntoIterator<Item = String>) -> Self {
        if let Self::Told { lines, .. } = &mut self {
            lines.extend(shown);
        }
        self
    }
}

/// Only output is written through this conversion: `Terminal` gives the only bare `io::Error`s.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::NobodyReads
        } else {
            Self::problem(format!("Cannot write the output: {error}."))
        }
    }
}
