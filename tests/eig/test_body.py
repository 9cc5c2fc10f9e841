"""A request cut in the middle is refused before it is read: a raw socket, the server itself, no proxy."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.conf import settings
from django.urls import reverse

TOKEN = "a" * 32
BODIES = {
    "application/x-www-form-urlencoded": b"skills=" + b"Je+con%C3%A7ois+des+services.+" * 400,
    "multipart/form-data; boundary=cut": b'--cut\r\nContent-Disposition: form-data; name="fichier-cv"; '
    b'filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-' + b"0" * 9000 + b"\r\n--cut--\r\n",
}


def free_port() -> int:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The web server as `bin/start` starts it; what is asked of it needs no database."""
    port = free_port()
    child = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "eig.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "SECRET_KEY": settings.SECRET_KEY, "ALLOWED_HOSTS": "127.0.0.1"},
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield port
    finally:
        child.terminate()
        child.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


def posted(port: int, body: bytes, *, sent: int, kind: str) -> bytes:
    """Send the head, the first bytes of the body, then close our side; the first line of the answer."""
    site = f"127.0.0.1:{port}"
    head = (
        f"POST {reverse('design:robots_txt')} HTTP/1.1\r\nHost: {site}\r\nContent-Type: {kind}\r\n"
        f"Cookie: {settings.CSRF_COOKIE_NAME}={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"X-Forwarded-Proto: https\r\nReferer: https://{site}/\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(head.encode() + body[:sent])
        line.shutdown(socket.SHUT_WR)
        return line.recv(65536).split(b"\r\n")[0]


@pytest.mark.parametrize("kind", BODIES)
def test_half_a_request_reaches_no_page(server: int, kind: str) -> None:
    """Whole, it reaches the page, which refuses its method; cut, it is refused as it is read."""
    body = BODIES[kind]
    assert b" 405 " in posted(server, body, sent=len(body), kind=kind)
    for sent in (0, 3000, len(body) - 1):
        assert b" 400 " in posted(server, body, sent=sent, kind=kind)
