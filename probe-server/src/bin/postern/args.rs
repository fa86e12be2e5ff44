//! What can be said on the command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use postern_shared::lint::RecordKind;
use postern_shared::report::ProfileName;
use postern_shared::wording::Language;
use probe_server::config;

/// How well is a domain's mail protected?
#[derive(Debug, Parser)]
#[command(
    name = "postern",
    version,
    after_help = "Exit codes: 0 done, 1 lint found errors, 2 misuse, 3 the scan could not be made, or DNS answered nothing."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan a domain: DNS, and its mail servers on port 25.
    Scan(ScanArgs),
    /// Assess saved evidence again, under any profile.
    Assess(AssessArgs),
    /// May this address send for this sender? SPF's answer, with its trace.
    Spf(SpfArgs),
    /// What does a server's TLS take? Versions, suites, groups and certificates, whatever its domain.
    #[command(after_help = TLS_HELP)]
    Tls(TlsArgs),
    /// What is wrong in a record's text? Nothing is looked up.
    #[command(arg_required_else_help = true, after_help = LINT_HELP)]
    Lint(LintArgs),
}

/// Servers, by example.
const TLS_HELP: &str = "\
Examples:
  postern tls mx.example.org
  postern tls mx.example.org:465 --deep
  postern tls 192.0.2.25 --name mx.example.org

TLS begins at once on port 465, and with STARTTLS elsewhere.";

/// What can be linted, by example.
const LINT_HELP: &str = "\
Examples:
  postern lint spf 'v=spf1 include:_spf.example.org -all'
  dig +short TXT _dmarc.example.org | postern lint dmarc -
  dig +short MX example.org | postern lint mx -
  dig +short TLSA _25._tcp.mx.example.org | postern lint tlsa -

Exit codes: 0 no error, 1 errors, 2 misuse.";

/// How to show a report.
#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Show below each line of the report what proves it: the answers and the dialogue.
    #[arg(long)]
    pub(crate) proof: bool,
    /// How to read the evidence.
    #[arg(long, value_name = "PROFILE", default_value = "standards", value_parser = profile)]
    pub(crate) profile: ProfileName,
    /// The language of the report: en or fa.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    pub(crate) lang: Language,
}

#[derive(Args, Debug)]
pub(crate) struct ScanArgs {
    /// A domain, an e-mail address or a web address; Unicode is fine.
    pub(crate) domain: String,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
    /// Ask this name server instead of the system's.
    #[arg(long, value_name = "IP[:PORT]", value_parser = config::dns_server)]
    pub(crate) dns_server: Option<SocketAddr>,
    /// Also speak to private and loopback addresses: for labs and intranets.
    #[arg(long)]
    pub(crate) allow_private_targets: bool,
    /// Trust these roots too (PEM).
    #[arg(long, value_name = "PEM")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Look at the DKIM key under this selector; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) selector: Vec<String>,
    /// Look at the DKIM keys that this message was signed with; - is standard input. Nothing of it is sent anywhere.
    #[arg(long, value_name = "FILE")]
    pub(crate) message: Option<PathBuf>,
    /// Save what was seen, for `postern assess`.
    #[arg(long, value_name = "FILE")]
    pub(crate) evidence_out: Option<PathBuf>,
    /// Let this probe server speak to the mail servers, where port 25 is blocked: ws://… or wss://….
    #[arg(long, value_name = "URL", conflicts_with = "allow_private_targets")]
    pub(crate) probe: Option<String>,
    /// Find out everything that the servers' TLS takes, in a hundred connections to each and more, without a
    /// pause: for servers of your own. Others will take it for an attack.
    #[arg(long)]
    pub(crate) deep: bool,
    /// The name to say in EHLO; it should resolve to this machine.
    #[arg(long, value_name = "NAME")]
    pub(crate) ehlo_name: Option<String>,
    /// The domain of the recipient that open relays are tested with: best one of your own, with an MX of your own.
    #[arg(
        long,
        value_name = "DOMAIN",
        default_value = config::RELAY_DOMAIN,
        value_parser = config::relay_domain
    )]
    pub(crate) relay_domain: String,
    /// Milliseconds between two connections to one address; under 1000 for private targets only.
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    pub(crate) spacing_ms: u64,
}

#[derive(Args, Debug)]
pub(crate) struct AssessArgs {
    /// Evidence saved by `postern scan --evidence-out`; - is standard input.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

#[derive(Args, Debug)]
pub(crate) struct SpfArgs {
    /// The address of the client that sends.
    #[arg(long)]
    pub(crate) ip: IpAddr,
    /// The envelope sender, an address or a domain; empty or <> is the null reverse-path.
    #[arg(long, value_name = "ADDR")]
    pub(crate) mail_from: String,
    /// What the client says in HELO or EHLO; without it, the sender's domain.
    #[arg(long, value_name = "NAME")]
    pub(crate) helo: Option<String>,
    /// Ask this name server instead of the system's.
    #[arg(long, value_name = "IP[:PORT]", value_parser = config::dns_server)]
    pub(crate) dns_server: Option<SocketAddr>,
    /// How to print the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The language of the result: en or fa.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    pub(crate) lang: Language,
}

#[derive(Args, Debug)]
pub(crate) struct TlsArgs {
    /// The server: a host name or an address, and a port where it is not 25.
    #[arg(value_name = "HOST[:PORT]")]
    pub(crate) server: String,
    /// The name to ask for in SNI, and that the certificate should be for; without it, the host name.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Find out everything that it takes, in a hundred connections and more, without a pause: for servers of
    /// your own. Others will take it for an attack.
    #[arg(long)]
    pub(crate) deep: bool,
    /// Ask this name server instead of the system's.
    #[arg(long, value_name = "IP[:PORT]", value_parser = config::dns_server)]
    pub(crate) dns_server: Option<SocketAddr>,
    /// Also speak to private and loopback addresses: for labs and intranets.
    #[arg(long)]
    pub(crate) allow_private_targets: bool,
    /// Trust these roots too (PEM).
    #[arg(long, value_name = "PEM")]
    pub(crate) ca_file: Option<PathBuf>,
    /// The name to say in EHLO; it should resolve to this machine.
    #[arg(long, value_name = "NAME")]
    pub(crate) ehlo_name: Option<String>,
    /// Milliseconds between two connections; under 1000 for private targets only. A deep scan makes no pause.
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    pub(crate) spacing_ms: u64,
    /// Save what was seen.
    #[arg(long, value_name = "FILE")]
    pub(crate) evidence_out: Option<PathBuf>,
    /// How to print the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The language of the result: en or fa.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    pub(crate) lang: Language,
}

#[derive(Args, Debug)]
pub(crate) struct LintArgs {
    /// What to read it as.
    #[arg(value_parser = kind())]
    pub(crate) kind: RecordKind,
    /// The text: as it is, or as the quoted strings of a zone file, one record a line; - is standard input.
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: String,
    /// How to print the remarks.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The language of the remarks: en or fa.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    pub(crate) lang: Language,
}

/// How to print.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Takes the kinds that there are, and names them in the help.
fn kind() -> impl TypedValueParser<Value = RecordKind> {
    PossibleValuesParser::new(RecordKind::ALL.map(RecordKind::as_str)).try_map(|word| {
        word.parse::<RecordKind>()
            .map_err(|()| "there is no such kind of record")
    })
}

fn profile(text: &str) -> Result<ProfileName, String> {
    text.parse()
        .map_err(|()| "there are two profiles: standards and classic".to_owned())
}

fn language(text: &str) -> Result<Language, String> {
    text.parse()
        .map_err(|_| "there are two languages: en and fa".to_owned())
}
