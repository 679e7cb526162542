//! The native half of the npm package: the core's verbs as Node-API functions. Never calls back; of a record it encodes
//! only the texts that JavaScript left out.
#![deny(unsafe_code)]

mod border;
mod loggers;
mod scratch;
mod verbs;
mod waiting;
