//! The verbs as CPython fastcall methods, the only unsafe code here. Decides nothing: it hands a `Call` to the logger.
//!
//! PyO3 gives every method with `**fields` the slow convention (a tuple and a dict for each call), which costs more
//! than encoding the record. So these ten methods are registered by hand, and each argument is read where it lies.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;

use dlogs_record::Level;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::call::{Call, Verb};
use crate::logger::Logger;

const fn level(level: Level) -> u8 {
    level as u8
}
const CUSTOM: u8 = 6;
const EXCEPTION: u8 = 7;
const LOG: u8 = 8;

type Function = ffi::PyCFunctionFastWithKeywords;

macro_rules! verb {
    ($name:literal, $first:literal, $what:expr, $sentence:literal) => {
        (
            match CStr::from_bytes_with_nul(concat!($name, "\0").as_bytes()) {
                Ok(name) => name,
                Err(_) => c"",
            },
            match CStr::from_bytes_with_nul(
                concat!(
                    $name,
                    "($self, ",
                    $first,
                    ", metadata=None, **fields)\n--\n\n",
                    $sentence,
                    "\0"
                )
                .as_bytes(),
            ) {
                Ok(doc) => doc,
                Err(_) => c"",
            },
            call::<{ $what }> as Function,
        )
    };
}

/// Name, documentation and function of each verb.
const VERBS: &[(&CStr, &CStr, Function)] = &[
    verb!("trace", "message", level(Level::Trace), "Record a message at level TRACE."),
    verb!("debug", "message", level(Level::Debug), "Record a message at level DEBUG."),
    verb!("info", "message", level(Level::Info), "Record a message at level INFO."),
    verb!("warning", "message", level(Level::Warning), "Record a message at level WARNING."),
    verb!("error", "message", level(Level::Error), "Record a message at level ERROR."),
    verb!("critical", "message", level(Level::Critical), "Record a message at level CRITICAL."),
    verb!("custom", "event", CUSTOM, "Record a custom event, at level INFO."),
    verb!(
        "exception",
        "message",
        EXCEPTION,
        "Record a message at level ERROR with the exception being handled."
    ),
    verb!("log", "level, message", LOG, "Record a message at a level given by name or number."),
];

/// Adds the verbs to the class [`Logger`].
pub(crate) fn add_verbs(py: Python<'_>) -> PyResult<()> {
    let class = py.get_type::<Logger>();
    for (name, doc, function) in VERBS {
        let definition = Box::leak(Box::new(ffi::PyMethodDef {
            ml_name: name.as_ptr(),
            ml_meth: ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: *function },
            ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS as c_int,
            ml_doc: doc.as_ptr(),
        }));
        // SAFETY: the class is alive, the definition is leaked and so outlives the descriptor, its flags are those of
        // the function's type, and the result is a new reference or null with an exception set.
        let method = unsafe {
            let method = ffi::PyDescr_NewMethod(class.as_type_ptr(), definition);
            Bound::from_owned_ptr_or_err(py, method)?
        };
        class.setattr(name.to_string_lossy(), method)?;
    }
    Ok(())
}

/// One log call. Returns True (it is in the journal) or False; never an exception, never a panic.
///
/// # Safety
/// Called by CPython through a method descriptor of [`Logger`], by the rules of `METH_FASTCALL | METH_KEYWORDS`.
unsafe extern "C" fn call<const WHAT: u8>(
    slf: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargs: ffi::Py_ssize_t,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls methods with the thread attached.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: the descriptor has checked that `slf` is a Logger (or of a subclass), and the caller keeps it alive.
    let logger = unsafe { Borrowed::from_ptr(py, slf).cast_unchecked::<Logger>() };
    let logger = logger.get();
    if WHAT <= CUSTOM && !logger.enabled(level_of(WHAT)) {
        return truth(py, false);
    }
    // SAFETY: `kwnames` is null or a tuple that the caller keeps alive.
    let names = unsafe {
        Borrowed::from_ptr_or_opt(py, kwnames).map(|names| names.cast_unchecked::<PyTuple>())
    };
    let named = names.map_or(0, |names| names.len());
    let positional = usize::try_from(nargs).unwrap_or(0);
    let args: &[Borrowed<'_, '_, PyAny>] = if args.is_null() {
        &[]
    } else {
        // SAFETY: `args` points to `nargs` values and one more for each name, none of them null, alive during the
        // call. `Borrowed` is `repr(transparent)` over a non-null object pointer.
        unsafe { slice::from_raw_parts(args.cast(), positional + named) }
    };
    let (positional, named) = args.split_at(positional.min(args.len()));
    let call = Call { positional, names, named };
    // A panic must not cross into C. The library never prints, and the hook has no message to print: code that runs
    // here does not panic unless it has a defect, and then the record is refused.
    let accepted = catch_unwind(AssertUnwindSafe(|| logger.call(py, verb(WHAT), &call)));
    truth(py, accepted.unwrap_or(false))
}

#[inline]
const fn level_of(what: u8) -> Level {
    match Level::from_u8(what) {
        Some(level) => level,
        None => Level::Info,
    }
}

#[inline]
const fn verb(what: u8) -> Verb {
    match what {
        CUSTOM => Verb::Custom,
        EXCEPTION => Verb::Exception,
        LOG => Verb::Log,
        _ => Verb::Level(level_of(what)),
    }
}

#[inline]
fn truth(py: Python<'_>, value: bool) -> *mut ffi::PyObject {
    pyo3::types::PyBool::new(py, value).to_owned().into_ptr()
}
