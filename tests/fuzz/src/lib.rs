//! What is fuzzed: one plain function for each target, which panics where something does not hold.
//!
//! libFuzzer calls them from `fuzz_targets/`; the workspace's own tests call them, on any compiler, with
//! the inputs in `seeds/`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    // A module of a test has nobody to export to.
    unreachable_pub
)]

mod certificate;
mod dialogue;
mod dns_wire;
mod evidence;
mod input;
mod records;
mod rounds;
mod smtp;
mod tls;
mod zone;

pub use certificate::tls_certificate_reader;
pub use dialogue::smtp_dialogue;
pub use dns_wire::dns_wire;
pub use evidence::evidence_json;
pub use records::{
    bimi_record, dkim_header, dkim_record, dmarc_record, mta_sts_policy, mta_sts_record,
    mx_records, spf_record, tls_rpt, tlsa,
};
pub use smtp::smtp_reply;
pub use tls::tls_hello_reader;
pub use zone::{dmarc_discover, spf_evaluate};

/// A target: it takes any octets.
pub type Target = fn(&[u8]);

/// All targets by name; `fuzz_targets/` has a file of each.
pub const TARGETS: &[(&str, Target)] = &[
    ("bimi_record", bimi_record),
    ("dkim_header", dkim_header),
    ("dkim_record", dkim_record),
    ("dmarc_discover", dmarc_discover),
    ("dmarc_record", dmarc_record),
    ("dns_wire", dns_wire),
    ("evidence_json", evidence_json),
    ("mta_sts_policy", mta_sts_policy),
    ("mta_sts_record", mta_sts_record),
    ("mx_records", mx_records),
    ("smtp_dialogue", smtp_dialogue),
    ("smtp_reply", smtp_reply),
    ("spf_evaluate", spf_evaluate),
    ("spf_record", spf_record),
    ("tls_certificate_reader", tls_certificate_reader),
    ("tls_hello_reader", tls_hello_reader),
    ("tls_rpt", tls_rpt),
    ("tlsa", tlsa),
];
