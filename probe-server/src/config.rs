//! The settings of `probe-server serve`, each also from the environment.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use axum::http::HeaderName;
use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand};
use postern_shared::DomainName;
use postern_shared::wording::{self, Language};

use crate::context::Settings;
use crate::etiquette::Etiquette;
use crate::guard::{Allowance, Guard, OptOuts};

/// The arms of Postern, a scanner of mail security: it does for a web page what a web page cannot do.
#[derive(Debug, Parser)]
#[command(name = "probe-server", version, about, long_about = None)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the server can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the page, the probe (WebSocket at /ws) and DNS over HTTPS (/dns-query).
    ///
    /// The defaults are safe: it listens on this machine alone, dials only public addresses of mail
    /// exchanges on port 25, and bounds what each client may ask. TLS is the business of a proxy in
    /// front of it.
    Serve(Box<Serve>),
}

/// The settings of `serve`.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Where to listen.
    #[arg(
        long,
        env = "POSTERN_LISTEN",
        value_name = "IP:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,

    /// The folder of the built page; without it, the page inside this binary is served, if there is one.
    #[arg(long, env = "POSTERN_PAGE_DIR", value_name = "DIR")]
    pub page_dir: Option<PathBuf>,

    /// Names under which people reach this server, as scan.example: its page works only at these, at the
    /// EHLO name, at IP addresses and at localhost (comma-separated). A public site needs it.
    #[arg(
        long,
        env = "POSTERN_PUBLIC_HOST",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub public_host: Vec<String>,

    /// Origins of pages elsewhere that may use this probe, as https://scan.example (comma-separated;
    /// `*` lets every page in).
    #[arg(
        long,
        env = "POSTERN_ALLOW_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    pub allow_origin: Vec<String>,

    /// The header in which the proxy in front names the client, as X-Forwarded-For; its last address
    /// counts. Set it only behind a proxy that sets it, and listen where only that proxy reaches you.
    #[arg(long, env = "POSTERN_CLIENT_HEADER", value_name = "NAME")]
    pub client_header: Option<HeaderName>,

    /// Where people whose servers were visited can write to; shown at /about-probe.
    #[arg(long, env = "POSTERN_CONTACT", value_name = "TEXT")]
    pub contact: Option<String>,

    /// A file of those who asked not to be probed: a domain, mail server, address or network a line; each name
    /// stands for all below it.
    #[arg(long, env = "POSTERN_OPT_OUT_FILE", value_name = "FILE")]
    pub opt_out_file: Option<PathBuf>,

    /// Scans that one client (IPv6: one /64) may ask for in a minute.
    #[arg(long, env = "POSTERN_SCANS_PER_MINUTE", value_name = "N", default_value_t = Allowance::default().scans_per_minute)]
    pub scans_per_minute: u32,

    /// Sockets that one client may have open.
    #[arg(long, env = "POSTERN_SOCKETS_PER_CLIENT", value_name = "N", default_value_t = Allowance::default().sockets_per_client)]
    pub sockets_per_client: usize,

    /// Scans that one client may have running.
    #[arg(long, env = "POSTERN_SCANS_PER_CLIENT", value_name = "N", default_value_t = Allowance::default().scans_per_client)]
    pub scans_per_client: usize,

    /// Scans at once, of all clients.
    #[arg(long, env = "POSTERN_SCANS_AT_ONCE", value_name = "N", default_value_t = Allowance::default().scans_at_once)]
    pub scans_at_once: usize,

    /// Scans, of whatever domains, that visit one mail server's address (IPv6: one /64) within ten minutes.
    #[arg(long, env = "POSTERN_SCANS_PER_ADDRESS", value_name = "N", default_value_t = Etiquette::default().scans_per_address)]
    pub scans_per_address: u32,

    /// Seconds between two scans of one domain.
    #[arg(long, env = "POSTERN_COOL_DOWN", value_name = "SECONDS", default_value_t = Allowance::default().cool_down.as_secs())]
    pub cool_down: u64,

    /// Let clients ask for deep scans, which open a hundred connections to a server and more, where they need
    /// them, and keep no distance. For a probe that scans nothing but your own mail servers.
    #[arg(long, env = "POSTERN_DEEP_SCANS", value_parser = BoolishValueParser::new())]
    pub deep_scans: bool,

    /// DNS questions that one client may ask at /dns-query in a minute.
    #[arg(long, env = "POSTERN_DNS_PER_MINUTE", value_name = "N", default_value_t = Allowance::default().dns_per_minute)]
    pub dns_per_minute: u32,

    /// How the probe itself works.
    #[command(flatten)]
    pub probe: ProbeOptions,
}

impl Serve {
    /// The settings of its scans: strangers ask, so that only public names are looked up, unless the lab
    /// or intranet that it stands in is what it is for.
    ///
    /// # Errors
    /// A setting cannot be used, or the file of those who asked not to be probed cannot be read.
    pub fn settings(&self) -> Result<Settings, String> {
        let mut settings = self.probe.settings()?;
        if let Some(file) = &self.opt_out_file {
            settings.opt_outs = OptOuts::load(file).map_err(|e| e.to_string())?;
        }
        settings.public_names_only = !self.probe.allow_private_targets;
        settings.etiquette.scans_per_address = self.scans_per_address;
        Ok(settings)
    }

    /// How much clients are allowed.
    #[must_use]
    pub const fn allowance(&self) -> Allowance {
        Allowance {
            scans_per_minute: self.scans_per_minute,
            dns_per_minute: self.dns_per_minute,
            sockets_per_client: self.sockets_per_client,
            scans_per_client: self.scans_per_client,
            scans_at_once: self.scans_at_once,
            cool_down: Duration::from_secs(self.cool_down),
            deep_scans: self.deep_scans,
        }
    }
}

/// Settings of scans, whoever asks for them.
#[derive(Args, Clone, Debug)]
pub struct ProbeOptions {
    /// The resolver to ask, over UDP and TCP; without it, the system's.
    #[arg(
        long,
        env = "POSTERN_DNS_SERVER",
        value_name = "IP[:PORT]",
        value_parser = dns_server
    )]
    pub dns_server: Option<SocketAddr>,

    /// The name to say in EHLO: it should resolve to this machine and back. Without it, the host's name,
    /// or its address in brackets where that has no dot.
    #[arg(long, env = "POSTERN_EHLO_NAME", value_name = "NAME")]
    pub ehlo_name: Option<String>,

    /// The domain of the recipient that open relays are tested with: best a domain of your own with an MX
    /// of your own, so that a message could only reach you (none is ever sent).
    #[arg(
        long,
        env = "POSTERN_RELAY_DOMAIN",
        value_name = "DOMAIN",
        default_value = RELAY_DOMAIN,
        value_parser = relay_domain
    )]
    pub relay_domain: String,

    /// Roots to trust beside the platform's, as a PEM file.
    #[arg(long, env = "POSTERN_CA_FILE", value_name = "PEM")]
    pub ca_file: Option<PathBuf>,

    /// Milliseconds between two connections to one address; under 1000 for private targets only.
    #[arg(
        long,
        env = "POSTERN_SPACING_MS",
        value_name = "MS",
        default_value_t = 1000
    )]
    pub spacing_ms: u64,

    /// Dial private, loopback and other addresses that are not public too: for labs and intranets, never
    /// for a server that strangers reach.
    #[arg(long, env = "POSTERN_ALLOW_PRIVATE_TARGETS", value_parser = BoolishValueParser::new())]
    pub allow_private_targets: bool,

    /// The port of mail exchanges in a lab that cannot have 25; private targets must be allowed.
    #[arg(
        long,
        env = "POSTERN_SMTP_PORT",
        value_name = "PORT",
        default_value_t = 25
    )]
    pub smtp_port: u16,
}

impl ProbeOptions {
    /// The settings that these options make.
    ///
    /// # Errors
    /// Another port than 25 without private targets: public servers are visited on port 25 alone.
    pub fn settings(&self) -> Result<Settings, String> {
        if self.smtp_port != 25 && !self.allow_private_targets {
            return Err(
                "another SMTP port than 25 is for labs: it needs --allow-private-targets".into(),
            );
        }
        Ok(Settings {
            dns_server: self.dns_server,
            ca_file: self.ca_file.clone(),
            ehlo_name: self.ehlo_name.clone(),
            relay_domain: self.relay_domain.clone(),
            guard: Guard::new(self.allow_private_targets).with_port(self.smtp_port),
            opt_outs: OptOuts::default(),
            public_names_only: false,
            etiquette: Etiquette {
                spacing: spacing(self.spacing_ms, self.allow_private_targets)?,
                ..Etiquette::default()
            },
        })
    }
}

/// The domain that relays are tested with until somebody names a better one. It takes no mail, and says
/// so (null MX): some servers refuse it for that, which proves nothing.
pub const RELAY_DOMAIN: &str = "example.org";

/// Where DNS is spoken unless somebody says otherwise.
const DNS_PORT: u16 = 53;

/// Reads where a name server is: an IP address, with its port or without.
///
/// # Errors
/// Says what to write instead.
pub fn dns_server(text: &str) -> Result<SocketAddr, String> {
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    if let Ok(whole) = text.parse() {
        return Ok(whole);
    }
    let address = text.parse().ok();
    address
        .or_else(|| bracketed().map(IpAddr::V6))
        .map(|address: IpAddr| SocketAddr::new(address, DNS_PORT))
        .ok_or_else(|| {
            "name it by its IP address, as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353"
                .to_owned()
        })
}

/// Reads the domain that relays are tested with.
///
/// # Errors
/// Says what is wrong with it.
pub fn relay_domain(text: &str) -> Result<String, String> {
    match DomainName::parse(text) {
        Ok(domain) => Ok(domain.to_string()),
        // As clap itself, which says the rest, in English.
        Err(error) => Err(wording::domain_name_error(Language::En, &error).plain(Language::En)),
    }
}

/// Milliseconds between two connections to a public server, at least.
const MIN_SPACING_MS: u64 = 1000;

/// The distance between two connections to one address.
///
/// # Errors
/// It is too short for servers of others.
pub fn spacing(ms: u64, allow_private_targets: bool) -> Result<Duration, String> {
    if ms < MIN_SPACING_MS && !allow_private_targets {
        return Err(format!(
            "--spacing-ms under {MIN_SPACING_MS} is for labs: it needs --allow-private-targets"
        ));
    }
    Ok(Duration::from_millis(ms))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_setting_explains_itself_and_has_its_variable() {
        let mut command = Cli::command();
        command.build();
        let serve = command.find_subcommand("serve").unwrap();
        let settings = serve
            .get_arguments()
            .filter(|argument| argument.get_id() != "help");
        for setting in settings {
            let flag = setting.get_long().unwrap();
            let variable = format!("POSTERN_{}", flag.replace('-', "_").to_uppercase());
            assert_eq!(setting.get_env().unwrap(), variable.as_str());
            assert!(setting.get_help().is_some(), "{flag}");
        }
        command.debug_assert();
    }

    #[test]
    fn a_name_server_needs_no_port() {
        for (text, read) in [
            ("8.8.8.8", "8.8.8.8:53"),
            ("8.8.8.8:5353", "8.8.8.8:5353"),
            ("2001:db8::1", "[2001:db8::1]:53"),
            ("[2001:db8::1]", "[2001:db8::1]:53"),
            ("[2001:db8::1]:5353", "[2001:db8::1]:5353"),
        ] {
            assert_eq!(dns_server(text).unwrap().to_string(), read);
        }
        for text in ["", "dns.example", "8.8.8.8:", "8.8.8.8:dns", "[8.8.8.8]"] {
            assert!(dns_server(text).unwrap_err().contains("IP address"));
        }
        let arguments = ["probe-server", "serve", "--dns-server", "2001:db8::1"];
        let Command::Serve(serve) = Cli::parse_from(arguments).command;
        assert_eq!(serve.probe.dns_server, "[2001:db8::1]:53".parse().ok());
    }

    #[test]
    fn a_relay_domain_that_is_none_is_said_in_words() {
        let arguments = ["probe-server", "serve", "--relay-domain", "!!"];
        let said = Cli::try_parse_from(arguments).unwrap_err().to_string();
        assert!(
            said.contains("A domain cannot hold !.") && !said.contains("Character("),
            "{said}"
        );
        assert_eq!(relay_domain("Relay.Example.").unwrap(), "relay.example");
    }

    #[test]
    fn another_port_is_for_labs() {
        let parse = |arguments: &[&str]| {
            let arguments = ["probe-server", "serve"].iter().chain(arguments);
            let Command::Serve(serve) = Cli::parse_from(arguments).command;
            serve.probe.settings().map(drop)
        };
        assert!(parse(&[]).is_ok());
        assert!(parse(&["--smtp-port", "2525"]).is_err());
        assert!(parse(&["--smtp-port", "2525", "--allow-private-targets"]).is_ok());
        assert!(parse(&["--spacing-ms", "999"]).is_err());
        assert!(parse(&["--spacing-ms", "0", "--allow-private-targets"]).is_ok());
    }
}
