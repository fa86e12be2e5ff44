"""Scripted SMTP servers with the TLS that no packaged server speaks, or with none behind their STARTTLS.

usage: tls_peers.py LOG_DIRECTORY TLS_DIRECTORY     serve until terminated

Their logs are those of peers.py. TLS_DIRECTORY has the chains that `certificate` names, each with its key first.
"""

import hashlib
import itertools
import re
import signal
import socket
import ssl
import struct
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from OpenSSL import SSL
from tlslite.api import HandshakeSettings, TLSConnection, X509, X509CertChain, parsePEMKey
from tlslite.utils.keyfactory import generateRSAKey

from peers import IDLE_SECONDS, LINE_OCTETS, ORDINARY, Ledger, multiline, verb_of

# What an endless answer ends after all the same.
ENDLESS_OCTETS = 256 << 20


class Clear:
    """The connection as it is accepted."""

    def __init__(self, connection):
        self.connection = connection

    def read(self):
        return self.connection.recv(LINE_OCTETS)

    def write(self, octets):
        self.connection.sendall(octets)


def system_openssl(peer, connection):
    """The OpenSSL that Python was built with, as it comes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(peer.certificate)
    return Clear(context.wrap_socket(connection, server_side=True))


class NewOpenssl:
    """The OpenSSL that PyPI's `cryptography` brings: newer than the system's, with hybrid key exchange."""

    def __init__(self, peer, connection):
        context = SSL.Context(SSL.TLS_SERVER_METHOD)
        context.use_privatekey_file(peer.certificate)
        context.use_certificate_chain_file(peer.certificate)
        self.tls = SSL.Connection(context, connection)
        self.tls.set_accept_state()
        self.tls.do_handshake()

    def read(self):
        return self.tls.recv(LINE_OCTETS)

    def write(self, octets):
        self.tls.sendall(octets)


class Tlslite:
    """TLS in Python, which can be told to speak anything."""

    def __init__(self, peer, connection, anonymous=False, **settings):
        handshake = HandshakeSettings()
        for name, value in settings.items():
            setattr(handshake, name, value)
        self.tls = TLSConnection(connection)
        if anonymous:
            self.tls.handshakeServer(settings=handshake, anon=True)
        else:
            chain, key = read_chain(peer.certificate)
            self.tls.handshakeServer(certChain=chain, privateKey=key, settings=handshake)

    def read(self):
        return bytes(self.tls.recv(LINE_OCTETS))

    def write(self, octets):
        self.tls.sendall(octets)


def read_chain(path):
    text = Path(path).read_text(encoding="ascii")
    chain = X509CertChain([X509().parse(pem) for pem in re.findall(r"-----BEGIN CERT[^\0]*?-----END CERT[^\n]*", text)])
    return chain, parsePEMKey(text[: text.index("-----BEGIN CERT")], private=True)


def tlslite(**settings):
    return lambda peer, connection: Tlslite(peer, connection, **settings)


class Export:
    """A server of the nineties, as far as to where a client would answer: SSL 2, and TLS 1.0 with keys of 40 bits.

    No library that is still packaged has these ciphers, so nothing is ever encrypted here."""

    # RC4_40_MD5, RC2_CBC_40_MD5, DES40_CBC_SHA, each with a key exchange of 512 bits.
    SUITES = (0x0003, 0x0006, 0x0008)
    # RC4_128_MD5 and RC4_128_EXPORT40_MD5 of SSL 2.
    CIPHERS = bytes.fromhex("010080020080")

    def __init__(self, certificate):
        chain, self.key = read_chain(certificate)
        self.certificates = [bytes(certificate.bytes) for certificate in chain.x509List]
        modulus = int_to_octets(generateRSAKey(512).n)
        self.temporary = struct.pack("!H", len(modulus)) + modulus + b"\0\3\1\0\1"

    def answer(self, connection):
        hello = connection.recv(LINE_OCTETS)
        if hello[:1] == b"\x16":
            connection.sendall(self.tls(hello))
        elif hello[2:3] == b"\1":
            connection.sendall(self.ssl2())
        # The key that the client would make, if it made one.
        connection.recv(LINE_OCTETS)

    def ssl2(self):
        certificate = self.certificates[0]
        lengths = struct.pack("!HHH", len(certificate), len(self.CIPHERS), 16)
        body = b"\4\0\1\0\2" + lengths + certificate + self.CIPHERS + bytes(16)
        return struct.pack("!H", 0x8000 | len(body)) + body

    def tls(self, hello):
        """SSL 3 and older are refused (70), and who offers nothing that is served here (40)."""
        client_random, session = hello[11:43], hello[43]
        suites = hello[44 + session :]
        suites = struct.unpack_from(f"!{struct.unpack_from('!H', suites)[0] // 2}H", suites, 2)
        if hello[9:11] < b"\3\1":
            return b"\x15\3\1\0\2\2\x46"
        chosen = next((suite for suite in self.SUITES if suite in suites), None)
        if chosen is None:
            return b"\x15\3\1\0\2\2\x28"
        random = bytes(range(32))
        shown = b"".join(length_of(certificate) + certificate for certificate in self.certificates)
        signed = client_random + random + self.temporary
        signature = bytes(self.key.sign(hashlib.md5(signed).digest() + hashlib.sha1(signed).digest()))
        messages = (
            (2, b"\3\1" + random + b"\0" + struct.pack("!H", chosen) + b"\0"),
            (11, length_of(shown) + shown),
            (12, self.temporary + struct.pack("!H", len(signature)) + signature),
            (14, b""),
        )
        flight = b"".join(bytes([kind]) + length_of(body) + body for kind, body in messages)
        return b"\x16\3\1" + struct.pack("!H", len(flight)) + flight


def length_of(octets):
    return struct.pack("!I", len(octets))[1:]


def int_to_octets(number):
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def export(peer, connection):
    Export(peer.certificate).answer(connection)


# Behind STARTTLS, instead of a handshake. Each has read what the client sent before it does what it does, so that a
# close is a close and no reset.


def hang_up(_peer, connection):
    connection.recv(LINE_OCTETS)


def echo(_peer, connection):
    while octets := connection.recv(LINE_OCTETS):
        connection.sendall(octets)


def talk_on(_peer, connection):
    connection.recv(LINE_OCTETS)
    connection.sendall(b"500 5.5.1 Command unrecognized\r\n")
    connection.recv(LINE_OCTETS)


def never_end(_peer, connection):
    """A ServerHello of sixteen megabytes, then further ones."""
    connection.recv(LINE_OCTETS)
    record = b"\x16\x03\x03\x40\x00" + b"\x02\xff\xff\xfb" + bytes(0x4000 - 4)
    for _ in range(ENDLESS_OCTETS // len(record)):
        connection.sendall(record)


def say_nothing(_peer, connection):
    while connection.recv(LINE_OCTETS):
        pass


@dataclass
class Peer:
    """One server: where it listens and what comes behind its STARTTLS."""

    address: str
    host: str
    # Makes the handshake, and gives what then stands for the connection; nothing when that was all.
    starttls: Callable = system_openssl
    # A file in TLS_DIRECTORY; a whole path once it serves.
    certificate: str = ""
    extensions: tuple = ("PIPELINING", "8BITMIME", "STARTTLS")
    # What came in clear behind STARTTLS: "dropped", "kept" and carried out inside TLS, or "refused".
    behind_starttls: str = "dropped"
    # Said to STARTTLS when there is nothing behind it.
    refusal: str = "500 5.5.2 Command not recognized"


# 768 bits: RFC 2409, section 6.1.
OAKLEY_1 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF",
    16,
)

PEERS = [
    Peer("127.25.3.11", "mail.inject.test", certificate="mail.inject.test.pem", behind_starttls="kept"),
    Peer("127.25.3.12", "mail.strict.test", certificate="mail.strict.test.pem", behind_starttls="refused"),
    # As some firewalls leave it; behind it STARTTLS is an unknown word.
    Peer("127.25.3.13", "mail.garbled.test", extensions=("PIPELINING", "8BITMIME", "XXXXXXXA"), starttls=None),
    Peer("127.25.3.19", "mail.nokey.test", starttls=None, refusal="454 4.7.0 TLS not available due to local problem"),
    Peer("127.25.3.14", "mail.hangup.test", hang_up),
    Peer("127.25.3.15", "mail.echo.test", echo),
    Peer("127.25.3.16", "mail.plain.test", talk_on),
    Peer("127.25.3.17", "mail.endless.test", never_end),
    Peer("127.25.3.18", "mail.mute.test", say_nothing),
    Peer(
        "127.25.3.31",
        "mail.ssl3.test",
        tlslite(
            minVersion=(3, 0),
            maxVersion=(3, 3),
            cipherNames=["aes128", "3des", "rc4", "null"],
            macNames=["sha", "md5"],
            keyExchangeNames=["rsa", "dhe_rsa"],
            dhParams=(2, OAKLEY_1),
        ),
        "mail.ssl3.test.rsa.pem",
    ),
    Peer(
        "127.25.3.32",
        "mail.anon.test",
        tlslite(anonymous=True, maxVersion=(3, 3), keyExchangeNames=["ecdh_anon", "dh_anon"]),
    ),
    Peer("127.25.3.33", "mail.mismatch.test", tlslite(maxVersion=(3, 3)), "mail.mismatch.test.pem"),
    Peer("127.25.3.35", "mail.export.test", export, "mail.export.test.rsa.pem"),
    Peer("127.25.3.34", "mail.hybrid.test", NewOpenssl, "mail.hybrid.test.pem"),
]


class Dialogue:
    """One connection to one peer."""

    def __init__(self, peer, ledger, number, connection):
        self.peer, self.ledger, self.number, self.connection = peer, ledger, number, connection
        self.channel = Clear(connection)
        self.unread = b""

    def hold(self):
        """From the first octet to the last, whatever the other side does."""
        self.note("connect")
        try:
            self.converse()
        except Exception as error:  # pylint: disable=broad-except
            # Three libraries have each their own; a client that stops in the midst of a handshake is no fault here.
            self.note("error", f"{type(error).__name__}: {error}")
        finally:
            self.note("close")
            self.connection.close()

    def converse(self):
        self.say([f"220 {self.peer.host} ESMTP ready"])
        while (line := self.next_line()) is not None:
            command = line.decode("utf-8", "backslashreplace")
            self.note("command", command)
            verb = verb_of(command)
            if verb == "STARTTLS" and self.peer.starttls:
                if not self.start_tls():
                    return
            else:
                self.say(self.reply_to(verb))
            if verb == "QUIT":
                return

    def start_tls(self):
        if self.unread and self.peer.behind_starttls == "refused":
            self.unread = b""
            self.say(["554 5.5.0 Nothing may follow STARTTLS"])
            return True
        self.say(["220 2.0.0 Ready to start TLS"])
        if self.peer.behind_starttls != "kept":
            self.unread = b""
        self.channel = self.peer.starttls(self.peer, self.connection)
        return self.channel is not None

    def next_line(self):
        while b"\n" not in self.unread:
            octets = self.channel.read()
            if not octets or len(self.unread) > LINE_OCTETS:
                return None
            self.unread += octets
        line, _, self.unread = self.unread.partition(b"\n")
        return line.rstrip(b"\r")

    def reply_to(self, verb):
        if verb == "EHLO":
            secure = not isinstance(self.channel, Clear) or self.channel.connection is not self.connection
            return multiline(250, [self.peer.host, *(e for e in self.peer.extensions if not (secure and e == "STARTTLS"))])
        if verb == "HELO":
            return [f"250 {self.peer.host}"]
        if verb == "STARTTLS":
            return [self.peer.refusal]
        if verb == "RCPT":
            return ["554 5.7.1 Relay access denied"]
        return ORDINARY.get(verb, ["500 5.5.2 Command not recognized"])

    def say(self, lines):
        self.note("reply", lines[-1])
        self.channel.write("".join(line + "\r\n" for line in lines).encode())

    def note(self, event, text=""):
        self.ledger.note(self.number, event, text)


def serve(peer, logs, listener):
    ledger = Ledger(logs / f"{peer.address}.jsonl")
    for number in itertools.count(1):
        connection, _ = listener.accept()
        # The kernel's own time-out, as a Python socket with one would not block.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", IDLE_SECONDS, 0))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=Dialogue(peer, ledger, number, connection).hold, daemon=True).start()


def main(logs, chains):
    for peer in PEERS:
        peer.certificate = str(chains / peer.certificate)
        listener = socket.create_server((peer.address, 25), backlog=128)
        threading.Thread(target=serve, args=(peer, logs, listener), daemon=True).start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main(Path(sys.argv[1]), Path(sys.argv[2]))
