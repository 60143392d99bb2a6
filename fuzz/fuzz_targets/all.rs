//! The target that `FUZZ_TARGET` names.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| feedwright_fuzz::run(bytes));
