//! English.

mod bimi;
mod caa;
mod cause;
mod check;
mod dane;
mod diagnostic;
mod dkim;
mod dnssec;
mod downgrade;
mod group;
mod injection;
mod ipv6;
mod lint;
mod mend;
mod mta_sts;
mod mx;
mod numbers;
mod observation;
mod reason;
mod report;
mod scan;
mod spoofing;
mod starttls;
mod step;
mod submission;
mod terminal;
mod tls;
mod tls_rpt;
mod version_tag;
mod what_if;

pub(super) use check::check;
pub(super) use dkim::{not_named, selector_error};
pub(super) use downgrade::passages;
pub(super) use group::{group, group_answer, verdict};
pub(super) use lint::{edited, joined_strings, level, no_remarks, place, remark};
pub(super) use mend::{action, gain, owner};
pub(super) use numbers::duration;
pub(super) use observation::observation;
pub(super) use reason::reason;
pub(super) use report::{cap, coverage, effort, no_grade, pending, profile, provisional, status};
pub(super) use scan::{
    after_dns_failure, connect_failure, dns_failure, domain_name_error, load_error, no_probe,
    progress, refusal,
};
pub(super) use spoofing::{identity, policy, protection, stranger};
pub(super) use step::{relay_form, step};
pub(super) use terminal::{
    mend_first, more_proofs, more_remarks, no_client_name, no_ehlo_name, no_port, no_probe_url,
    no_server_address, no_server_name, no_tls, not_public_server, tls_label, tls_level, tls_taken,
    too_much_input,
};
pub(super) use what_if::{
    spf_cost, spf_event, spf_note, spf_outcome, spf_passing, spf_problem, spf_tree,
};
