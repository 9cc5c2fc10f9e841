"""Ask the antivirus (ClamAV) about a file, by its INSTREAM protocol; none configured, nothing is asked."""

import contextlib
import socket
import struct
import time
from dataclasses import dataclass

from django.conf import settings

CONNECT_SECONDS = 3
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerSilent(Exception):
    """The antivirus is configured and does not answer: the file must wait."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found, or nothing."""

    threat: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.threat


def is_scanner_configured() -> bool:
    return bool(settings.CLAMAV_ADDRESS)


def _connected(address: str) -> socket.socket:
    """`tcp://host:3310`, `host:3310` or `unix:/run/clamav/clamd.ctl`."""
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)


def _answer(line: socket.socket, until: float) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer


def _sent(line: socket.socket, data: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        line.sendall(struct.pack(">I", len(chunk)) + chunk)
    line.sendall(struct.pack(">I", 0))


def scan(data: bytes) -> Scan:
    """What the antivirus says of these bytes. Raises ScannerSilent: no answer, or none that is one."""
    until = time.monotonic() + settings.CLAMAV_SECONDS
    try:
        with _connected(settings.CLAMAV_ADDRESS) as line:
            line.settimeout(settings.CLAMAV_SECONDS)
            # It may answer and hang up before the end, when a file is beyond its own limit.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                _sent(line, data)
            answer = _answer(line, until)
    except (OSError, ValueError) as error:
        raise ScannerSilent(type(error).__name__) from error
    said = answer.rstrip(b"\0\n").decode(errors="replace")
    if said.endswith(" OK"):
        return Scan()
    if said.endswith(" FOUND"):
        return Scan(said.removeprefix("stream: ").removesuffix(" FOUND")[:80])
    raise ScannerSilent(said[:80] or "réponse vide")
