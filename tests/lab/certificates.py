"""The lab's certificates, and the TLSA records that are made from them.

usage: certificates.py FOLDER TLSA_TABLE NAME...

Leaves in FOLDER `ca.pem`, the certificate authority; `NAME.pem` for each name, a key and the chain that a server shows with
it; and `tlsa`, with the records that TLSA_TABLE asks for, ready for a zone. A name is a host's; with `.rsa` behind it, it is
the host's second chain, with a key of the other kind.
"""

import datetime
import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

NOW = datetime.datetime.now(datetime.timezone.utc)
DAY = datetime.timedelta(days=1)


@dataclass
class Special:
    """What sets a server's chain apart from that of others."""

    # The name in it, instead of the host's.
    name: str = ""
    authority: str = "ca"
    # What the server shows behind its own certificate.
    behind: tuple = ()
    # Days from now.
    begins: int = -1
    ends: int = 20
    key: str = "own"
    # The key that the server has, when it is not that of its certificate.
    wrong_key: str = ""


SPECIAL = {
    "mail.expired.test": Special(begins=-400, ends=-30),
    "mail.notyet.test": Special(begins=300, ends=400),
    "mail.selfsigned.test": Special(authority=""),
    "mail.wrongname.test": Special(name="mail.elsewhere.test"),
    "mail.wildcard.test": Special(name="*.wildcard.test"),
    "mail.rsa1024.test": Special(key="rsa1024"),
    "mail.chain.test": Special(authority="intermediate", behind=("intermediate",)),
    "mail.nochain.test": Special(authority="intermediate"),
    "mail.disorder.test": Special(authority="intermediate", behind=("ca", "intermediate")),
    "mail.daneca.test": Special(authority="intermediate", behind=("intermediate",)),
    "mail.danecut.test": Special(authority="intermediate"),
    "mail.mismatch.test": Special(wrong_key="intermediate"),
}
# Nobody signs with SHA-1 any more but who is asked to: this one is signed by the command line of OpenSSL.
SHA1 = "mail.sha1.test"


class Maker:
    """All that is made, by name."""

    def __init__(self):
        # Elliptic keys are made at once. Those of RSA take their time: the servers that need one share it.
        self.keys = {
            "rsa": rsa.generate_private_key(65537, 2048),
            "rsa1024": rsa.generate_private_key(65537, 1024),
        }
        self.certificates = {}
        for name, subject, authority in (
            ("ca", "Postern lab CA", ""),
            ("intermediate", "Postern lab intermediate CA", "ca"),
        ):
            self.keys[name] = elliptic_key()
            self.certificates[name] = self.issue(subject, name, authority, (-1, 30))

    def make(self, name):
        """A server's key, and the certificates that it shows."""
        special = SPECIAL.get(name, Special())
        self.keys[name] = self.keys["rsa"] if name.endswith(".rsa") else self.keys.get(special.key) or elliptic_key()
        subject = special.name or name.removesuffix(".rsa")
        self.certificates[name] = self.issue(subject, name, special.authority, (special.begins, special.ends))
        return self.keys[special.wrong_key or name], [self.certificates[link] for link in (name, *special.behind)]

    def issue(self, subject, key, authority, days):
        """A certificate for a key, which vouches for itself when no authority does."""
        issuer = self.certificates[authority].subject if authority else common_name(subject)
        public = self.keys[key].public_key()
        builder = (
            x509.CertificateBuilder()
            .subject_name(common_name(subject))
            .issuer_name(issuer)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + days[0] * DAY)
            .not_valid_after(NOW + days[1] * DAY)
        )
        for extension in authority_extensions() if key in ("ca", "intermediate") else server_extensions(subject, public):
            builder = builder.add_extension(extension, critical=isinstance(extension, (x509.BasicConstraints, x509.KeyUsage)))
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        signer = self.keys[authority or key]
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
        return builder.add_extension(identifier, critical=False).sign(signer, hashes.SHA256())


def elliptic_key():
    return ec.generate_private_key(ec.SECP256R1())


def common_name(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def authority_extensions():
    return [x509.BasicConstraints(ca=True, path_length=None), key_usage(key_cert_sign=True, crl_sign=True)]


def server_extensions(host, public):
    # Suites without a Diffie-Hellman exchange encrypt to the key.
    usage = key_usage(digital_signature=True, key_encipherment=isinstance(public, rsa.RSAPublicKey))
    return [
        x509.BasicConstraints(ca=False, path_length=None),
        usage,
        x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH]),
        x509.SubjectAlternativeName([x509.DNSName(host)]),
    ]


def key_usage(**usages):
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    names += ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: usages.get(name, False) for name in names})


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def sign_with_sha1(folder, authority, key):
    """As SHA1's certificate: the same but for its signature."""
    (folder / "signer").write_bytes(pem(authority) + key_pem(key))
    command = ["openssl", "req", "-x509", "-sha1", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-subj", f"/CN={SHA1}", "-days", "20", "-CA", "signer", "-CAkey", "signer", "-config", os.devnull]
    for extension in (
        f"subjectAltName=DNS:{SHA1}",
        "basicConstraints=critical,CA:FALSE",
        "keyUsage=critical,digitalSignature",
        "extendedKeyUsage=serverAuth",
    ):
        command += ["-addext", extension]
    # The key comes first.
    command += ["-keyout", "-", "-out", "-"]
    text = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    (folder / "signer").unlink()
    return text


def tlsa(kind, certificate):
    """The data of a TLSA record (RFC 6698 section 2.1), with a SHA-256 digest of the whole or of the key."""
    _usage, selector, matching = kind.split()
    assert matching == "1", kind
    whole = certificate.public_bytes(serialization.Encoding.DER)
    key = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return f"{kind} {hashlib.sha256(whole if selector == '0' else key).hexdigest()}"


def main(folder, table, names):
    os.umask(0o077)
    maker = Maker()
    for name in names:
        if name == SHA1:
            text = sign_with_sha1(folder, maker.certificates["ca"], maker.keys["ca"])
        else:
            # Postfix wants the key before its certificate.
            key, chain = maker.make(name)
            text = key_pem(key) + b"".join(map(pem, chain))
        (folder / f"{name}.pem").write_bytes(text)
    records = []
    for line in table.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            host, kind, name = line.split("\t")
            records.append(f"{host}\t{tlsa(kind, maker.certificates[name])}\n")
    (folder / "tlsa").write_text("".join(records), encoding="utf-8")
    (folder / "ca.pem").write_bytes(pem(maker.certificates["ca"]))
    (folder / "ca.pem").chmod(0o644)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
