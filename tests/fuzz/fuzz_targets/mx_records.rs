#![no_main]
libfuzzer_sys::fuzz_target!(|octets: &[u8]| postern_fuzz::mx_records(octets));
