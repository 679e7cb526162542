//! The arguments of one log call, where CPython has laid them; takes apart every form that a call may have.

use dlogs_record::{Kind, Level, hosts};
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::walker::Walker;
use crate::{exception, foreign};

/// What a call was called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Level(Level),
    Custom,
    Exception,
    Log,
}

impl Verb {
    pub(crate) fn kind(self) -> Kind {
        if self == Verb::Custom { Kind::Event } else { Kind::Log }
    }

    /// What the first argument after the level is called.
    fn first(self) -> &'static str {
        if self == Verb::Custom { "event" } else { "message" }
    }
}

type Any<'a, 'py> = Borrowed<'a, 'py, PyAny>;

/// The arguments of one call.
pub(crate) struct Call<'a, 'py> {
    pub(crate) positional: &'a [Any<'a, 'py>],
    pub(crate) names: Option<Borrowed<'a, 'py, PyTuple>>,
    pub(crate) named: &'a [Any<'a, 'py>],
}

impl<'a, 'py> Call<'a, 'py> {
    /// The usual forms, `(message)` and `(message, dict)`: nothing to take apart.
    #[inline]
    pub(crate) fn plain(&self) -> Option<(Any<'a, 'py>, Option<Borrowed<'a, 'py, PyDict>>)> {
        if self.names.is_some() {
            return None;
        }
        match self.positional {
            [message] => Some((*message, None)),
            [message, metadata] => Some((*message, Some(metadata.cast_exact().ok()?))),
            _ => None,
        }
    }

    /// The level of `log(level, …)`. One that nobody knows is INFO, so that the record is not lost.
    pub(crate) fn level(&self) -> Level {
        let given = self.positional.first().copied().or_else(|| self.take("level"));
        given.and_then(|level| level_from(&level)).unwrap_or(Level::Info)
    }

    fn pairs(&self) -> impl Iterator<Item = (Bound<'py, PyAny>, Any<'a, 'py>)> {
        let names = self.names.into_iter().flat_map(|names| (*names).clone());
        names.zip(self.named.iter().copied())
    }

    fn take(&self, wanted: &str) -> Option<Any<'a, 'py>> {
        self.pairs().find(|(name, _)| is(name, wanted)).map(|(_, value)| value)
    }
}

/// A call of any form, taken apart. What has no place of its own becomes a field: nothing is left out.
pub(crate) struct Parts<'c, 'a, 'py> {
    call: &'c Call<'a, 'py>,
    verb: Verb,
    pub(crate) message: Option<Any<'a, 'py>>,
    metadata: Option<Any<'a, 'py>>,
    rest: &'a [Any<'a, 'py>],
    pub(crate) exception: Option<Bound<'py, PyBaseException>>,
    named_message: bool,
    named_metadata: bool,
}

impl<'c, 'a, 'py> Parts<'c, 'a, 'py> {
    pub(crate) fn of(py: Python<'py>, verb: Verb, call: &'c Call<'a, 'py>) -> Self {
        let mut positional = call.positional.iter().copied();
        if verb == Verb::Log {
            positional.next();
        }
        let (message, metadata) = (positional.next(), positional.next());
        let rest = &call.positional[call.positional.len() - positional.len()..];
        let metadata_by_name = if metadata.is_none() { call.take("metadata") } else { None };
        let message_by_name = if message.is_none() { call.take(verb.first()) } else { None };
        let metadata = metadata.or(metadata_by_name).filter(|metadata| !metadata.is_none());
        let exception = match call.take("exc_info") {
            Some(exc_info) => exception::meant_by(&exc_info),
            None if verb == Verb::Exception => exception::handled(py),
            None => None,
        };
        let mut parts = Parts {
            call,
            verb,
            message: message.or(message_by_name),
            metadata,
            rest,
            exception,
            named_message: message_by_name.is_some(),
            named_metadata: metadata_by_name.is_some(),
        };
        parts.take_exception_from_metadata();
        parts
    }

    /// `error("failed", exception)` means its `exc_info`.
    fn take_exception_from_metadata(&mut self) {
        let Some(metadata) = self.metadata else { return };
        if let Ok(exception) = metadata.cast::<PyBaseException>()
            && self.exception.is_none()
        {
            self.exception = Some((*exception).clone());
            self.metadata = None;
        }
    }

    /// Writes everything that is a field.
    pub(crate) fn write(&self, walker: &mut Walker<'_>) {
        if let Some(metadata) = self.metadata {
            foreign::fields(walker, &metadata);
        }
        for (name, value) in self.call.pairs() {
            if !self.has_place(&name) {
                walker.pair(&name, &value);
            }
        }
        if let Some(first) = self.rest.first()
            && let Ok(rest) = PyTuple::new(first.py(), self.rest)
        {
            walker.encoder.key("args");
            walker.value(&rest);
        }
    }

    fn has_place(&self, name: &Bound<'_, PyAny>) -> bool {
        is(name, "exc_info")
            || (self.named_message && is(name, self.verb.first()))
            || (self.named_metadata && is(name, "metadata"))
            || (self.verb == Verb::Log && self.call.positional.is_empty() && is(name, "level"))
    }
}

fn is(name: &Bound<'_, PyAny>, wanted: &str) -> bool {
    name.cast::<PyString>().is_ok_and(|name| name.to_str().is_ok_and(|name| name == wanted))
}

/// A level from its name, from its number (0 to 5), or from the number that `logging` gives it (10 to 50).
pub(crate) fn level_from(level: &Bound<'_, PyAny>) -> Option<Level> {
    match level.extract::<i64>() {
        Ok(number) => Some(
            u8::try_from(number)
                .ok()
                .and_then(Level::from_u8)
                .unwrap_or_else(|| Level::from_host(hosts::PYTHON_LOGGING, number)),
        ),
        Err(_) => level.extract::<String>().ok()?.parse().ok(),
    }
}
