//! TLS towards targets. Of a mail server any certificate is taken, and what the platform's verifier says of it is
//! kept; a policy host must have a valid one.

mod certificate;
mod chain;
pub mod enumerate;
pub mod hello;
#[cfg(test)]
mod model;
pub mod plan;
mod signature;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use postern_shared::evidence::{Chain, FailedHandshake, HelloAnswer, TlsFact, Trust};
use postern_shared::text;
use postern_shared::time::Timestamp;
use postern_shared::tls::{Group, Suite, Version};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, Error, RootCertStore,
    SignatureScheme,
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::clock;
use crate::guard::PublicAddr;

use self::chain::{Judge, Shown};
use self::hello::Heard;

/// Characters kept of what the TLS library says.
const MAX_DETAIL: usize = 300;

/// Makes TLS connections. Cheap to share: roots are read once.
#[derive(Clone, Debug)]
pub struct Tls {
    provider: Arc<CryptoProvider>,
    /// `None` where this machine has no roots.
    verifier: Option<Arc<WebPkiServerVerifier>>,
}

impl Tls {
    /// With the roots that the platform trusts and, if given, those of a PEM file.
    ///
    /// # Errors
    /// The PEM file cannot be read, or holds no certificate. (A platform without roots is no error.)
    pub fn new(ca_file: Option<&Path>) -> Result<Self, String> {
        Ok(Self::with(roots(ca_file)?))
    }

    /// With these roots alone, each a certificate as it would come from a server.
    ///
    /// # Errors
    /// One of them is no certificate.
    pub fn trusting(roots: &[&[u8]]) -> Result<Self, String> {
        let mut store = RootCertStore::empty();
        for root in roots {
            let added = store.add(CertificateDer::from(root.to_vec()));
            added.map_err(safe)?;
        }
        Ok(Self::with(store))
    }

    fn with(roots: RootCertStore) -> Self {
        let provider = Arc::new(ring::default_provider());
        let builder =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        Self {
            provider,
            verifier: builder.build().ok(),
        }
    }

    /// Makes a handshake over `stream`, with `name` in SNI and checked against.
    ///
    /// A name that cannot stand in SNI is replaced by the address of `target`.
    ///
    /// # Errors
    /// What went wrong, and what the server had shown before.
    pub(crate) async fn handshake(
        &self,
        stream: TcpStream,
        name: &str,
        target: PublicAddr,
    ) -> Result<(TlsStream<TcpStream>, TlsFact), FailedHandshake> {
        let server_name = server_name(name, target);
        let recorder = Arc::new(Recorder {
            judge: self.judge(),
            shown: Mutex::default(),
        });
        let failed = |error: &dyn std::fmt::Display, key_mismatch| FailedHandshake {
            detail: safe(error),
            key_mismatch,
            chain: recorder.shown().map(|(_, chain)| Box::new(chain)),
        };
        let config = self.config(Arc::clone(&recorder));
        let config = config.map_err(|error| failed(&error, false))?;
        let stream = TlsConnector::from(Arc::new(config))
            .connect(server_name, stream)
            .await
            .map_err(|error| failed(&error, is_key_mismatch(&error)))?;
        let fact = describe(stream.get_ref().1, name, recorder.shown());
        Ok((stream, fact))
    }

    /// Makes a handshake over `stream` with a server of HTTP/1.1 whose certificate must be valid for `name`.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn secure(
        &self,
        stream: TcpStream,
        name: &str,
    ) -> Result<TlsStream<TcpStream>, NotSecured> {
        let verifier = self.verifier.clone().ok_or(NotSecured::NoRoots)?;
        let failed = |error: &dyn std::fmt::Display| NotSecured::Failed(safe(error));
        let name = ServerName::try_from(name.to_owned()).map_err(|e| failed(&e))?;
        let builder = ClientConfig::builder_with_provider(Arc::clone(&self.provider));
        let mut config = builder
            .with_safe_default_protocol_versions()
            .map_err(|e| failed(&e))?
            .with_webpki_verifier(verifier)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let connected = TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await;
        connected.map_err(|error| {
            let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
            match cause {
                Some(Error::InvalidCertificate(_)) => NotSecured::Untrusted(safe(error)),
                _ => NotSecured::Failed(safe(error)),
            }
        })
    }

    /// What came of a hello, with what its certificates say; `name` is the one that was sent in SNI to `target`.
    pub(crate) fn answer(&self, heard: Heard, name: &str, target: PublicAddr) -> HelloAnswer {
        let Heard {
            mut answer,
            certificates,
            left_out,
        } = heard;
        if let HelloAnswer::Chosen(chosen) = &mut answer
            && !certificates.is_empty()
        {
            let (_, mut described) = self.read_chain(&certificates, name, target, clock::now());
            described.left_out += left_out;
            chosen.chain = Some(Box::new(described));
        }
        answer
    }

    /// What certificates say that a server showed, its own first, and the verifier's word on them at a moment; `name` is
    /// the one that was sent in SNI to `target`.
    ///
    /// Whatever they are, no more than [`Chain::MAX`] of them are read, and a fact that has them fits a message of
    /// [`postern_shared::protocol`].
    #[must_use]
    pub fn read_chain(
        &self,
        certificates: &[impl AsRef<[u8]>],
        name: &str,
        target: PublicAddr,
        at: Timestamp,
    ) -> (Trust, Chain) {
        let chain = certificates.iter().map(AsRef::as_ref);
        let chain: Vec<_> = chain.map(CertificateDer::from).collect();
        self.judge().describe(&Shown {
            chain: &chain,
            name: &server_name(name, target),
            now: UnixTime::since_unix_epoch(Duration::from_millis(at.0)),
        })
    }

    fn judge(&self) -> Judge {
        Judge {
            provider: Arc::clone(&self.provider),
            roots: self.verifier.clone(),
        }
    }

    fn config(&self, recorder: Arc<Recorder>) -> Result<ClientConfig, Error> {
        let builder = ClientConfig::builder_with_provider(Arc::clone(&self.provider));
        let mut config = builder
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(recorder)
            .with_no_client_auth();
        // Each handshake is to be a full one: it is looked at.
        config.resumption = rustls::client::Resumption::disabled();
        Ok(config)
    }
}

/// A name that cannot stand in SNI is replaced by the address.
fn server_name(name: &str, target: PublicAddr) -> ServerName<'static> {
    ServerName::try_from(name.to_owned())
        .unwrap_or_else(|_| ServerName::IpAddress(target.ip().into()))
}

/// Why there is no connection that can be trusted. Texts are the TLS library's, safe to show.
pub(crate) enum NotSecured {
    /// This machine has no roots to judge by.
    NoRoots,
    /// The certificate is not valid.
    Untrusted(String),
    /// Something else.
    Failed(String),
}

/// The roots that the platform trusts and, if given, those of a PEM file.
///
/// # Errors
/// The PEM file cannot be read, or holds no certificate. (A platform without roots is no error.)
pub fn roots(ca_file: Option<&Path>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let before = roots.len();
        for certificate in CertificateDer::pem_file_iter(path).map_err(|e| failed(&e))? {
            let certificate = certificate.map_err(|e| failed(&e))?;
            roots.add(certificate).map_err(|e| failed(&e))?;
        }
        if roots.len() == before {
            return Err(failed(&"no certificate in it"));
        }
    }
    Ok(roots)
}

/// What a completed handshake shows.
fn describe(connection: &ClientConnection, name: &str, shown: Option<(Trust, Chain)>) -> TlsFact {
    let (trust, chain) = shown.map_or((Trust::NoRoots, None), |(trust, chain)| {
        (trust, Some(Box::new(chain)))
    });
    // The library has names of its own; the registries' are told.
    let version = connection.protocol_version().map(u16::from);
    let version = version.and_then(Version::from_wire).map(Version::name);
    let suite = connection.negotiated_cipher_suite();
    let suite = suite.map(|suite| Suite(suite.suite().into()).to_string());
    let group = connection.negotiated_key_exchange_group();
    TlsFact {
        version: version.unwrap_or_default().to_owned(),
        suite: suite.unwrap_or_default(),
        group: group.map(|group| Group(group.name().into()).to_string()),
        server_name: name.to_owned(),
        trust,
        chain,
    }
}

/// Whether a handshake failed as its signature is by another key: the recorder has no other reason to refuse one.
fn is_key_mismatch(error: &std::io::Error) -> bool {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    let bad_signature = Error::InvalidCertificate(CertificateError::BadSignature);
    cause.is_some_and(|cause: &Error| *cause == bad_signature)
}

/// The library's words, which may quote the peer's certificate.
fn safe(error: impl std::fmt::Display) -> String {
    text::from_octets(error.to_string().as_bytes(), MAX_DETAIL)
}

/// Takes any certificate; remembers what it was and what the platform's verifier said.
#[derive(Debug)]
struct Recorder {
    judge: Judge,
    shown: Mutex<Option<(Trust, Chain)>>,
}

impl Recorder {
    fn shown(&self) -> Option<(Trust, Chain)> {
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// A signature that does not fit is a broken handshake; a certificate whose key the library cannot
    /// use is only an untrusted one.
    fn tolerate(
        &self,
        result: Result<HandshakeSignatureValid, Error>,
    ) -> Result<HandshakeSignatureValid, Error> {
        match result {
            Ok(valid) => Ok(valid),
            Err(Error::InvalidCertificate(CertificateError::BadSignature))
                if self.can_check_signatures() =>
            {
                result
            }
            Err(_) => Ok(HandshakeSignatureValid::assertion()),
        }
    }

    /// Of an RSA key of another length the library says that its signatures do not fit.
    fn can_check_signatures(&self) -> bool {
        let shown = self.shown();
        let own = shown.as_ref().and_then(|(_, chain)| chain.leaf());
        own.is_none_or(|own| own.key != "RSA" || (2048..=8192).contains(&own.key_bits))
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let own = std::iter::once(end_entity);
        let chain: Vec<_> = own.chain(intermediates).cloned().collect();
        let described = self.judge.describe(&Shown {
            chain: &chain,
            name: server_name,
            now,
        });
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(described);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.judge.provider.signature_verification_algorithms;
        self.tolerate(verify_tls12_signature(
            message,
            certificate,
            signed,
            algorithms,
        ))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.judge.provider.signature_verification_algorithms;
        self.tolerate(verify_tls13_signature(
            message,
            certificate,
            signed,
            algorithms,
        ))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.judge
            .provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
