//! The native half of the npm package: the core's verbs as Node-API functions. Never calls back, never encodes a record.
#![deny(unsafe_code)]

mod border;
mod loggers;
mod verbs;
mod waiting;
