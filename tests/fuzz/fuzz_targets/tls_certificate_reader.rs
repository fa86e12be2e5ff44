#![no_main]
libfuzzer_sys::fuzz_target!(|octets: &[u8]| postern_fuzz::tls_certificate_reader(octets));
