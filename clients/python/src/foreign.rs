//! Values that are no exact built-in: known forms natively, everything else by its own text. May run any Python code.

use pyo3::exceptions::{PyBaseException, PyException};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMemoryView, PySet, PyString,
    PyTuple, PyType,
};

use crate::asking::asking;
use crate::interrupt;
use crate::types::Types;
use crate::walker::Walker;

/// Writes one value. What it cannot be asked for stands there as `<Type>`, cut.
#[cold]
pub(crate) fn value(walker: &mut Walker<'_>, value: &Bound<'_, PyAny>) {
    match asking(|| known(walker, value)) {
        Some(Ok(true)) => {}
        Some(Ok(false)) => as_text(walker, value),
        Some(Err(error)) => {
            interrupt::keep(&error, value.py());
            as_text(walker, value);
        }
        None => walker.cut(&format!("<{}>", type_name(value))),
    }
}

/// Writes metadata that is no plain dict as fields of the record: the pairs of a mapping or of an object with named
/// fields, anything else under the key `metadata`.
#[cold]
pub(crate) fn fields(walker: &mut Walker<'_>, metadata: &Bound<'_, PyAny>) {
    if let Ok(dict) = metadata.cast::<PyDict>() {
        return walker.pairs(dict);
    }
    match asking(|| as_dict(metadata)) {
        Some(Ok(dict)) => walker.pairs(&dict),
        _ => {
            walker.encoder.key("metadata");
            walker.value(metadata);
        }
    }
}

fn as_dict<'py>(metadata: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    let py = metadata.py();
    if metadata.is_instance(Types::get(py)?.mapping.bind(py))? {
        return Ok(py.get_type::<PyDict>().call1((metadata,))?.cast_into()?);
    }
    let dict = PyDict::new(py);
    for name in field_names(metadata, &metadata.get_type())? {
        dict.set_item(&name, metadata.getattr(&name)?)?;
    }
    Ok(dict)
}

/// Writes a value whose form is known; `false` and errors come before anything was written.
fn known(walker: &mut Walker<'_>, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = value.py();
    let types = Types::get(py)?;
    let is = |class: &Py<PyType>| value.is_instance(class.bind(py));
    if is(&types.enumeration)? {
        let inner = value.getattr(intern!(py, "value"))?;
        walker.value(&inner);
    } else if let Ok(text) = value.cast::<PyString>() {
        walker.text(text);
    } else if let Ok(int) = value.cast::<PyInt>() {
        walker.int(int);
    } else if let Ok(float) = value.cast::<PyFloat>() {
        walker.encoder.f64(float.value());
    } else if is(&types.decimal)? {
        let digits = value.str()?;
        crate::text::with_bytes(&digits, |bytes| {
            walker.encoder.decimal(bytes);
        });
    } else if is(&types.datetime)? {
        match since_epoch_ns(value, types) {
            Ok(Some(nanoseconds)) => {
                walker.encoder.time_ns(nanoseconds);
            }
            _ => walker.text(&iso(value)?),
        }
    } else if is(&types.date)? || is(&types.time)? {
        walker.text(&iso(value)?);
    } else if is(&types.timedelta)? {
        let seconds = value.call_method0(intern!(py, "total_seconds"))?.extract::<f64>()?;
        walker.encoder.f64(seconds);
    } else if is(&types.uuid)? {
        walker.text(&value.str()?);
    } else if let Ok(bytes) = value.cast::<PyByteArray>() {
        walker.bytes(&bytes.to_vec());
    } else if value.is_instance_of::<PyMemoryView>() {
        let bytes = value.call_method0(intern!(py, "tobytes"))?;
        walker.value(&bytes);
    } else if value.is_instance_of::<PyBaseException>() {
        let mut text = format!("{}: ", type_name(value)).into_bytes();
        text.extend(text_of(value).unwrap_or_else(|placeholder| placeholder));
        walker.encoder.str(text);
    } else if let Ok(class) = value.cast::<PyType>() {
        let name = class.fully_qualified_name()?;
        walker.text(&name);
    } else {
        return container(walker, value, types);
    }
    Ok(true)
}

/// Writes a value that holds others.
fn container(walker: &mut Walker<'_>, value: &Bound<'_, PyAny>, types: &Types) -> PyResult<bool> {
    let py = value.py();
    let class = value.get_type();
    if let Ok(dict) = value.cast::<PyDict>() {
        walker.map(value, |walker| walker.pairs(dict));
    } else if let Ok(names) = field_names(value, &class) {
        walker.map(value, |walker| {
            for name in names {
                if walker.full() {
                    break;
                }
                walker.key(&name);
                match value.getattr(&name) {
                    Ok(field) => walker.value(&field),
                    Err(error) => unreadable(walker, "attribute", &name, &error),
                }
            }
        });
    } else if value.is_instance(types.mapping.bind(py))? {
        let dict = py.get_type::<PyDict>().call1((value,))?.cast_into::<PyDict>()?;
        walker.map(value, |walker| walker.pairs(&dict));
    } else if is_sequence(value, types)? {
        let list = py.get_type::<PyList>().call1((value,))?.cast_into::<PyList>()?;
        walker.list(value, list.iter());
    } else if class.hasattr(intern!(py, "__index__"))? {
        let int = py.import("operator")?.call_method1("index", (value,))?;
        walker.value(&int);
    } else {
        return Ok(false);
    }
    Ok(true)
}

fn is_sequence(value: &Bound<'_, PyAny>, types: &Types) -> PyResult<bool> {
    let py = value.py();
    Ok(value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
        || value.is_instance_of::<PySet>()
        || value.is_instance_of::<PyFrozenSet>()
        || value.is_instance(types.deque.bind(py))?
        || value.is_instance(types.set.bind(py))?
        || value.is_instance(types.values_view.bind(py))?)
}

/// The names of the fields of a dataclass, a pydantic model, an attrs class or a named tuple, in their order.
fn field_names<'py>(
    value: &Bound<'py, PyAny>,
    class: &Bound<'py, PyType>,
) -> PyResult<Vec<Bound<'py, PyString>>> {
    let py = value.py();
    if let Ok(fields) = class.getattr(intern!(py, "__dataclass_fields__")) {
        return strings(&fields);
    }
    if class.hasattr(intern!(py, "__pydantic_fields__"))? {
        return strings(&value.getattr(intern!(py, "__dict__"))?);
    }
    if let Ok(attributes) = class.getattr(intern!(py, "__attrs_attrs__")) {
        return attributes
            .try_iter()?
            .map(|attribute| Ok(attribute?.getattr(intern!(py, "name"))?.cast_into()?))
            .collect();
    }
    if !value.is_instance_of::<PyTuple>() {
        return Err(PyException::new_err("no fields"));
    }
    strings(&class.getattr(intern!(py, "_fields"))?)
}

fn strings<'py>(names: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyString>>> {
    names.try_iter()?.map(|name| Ok(name?.cast_into::<PyString>()?)).collect()
}

/// Nanoseconds since 1970 UTC of an aware `datetime`; `None` where they do not fit. A naive one is an error.
fn since_epoch_ns(value: &Bound<'_, PyAny>, types: &Types) -> PyResult<Option<i64>> {
    let py = value.py();
    let elapsed = value.sub(types.epoch.bind(py))?;
    let part = |name| elapsed.getattr(name)?.extract::<i64>();
    let seconds = part(intern!(py, "days"))? * 86_400 + part(intern!(py, "seconds"))?;
    let microseconds = part(intern!(py, "microseconds"))?;
    Ok(seconds.checked_mul(1_000_000_000).and_then(|ns| ns.checked_add(microseconds * 1_000)))
}

fn iso<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    Ok(value.call_method0(intern!(value.py(), "isoformat"))?.cast_into()?)
}

/// Writes what `str()` says of the value, or the cut `<Type: str() raised Error>`.
fn as_text(walker: &mut Walker<'_>, value: &Bound<'_, PyAny>) {
    match text_of(value) {
        Ok(text) => {
            walker.encoder.str(text);
        }
        Err(placeholder) => {
            walker.encoder.cut(placeholder);
        }
    }
}

/// What `str()` says of a value, else what stands for it.
pub(crate) fn text_of(value: &Bound<'_, PyAny>) -> Result<Vec<u8>, Vec<u8>> {
    match asking(|| value.str()) {
        Some(Ok(text)) => Ok(crate::text::with_bytes(&text, <[u8]>::to_vec)),
        Some(Err(error)) => {
            let raised = raised(&error, value.py());
            Err(format!("<{}: str() raised {raised}>", type_name(value)).into_bytes())
        }
        None => Err(format!("<{}>", type_name(value)).into_bytes()),
    }
}

/// Writes a cut for a field that could not be read.
fn unreadable(walker: &mut Walker<'_>, what: &str, name: &Bound<'_, PyString>, error: &PyErr) {
    let raised = raised(error, name.py());
    walker.cut(&format!("<{what} {} raised {raised}>", name.to_string_lossy()));
}

/// Writes the beginning of a text as a cut.
pub(crate) fn cut(walker: &mut Walker<'_>, text: &Bound<'_, PyAny>) {
    match text.cast::<PyString>() {
        Ok(text) => crate::text::with_bytes(text, |bytes| {
            walker.encoder.cut(bytes);
        }),
        Err(_) => walker.cut("<int>"),
    }
}

/// The name of an error's class. Ctrl-C that struck while a value was asked is kept for after the call.
fn raised(error: &PyErr, py: Python<'_>) -> String {
    interrupt::keep(error, py);
    name_of(&error.get_type(py))
}

fn type_name(value: &Bound<'_, PyAny>) -> String {
    name_of(&value.get_type())
}

fn name_of(class: &Bound<'_, PyType>) -> String {
    class.name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
