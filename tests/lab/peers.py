"""Scripted SMTP servers: what packaged servers cannot be told to do.

usage: peers.py LOG_DIRECTORY     serve until terminated
       peers.py --addresses       print the addresses that would be served

Each address gets a log of JSON lines, LOG_DIRECTORY/ADDRESS.jsonl, with what came and went:
{"time": seconds, "connection": n, "event": "connect" | "command" | "reply" | "early" | "close", "text": "..."}
"""

import asyncio
import itertools
import json
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

# Nobody gets more of either, whatever he does.
IDLE_SECONDS = 120
LINE_OCTETS = 4096


@dataclass
class Peer:
    """One server: where it listens and what it says. A reply is its lines, without the line ends."""

    address: str
    host: str
    # The domains whose mailboxes it takes mail for; others are refused with `relay`.
    domains: tuple = ()
    greeting: str = "220 {host} ESMTP ready"
    # Seconds before the greeting. Who talks earlier is thrown out.
    patience: float = 0
    # Says its greeting and hangs up.
    closes: bool = False
    extensions: tuple = ("PIPELINING", "8BITMIME")
    # Replies by command verb, over the ordinary ones below.
    replies: dict = field(default_factory=dict)
    # To RCPT: for a mailbox of its own, and for anybody else's.
    recipient: str = "250 2.1.5 Ok"
    relay: str = "554 5.7.1 Relay access denied"


ORDINARY = {
    "MAIL": ["250 2.1.0 Ok"],
    "RSET": ["250 2.0.0 Ok"],
    "NOOP": ["250 2.0.0 Ok"],
    "QUIT": ["221 2.0.0 Bye"],
    "VRFY": ["252 2.5.0 Cannot VRFY user"],
    # Nothing is ever taken, and the log tells who tried.
    "DATA": ["554 5.5.1 No message is taken here"],
}

PROVIDER_REPLIES = {
    "HELP": [
        "214-This is a mail transfer agent",
        "214-Topics:",
        "214-    HELO    EHLO    MAIL    RCPT    DATA",
        "214-    RSET    NOOP    QUIT    HELP    VRFY",
        "214 End of HELP info",
    ],
    # Also after EHLO: it answers the wrong question.
    "EXPN": ["503 Must issue a EHLO/HELO command first."],
    "VRFY": ["502 5.5.1 VRFY not implemented"],
}


def provider(address):
    """One address of the large provider that quera.test uses."""
    return Peer(
        address,
        "mx.zoho.test",
        domains=("quera.test", "zoho.test"),
        greeting="220 mx.zoho.test SMTP Server ready",
        extensions=("8BITMIME", "SIZE 53477376"),
        replies=PROVIDER_REPLIES,
        relay="553 5.7.1 Relaying disallowed",
    )


PEERS = [
    provider("127.25.0.21"),
    provider("127.25.0.22"),
    Peer("127.25.0.31", "mail.slow.test", domains=("slow.test",), patience=6),
    Peer(
        "127.25.0.32",
        "mail.grey.test",
        domains=("grey.test",),
        recipient="450 4.2.0 Greylisted, try again in five minutes",
        relay="450 4.2.0 Greylisted, try again in five minutes",
    ),
    Peer(
        "127.25.0.33",
        "mail.busy.test",
        greeting="421 4.7.0 {host} Too many connections, try again later",
        closes=True,
    ),
]


class Ledger:
    """What happened at one address, a JSON line at a time."""

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8", buffering=1)

    def note(self, connection, event, text=""):
        entry = {"time": round(time.time(), 3), "connection": connection, "event": event, "text": text}
        self.file.write(json.dumps(entry) + "\n")


class Dialogue:
    """One connection to one peer."""

    def __init__(self, peer, ledger, number, reader, writer):
        self.peer, self.ledger, self.number = peer, ledger, number
        self.reader, self.writer = reader, writer

    async def hold(self):
        """From the first octet to the last, whatever the other side does."""
        self.note("connect")
        try:
            if await self.greet():
                await self.converse()
        except (OSError, ValueError, asyncio.TimeoutError, asyncio.IncompleteReadError):
            pass
        finally:
            self.note("close")
            self.writer.close()

    async def greet(self):
        if self.peer.patience and await self.talks_early():
            self.note("early")
            await self.say(["521 5.5.1 Protocol error"])
            return False
        await self.say([self.peer.greeting.format(host=self.peer.host)])
        return not self.peer.closes

    async def talks_early(self):
        try:
            await asyncio.wait_for(self.reader.read(1), self.peer.patience)
            return True
        except asyncio.TimeoutError:
            return False

    async def converse(self):
        while True:
            line = await asyncio.wait_for(self.reader.readline(), IDLE_SECONDS)
            if not line:
                return
            command = line.decode("utf-8", "backslashreplace").rstrip("\r\n")
            self.note("command", command)
            await self.say(self.reply_to(command))
            if verb_of(command) == "QUIT":
                return

    def reply_to(self, command):
        verb = verb_of(command)
        if verb in self.peer.replies:
            return self.peer.replies[verb]
        if verb == "EHLO":
            return multiline(250, [self.peer.host, *self.peer.extensions])
        if verb == "HELO":
            return [f"250 {self.peer.host}"]
        if verb == "RCPT":
            return [self.peer.recipient if self.is_own(command) else self.peer.relay]
        return ORDINARY.get(verb, ["500 5.5.2 Command not recognized"])

    def is_own(self, command):
        path = command.partition(":")[2].strip().rstrip(">").lower()
        return path.rpartition("@")[2] in self.peer.domains

    async def say(self, lines):
        self.note("reply", lines[-1])
        self.writer.write("".join(line + "\r\n" for line in lines).encode())
        await self.writer.drain()

    def note(self, event, text=""):
        self.ledger.note(self.number, event, text)


def verb_of(command):
    words = command.replace(":", " ").split(None, 1)
    return words[0].upper() if words else ""


def multiline(code, texts):
    return [f"{code}-{text}" for text in texts[:-1]] + [f"{code} {texts[-1]}"]


async def serve(peer, logs):
    ledger = Ledger(logs / f"{peer.address}.jsonl")
    numbers = itertools.count(1)

    async def accept(reader, writer):
        await Dialogue(peer, ledger, next(numbers), reader, writer).hold()

    return await asyncio.start_server(accept, peer.address, 25, limit=LINE_OCTETS)


async def main(logs):
    terminated = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
    servers = [await serve(peer, logs) for peer in PEERS]
    await terminated.wait()
    for server in servers:
        server.close()


if __name__ == "__main__":
    if sys.argv[1:] == ["--addresses"]:
        print(*(peer.address for peer in PEERS))
    elif len(sys.argv) == 2:
        asyncio.run(main(Path(sys.argv[1])))
    else:
        sys.exit(__doc__)
