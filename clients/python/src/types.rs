//! The standard library's types that have a form of their own in a record, looked up once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// Types by their place in the standard library.
pub(crate) struct Types {
    pub(crate) decimal: Py<PyType>,
    pub(crate) datetime: Py<PyType>,
    pub(crate) date: Py<PyType>,
    pub(crate) time: Py<PyType>,
    pub(crate) timedelta: Py<PyType>,
    pub(crate) uuid: Py<PyType>,
    pub(crate) enumeration: Py<PyType>,
    pub(crate) mapping: Py<PyType>,
    pub(crate) set: Py<PyType>,
    pub(crate) values_view: Py<PyType>,
    pub(crate) deque: Py<PyType>,
    /// 1970-01-01 UTC as an aware `datetime`.
    pub(crate) epoch: Py<PyAny>,
}

static TYPES: PyOnceLock<Types> = PyOnceLock::new();

impl Types {
    /// The types; imported at the first foreign value, not with the package.
    pub(crate) fn get(py: Python<'_>) -> PyResult<&Types> {
        TYPES.get_or_try_init(py, || Types::load(py))
    }

    fn load(py: Python<'_>) -> PyResult<Types> {
        let class = |module: &str, name: &str| -> PyResult<Py<PyType>> {
            Ok(py.import(module)?.getattr(name)?.cast_into::<PyType>()?.unbind())
        };
        let datetime = class("datetime", "datetime")?;
        let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
        let epoch = datetime.bind(py).call1((1970, 1, 1, 0, 0, 0, 0, utc))?.unbind();
        Ok(Types {
            decimal: class("decimal", "Decimal")?,
            datetime,
            date: class("datetime", "date")?,
            time: class("datetime", "time")?,
            timedelta: class("datetime", "timedelta")?,
            uuid: class("uuid", "UUID")?,
            enumeration: class("enum", "Enum")?,
            mapping: class("collections.abc", "Mapping")?,
            set: class("collections.abc", "Set")?,
            values_view: class("collections.abc", "ValuesView")?,
            deque: class("collections", "deque")?,
            epoch,
        })
    }
}
