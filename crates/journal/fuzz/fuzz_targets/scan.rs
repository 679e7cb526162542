//! `cargo +nightly fuzz run scan` in crates/journal: the frame scanner under libFuzzer.
#![no_main]

#[path = "../scan.rs"]
mod scan;

libfuzzer_sys::fuzz_target!(|input: &[u8]| scan::scan(input));
