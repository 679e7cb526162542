//! The logger: takes a call apart, encodes the record, gives it to the core. Never raises.

use dlogs_record::{Encoder, Kind, Level, hosts};
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::call::{Call, Parts, Verb, level_from};
use crate::crossing::Crossing;
use crate::engine::Engine;
use crate::fields::Fields;
use crate::scratch::with_buffer;
use crate::text::with_bytes;
use crate::walker::Walker;
use crate::{context, exception, foreign, interrupt};

/// The native base of `DistributedLogger`: the verbs and the bound fields.
#[pyclass(frozen, subclass, module = "distributedlogs._core")]
pub(crate) struct Logger {
    crossing: Crossing,
    bound: Option<Py<Fields>>,
}

#[pymethods]
impl Logger {
    #[new]
    #[pyo3(signature = (engine, bound=None))]
    fn new(engine: &Engine, bound: Option<Py<Fields>>) -> Logger {
        Logger { crossing: engine.crossing(), bound }
    }

    /// Would a record of this level (a name or a number) be kept?
    fn is_enabled_for(&self, level: &Bound<'_, PyAny>) -> bool {
        level_from(level).is_some_and(|level| self.enabled(level))
    }

    /// The fields that every record of this logger carries.
    #[getter]
    fn _bound(&self, py: Python<'_>) -> Option<Py<Fields>> {
        self.bound.as_ref().map(|bound| bound.clone_ref(py))
    }

    /// Record what an adapter has taken apart. `number` is a level of the module `logging`, `time_ns` 0 means now.
    #[pyo3(signature = (number, message, fields, time_ns=0, exc_info=None))]
    fn _record(
        &self,
        number: i64,
        message: &Bound<'_, PyAny>,
        fields: &Bound<'_, PyDict>,
        time_ns: i64,
        exc_info: Option<&Bound<'_, PyAny>>,
    ) -> bool {
        let level = Level::from_host(hosts::PYTHON_LOGGING, number);
        if !self.enabled(level) {
            return false;
        }
        let exception = exc_info.and_then(exception::meant_by);
        let head = Head { level, kind: Kind::Log, time_ns, message: Some(message) };
        self.write(message.py(), &head, exception.as_ref(), |walker| walker.pairs(fields))
    }
}

/// What stands before a record's fields.
struct Head<'a, 'py> {
    level: Level,
    kind: Kind,
    time_ns: i64,
    message: Option<&'a Bound<'py, PyAny>>,
}

impl Logger {
    /// Would a record of this level be kept?
    #[inline]
    pub(crate) fn enabled(&self, level: Level) -> bool {
        self.crossing.logger.enabled(level)
    }

    /// One call of a verb. True: the record is in the journal.
    #[inline]
    pub(crate) fn call(&self, py: Python<'_>, verb: Verb, call: &Call<'_, '_>) -> bool {
        if let (Verb::Level(level), Some((message, metadata))) = (verb, call.plain()) {
            let head = Head { level, kind: Kind::Log, time_ns: 0, message: Some(&*message) };
            return self.write(py, &head, None, |walker| {
                if let Some(metadata) = metadata {
                    walker.pairs(&metadata);
                }
            });
        }
        self.call_with_care(py, verb, call)
    }

    /// Any other form of a call.
    fn call_with_care(&self, py: Python<'_>, verb: Verb, call: &Call<'_, '_>) -> bool {
        let level = match verb {
            Verb::Level(level) => level,
            Verb::Custom => Level::Info,
            Verb::Exception => Level::Error,
            Verb::Log => call.level(),
        };
        if !self.enabled(level) {
            return false;
        }
        let parts = Parts::of(py, verb, call);
        let message = parts.message.as_deref();
        let head = Head { level, kind: verb.kind(), time_ns: 0, message };
        self.write(py, &head, parts.exception.as_ref(), |walker| parts.write(walker))
    }

    #[inline]
    fn write(
        &self,
        py: Python<'_>,
        head: &Head<'_, '_>,
        exception: Option<&Bound<'_, PyBaseException>>,
        fields: impl FnOnce(&mut Walker<'_>),
    ) -> bool {
        with_buffer(|body| {
            let mut walker = Walker::new(begin(body, head));
            if let Some(exception) = exception {
                exception::write(&mut walker, exception);
            }
            context::write(&mut walker, py);
            if let Some(bound) = &self.bound {
                let bound = bound.get();
                walker.encoder.raw_fields(bound.count, &bound.bytes);
            }
            fields(&mut walker);
            walker.encoder.finish();
            let accepted = self.crossing.append(py, head.level, head.time_ns, body);
            interrupt::pass_on(py);
            accepted
        })
    }
}

#[inline]
fn begin<'b>(body: &'b mut Vec<u8>, head: &Head<'_, '_>) -> Encoder<'b> {
    let Head { level, kind, time_ns, message } = *head;
    let Some(message) = message else {
        return Encoder::new(body, level, kind, time_ns, "");
    };
    match message.cast_exact::<PyString>() {
        Ok(text) => with_bytes(text, |bytes| Encoder::new(body, level, kind, time_ns, bytes)),
        Err(_) => {
            let text = foreign::text_of(message).unwrap_or_else(|placeholder| placeholder);
            Encoder::new(body, level, kind, time_ns, text)
        }
    }
}
