//! The probe server.
fn main() {}
