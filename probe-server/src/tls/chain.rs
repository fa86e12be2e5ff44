//! What a chain of certificates is worth to this machine, and to who trusts one of it.

use std::sync::Arc;

use postern_shared::evidence::{Chain, Path, Trust};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, Error, RootCertStore};

use super::{certificate, safe};

/// Judges chains by the roots of this machine.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    pub(super) provider: Arc<CryptoProvider>,
    /// `None` where this machine has no roots.
    pub(super) roots: Option<Arc<WebPkiServerVerifier>>,
}

/// Certificates as they came, and when.
pub(super) struct Shown<'a> {
    pub(super) chain: &'a [CertificateDer<'a>],
    pub(super) name: &'a ServerName<'a>,
    pub(super) now: UnixTime,
}

impl Judge {
    /// What the certificates say, and the verifier's word on them.
    pub(super) fn describe(&self, shown: &Shown<'_>) -> (Trust, Chain) {
        let kept = shown
            .chain
            .get(..Chain::MAX.min(shown.chain.len()))
            .unwrap_or_default();
        let left_out = u32::try_from(shown.chain.len() - kept.len()).unwrap_or(u32::MAX);
        let kept = Shown {
            chain: kept,
            ..*shown
        };
        let word = self
            .roots
            .as_deref()
            .map(|verifier| verify(verifier, &kept));
        let trust = match &word {
            None => Trust::NoRoots,
            Some(Ok(())) => Trust::Trusted,
            Some(Err(error)) => Trust::Untrusted(safe(error)),
        };
        let chain = Chain {
            links: certificate::read(kept.chain),
            left_out,
            path: word.map_or(Path::NoRoots, |word| path(&word)),
            anchors: self.anchors(&kept),
        };
        (trust, chain)
    }

    /// Which of the certificates behind the first would vouch for it, were each the only root.
    fn anchors(&self, shown: &Shown<'_>) -> Vec<u8> {
        let places = (0u8..).zip(shown.chain).skip(1);
        let anchors = places.filter(|(_, anchor)| self.vouches(anchor, shown));
        anchors.map(|(place, _)| place).collect()
    }

    fn vouches(&self, anchor: &CertificateDer<'_>, shown: &Shown<'_>) -> bool {
        let mut roots = RootCertStore::empty();
        if roots.add(anchor.clone().into_owned()).is_err() {
            return false;
        }
        let provider = Arc::clone(&self.provider);
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        verifier.is_ok_and(|verifier| path(&verify(&verifier, shown)) == Path::Trusted)
    }
}

fn verify(verifier: &WebPkiServerVerifier, shown: &Shown<'_>) -> Result<(), Error> {
    let [own, others @ ..] = shown.chain else {
        return Err(Error::NoCertificatesPresented);
    };
    let verified = verifier.verify_server_cert(own, others, shown.name, &[], shown.now);
    verified.map(|_| ())
}

/// The word without what it says of the name, which is looked at last.
fn path(word: &Result<(), Error>) -> Path {
    let fault = match word {
        Ok(()) => return Path::Trusted,
        Err(Error::InvalidCertificate(fault)) => fault,
        Err(_) => return Path::Other,
    };
    match fault {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Path::Trusted
        }
        CertificateError::UnknownIssuer => Path::UnknownIssuer,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Path::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Path::NotYetValid
        }
        CertificateError::BadSignature => Path::BadSignature,
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            Path::WeakSignature
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            Path::Misused
        }
        CertificateError::BadEncoding => Path::Unreadable,
        // The library has no name of its own for a certificate of an authority in a server's place.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            Path::Misused
        }
        _ => Path::Other,
    }
}
