//! The native half of the Python package: level check, encoding, one crossing. Never a timer, HTTP, retry or JSON.
#![deny(unsafe_code)]

mod asking;
mod call;
mod context;
mod crossing;
mod engine;
mod exception;
mod fastcall;
mod fields;
mod foreign;
mod interrupt;
mod listener;
mod logger;
mod options;
mod render;
mod scratch;
mod text;
mod types;
mod walker;

use pyo3::prelude::*;

/// The private module `distributedlogs._core`.
#[pymodule]
mod _core {
    use super::{Bound, PyModule, PyModuleMethods, PyResult, fastcall};

    #[pymodule_export]
    use super::asking::stop_asking;
    #[pymodule_export]
    use super::context::use_context;
    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::fields::Fields;
    #[pymodule_export]
    use super::listener::Listener;
    #[pymodule_export]
    use super::logger::Logger;
    #[pymodule_export]
    use super::options::resolve;
    #[pymodule_export]
    use super::render::{encode, show};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        fastcall::add_verbs(module.py())
    }
}
