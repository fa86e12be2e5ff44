//! English.

use postern_shared::wording::Sentence;

use super::{Prober, Texts, say};
use crate::model::settings::BadUrl;

/// The texts.
pub static TEXTS: Texts = Texts {
    title: "How well is your mail guarded?",
    lead: "Type a domain. Postern reads its DNS, has a probe server knock at its mail servers, and shows line by \
           line what is right, what is not, and the proof. No message is ever sent.",
    search_label: "A domain, an e-mail address or a web address",
    scan: "Scan",
    scan_again: "Scan again",
    stop: "Stop",
    skip: "Skip to the content",
    navigation: "Page",
    history: "History",
    settings: "Settings",
    switch_theme: "Switch between light and dark",
    group_leads: [
        "SPF, DMARC, and what follows from both for your domain, its subdomains, and names that do not exist.",
        "Open relay, AUTH, VRFY, EXPN and HELP, asked in short polite dialogues that stop before any message.",
        "Whether each address has a name that leads back to it, and the blocklists that matter.",
    ],
    privacy: |resolvers, probe| {
        let asked = match resolvers {
            [] => Sentence::default(),
            [only] => say("the resolver {0}", &[only]),
            [first, second, ..] => say(
                "the resolver {0} (or {1}, when that fails)",
                &[first, second],
            ),
        };
        let and = if resolvers.is_empty() || matches!(probe, Prober::Nobody) {
            ""
        } else {
            " and "
        };
        let prober = match probe {
            Prober::ThisSite => say(
                "this site’s probe server, which visits its mail servers",
                &[],
            ),
            Prober::Other(host) => say(
                "the probe server {0}, which visits its mail servers",
                &[host],
            ),
            Prober::Nobody => Sentence::default(),
        };
        Sentence::fill(
            "The domain that you type is told to {0}{1}{2}; to nobody else. Your scans stay in this browser.",
            &[asked, Sentence::text(and), prober],
        )
    },
    recent: "Scans made in this browser",
    no_history: "No scan has been made in this browser yet.",
    history_not_kept: "This browser does not let the page keep anything: the list lasts as long as the page is open.",
    open: "Open the scan of",
    delete: "Delete the scan of",
    all_scans: "All scans",
    grade: "Grade",
    score: "Score",
    of: |total| format!("of {total}"),
    updated: "Last updated",
    profile: "Profile",
    mend_first: "Mend first",
    nothing_to_mend: "Nothing to mend.",
    nothing_seen_to_mend: "Nothing to mend in what could be looked at.",
    mend_awaited: "Still looking",
    copy: "Copy",
    copied: "Copied",
    selected: "Selected",
    dns_progress: |answered, asked| format!("DNS: {answered} of {asked} answers"),
    seconds: |seconds| format!("{seconds} s"),
    scanning: |settled, total| format!("Scanning: {settled} of {total} rows are settled."),
    stopped: "This scan was stopped before its end. What was found stays.",
    hosts: |count| {
        if count == 1 {
            "1 host".to_owned()
        } else {
            format!("{count} hosts")
        }
    },
    by_host: "Host by host",
    in_between: "What somebody in between can do",
    proof: "Proof",
    mend: "Mend",
    standards: "Where it is written",
    more_proofs: |count| format!("Show {count} more"),
    file_at: |url| say("Serve as {0}:", &[url]),
    record_at: |kind, name| say("Publish as {0} at {1}:", &[kind, name]),
    no_probe: "No probe server is set. Rows that DNS does not answer need one.",
    probe_unreachable: "The probe server cannot be reached. The rows that come from DNS stand; the others need it.",
    probe_cut: "The connection to the probe server was lost. What it had found stays; scan again for the rest.",
    probe_blocked: "The probe server’s own network keeps it from port 25, so it cannot speak to mail servers. \
                    That says nothing about this domain.",
    resolvers_fail: "No resolver answers this browser. Check the connection, or choose another resolver: some \
                     networks block the well-known ones.",
    to_settings: "Open the settings",
    resolver: "Resolver",
    resolver_hint: "Asked from your browser, over DNS-over-HTTPS. It learns which domains you look at. When it \
                    fails, another public one and then the probe server stand in.",
    resolver_probe: "The probe server’s own",
    another: "Another",
    resolver_url: "Address of the resolver",
    probe: "Probe server",
    probe_hint: "Does what a browser cannot: speaks SMTP with the domain’s mail servers and asks blocklists.",
    probe_same: "The one of this site",
    probe_none: "None",
    probe_none_hint: "Only the rows that come from DNS are looked at.",
    probe_url: "Address of the probe server",
    bad_url: |broken| match broken {
        BadUrl::Form => "Type an address such as https://example.org, without ? or #.",
        BadUrl::Scheme => {
            "Begin with https://. Plain http:// is only for this machine (localhost)."
        }
        BadUrl::Host => "Name the host whole, such as example.org, or by its IP address.",
        BadUrl::Port => "Behind the colon stands a port number, such as 8443.",
        BadUrl::User => "Leave out what stands before the @.",
    },
    language: "Language",
    theme: "Theme",
    theme_system: "As the system",
    theme_light: "Light",
    theme_dark: "Dark",
    settings_hint: "Kept in this browser as you choose. Resolver and probe server count from the next scan on.",
    try_change: "Try a change",
    try_lead: "Edit a record as if you were about to publish it, and see what it would come to. Nothing is published, and \
               nothing is sent but the DNS questions that your text leads to.",
    try_this: "Try this record",
    to_report: "Back to the report",
    record: "Record",
    mta_sts_policy: "MTA-STS policy",
    record_of: |kind, name| say("{0} record of {1}, as it would be published", &[kind, name]),
    no_record: "No such record is published.",
    more_remarks: |count| format!("{count} more remarks"),
    undo: "Undo the change",
    outcome: "What it comes to",
    as_is: "Now",
    changed: "With your change",
    asking: "Asking DNS what your text leads to.",
    try_unchanged: "Nothing is changed yet. Edit the record, and see here which rows change.",
    try_nothing: "This changes no row of the report.",
    try_left_out: "What is marked as an error cannot be published, so it is not weighed.",
    comma: ",",
    spoof_title: "Who could send in your name",
    tree_title: "What the SPF record leads to",
    tree_more: |count| format!("{count} more terms are not shown."),
    sender_title: "Is this address allowed to send?",
    ip: "IP address of the server",
    sender: "Sender (may stay empty)",
    helo: "Name in HELO (may stay empty)",
    judge: "Check",
    bad_ip: "Type an IP address, such as 192.0.2.1 or 2001:db8::1.",
    bad_sender: "Type an e-mail address or a domain, such as info@example.org.",
    bad_helo: "Type the name of a host, such as mail.example.org.",
    selector: "Which key do you sign with? A selector, or the header of a message that you sent",
    look_for_key: "Look for the key",
    message_file: "Open a message file",
    selector_hint: "It is read in this page and sent nowhere: DNS alone is asked for the key’s name.",
    promise: "Postern knocks; it never pushes. No message is ever sent.",
    license: "Free software: MIT or Apache-2.0",
};
