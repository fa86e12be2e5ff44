//! The probe server.
