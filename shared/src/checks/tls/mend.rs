//! Lines of configuration about TLS, and who has to write them.

use crate::checks::Scene;
use crate::checks::host::{operator, software};
use crate::dns::Name;
use crate::report::{Action, CertificateReason, Finding, Mend, Owner, Reason};
use crate::smtp::Software;
use crate::tls::Fault;

/// How TLS is switched on.
pub(in crate::checks) const SWITCHED_ON: [(Software, &str); 12] = [
    (Software::Postfix, "smtpd_tls_security_level = may"),
    (
        Software::Postfix,
        "smtpd_tls_chain_files = /etc/ssl/mx.key, /etc/ssl/mx.pem",
    ),
    (Software::Exim, "tls_advertise_hosts = *"),
    (Software::Exim, "tls_certificate = /etc/ssl/mx.pem"),
    (Software::Exim, "tls_privatekey = /etc/ssl/mx.key"),
    (
        Software::OpenSmtpd,
        "pki mail.example.com cert \"/etc/ssl/mx.pem\"",
    ),
    (
        Software::OpenSmtpd,
        "pki mail.example.com key \"/etc/ssl/mx.key\"",
    ),
    (
        Software::OpenSmtpd,
        "listen on egress tls pki mail.example.com",
    ),
    (
        Software::Sendmail,
        "define(`confSERVER_CERT', `/etc/ssl/mx.pem')dnl",
    ),
    (
        Software::Sendmail,
        "define(`confSERVER_KEY', `/etc/ssl/mx.key')dnl",
    ),
    (
        Software::Exchange,
        "Get-ExchangeCertificate | Format-List Subject,Thumbprint,NotAfter",
    ),
    (
        Software::Exchange,
        "Enable-ExchangeCertificate -Thumbprint THUMBPRINT -Services SMTP",
    ),
];

/// TLS 1.2 and newer. Postfix knows the short form since 3.6, OpenSMTPD the word since 7.0, Sendmail since 8.15 under
/// `LOCAL_CONFIG`; Exim has two libraries, each with words of its own.
pub(in crate::checks) const VERSIONS: &[(&str, &str)] = &[
    ("Postfix", "smtpd_tls_protocols = >=TLSv1.2"),
    (
        "Exim (OpenSSL)",
        "openssl_options = +no_sslv2 +no_sslv3 +no_tlsv1 +no_tlsv1_1",
    ),
    (
        "Exim (GnuTLS)",
        "tls_require_ciphers = NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
    ),
    (
        "OpenSMTPD",
        r#"listen on egress tls pki mail.example.com protocols "secure""#,
    ),
    (
        "Sendmail",
        "O ServerSSLOptions=+SSL_OP_NO_SSLv2 +SSL_OP_NO_SSLv3 +SSL_OP_NO_TLSv1 +SSL_OP_NO_TLSv1_1",
    ),
    (
        "Exchange",
        r#"reg add "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server" /v Enabled /t REG_DWORD /d 0 /f"#,
    ),
    (
        "Exchange",
        r#"reg add "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.1\Server" /v Enabled /t REG_DWORD /d 0 /f"#,
    ),
];

/// Of TLS 1.2 the suites with a key of their own for each connection and with authenticated encryption.
pub(in crate::checks) const SUITES: &[(&str, &str)] = &[
    (
        "Postfix",
        "smtpd_tls_exclude_ciphers = aNULL, kRSA, kDHE, SHA1, SHA256, SHA384, ARIA, CAMELLIA, AESCCM8",
    ),
    (
        "Exim (OpenSSL)",
        "tls_require_ciphers = ECDHE+AESGCM:ECDHE+CHACHA20",
    ),
    (
        "Exim (GnuTLS)",
        "tls_require_ciphers = NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-RSA:+ECDHE-ECDSA:-MAC-ALL:+AEAD",
    ),
    ("OpenSMTPD", r#"smtp ciphers "ECDHE+AESGCM:ECDHE+CHACHA20""#),
    ("Sendmail", "O CipherList=ECDHE+AESGCM:ECDHE+CHACHA20"),
    (
        "Exchange",
        "Get-TlsCipherSuite | Where-Object Name -match '^TLS_(RSA|DHE)_|_CBC_' | ForEach-Object { Disable-TlsCipherSuite -Name $_.Name }",
    ),
];

/// The key, the certificate, and behind it those that vouch for it.
pub(in crate::checks) const CERTIFICATES: &[(&str, &str)] = &[
    (
        "Postfix",
        "smtpd_tls_chain_files = /etc/ssl/mx.key, /etc/ssl/mx.pem",
    ),
    ("Exim", "tls_certificate = /etc/ssl/mx.pem"),
    ("Exim", "tls_privatekey = /etc/ssl/mx.key"),
    ("OpenSMTPD", "pki mail.example.com cert \"/etc/ssl/mx.pem\""),
    ("OpenSMTPD", "pki mail.example.com key \"/etc/ssl/mx.key\""),
    (
        "Sendmail",
        "define(`confSERVER_CERT', `/etc/ssl/mx.pem')dnl",
    ),
    ("Sendmail", "define(`confSERVER_KEY', `/etc/ssl/mx.key')dnl"),
    (
        "Exchange",
        "Enable-ExchangeCertificate -Thumbprint THUMBPRINT -Services SMTP",
    ),
];

/// How to see that a key and a certificate belong together.
const DIGESTS: [&str; 2] = [
    "openssl x509 -in /etc/ssl/mx.pem -noout -pubkey | openssl dgst -sha256",
    "openssl pkey -in /etc/ssl/mx.key -pubout | openssl dgst -sha256",
];

/// A mend of the key and its certificate, with the lines that name both.
pub(in crate::checks) fn of_pair(scene: &Scene<'_>, action: Action, owner: Owner) -> Mend {
    let digests: &[&str] = match action {
        Action::MatchKey { .. } => &DIGESTS,
        _ => &[],
    };
    let mend = digests.iter().fold(Mend::new(action, owner), |mend, line| {
        mend.configuring("OpenSSL", line)
    });
    with(scene, mend, CERTIFICATES)
}

/// The mend with these lines: with those for what the servers run alone, where that shows.
pub(in crate::checks) fn with(
    scene: &Scene<'_>,
    mend: Mend,
    lines: &[(&'static str, &'static str)],
) -> Mend {
    let known = software(scene);
    let is_theirs =
        |(of, _): &&(&str, &str)| known.is_some_and(|known| of.starts_with(known.as_str()));
    let any = lines.iter().any(|line| is_theirs(&line));
    let shown = lines.iter().filter(|line| !any || is_theirs(line));
    shown.fold(mend, |mend, (of, line)| mend.configuring(of, line))
}

/// Who runs the servers that brought a finding to its status: the domain's own people where one of them is its own.
pub(in crate::checks) fn owner(scene: &Scene<'_>, finding: &Finding) -> Owner {
    let hosts = finding.hosts.iter();
    let hosts = hosts.filter(|host| host.status == finding.status);
    operator(scene, hosts.map(|host| &host.exchange))
}

/// The mail servers that brought a finding to its status.
pub(in crate::checks) fn hosts(finding: &Finding) -> Vec<Name> {
    let mut hosts: Vec<Name> = Vec::new();
    for host in finding
        .hosts
        .iter()
        .filter(|host| host.status == finding.status)
    {
        if !hosts.contains(&host.exchange) {
            hosts.push(host.exchange.clone());
        }
    }
    hosts
}

/// What to do about the certificates of these servers.
pub(in crate::checks) fn of_certificate(reason: &Reason, hosts: Vec<Name>) -> Option<Action> {
    let Reason::Certificate(reason) = reason else {
        return None;
    };
    Some(match reason {
        CertificateReason::Refused { why, .. } => of_fault(why, hosts),
        CertificateReason::KeyMismatch { .. } => Action::MatchKey { hosts },
        CertificateReason::EndsSoon { .. } => Action::RenewCertificate { hosts },
        CertificateReason::Weak { .. } => Action::ReplaceCertificate { hosts },
        _ => return None,
    })
}

/// What to do about a fault of theirs.
pub(in crate::checks) const fn of_fault(fault: &Fault, hosts: Vec<Name>) -> Action {
    match fault {
        Fault::Expired { .. } | Fault::NotYetValid => Action::RenewCertificate { hosts },
        Fault::IssuerNotSent { .. } | Fault::IssuerExpired => Action::SendIssuers { hosts },
        _ => Action::ReplaceCertificate { hosts },
    }
}
