"""What the others feel of a hundred slow uploads.

    python benchmarks/neighbours.py [--count N]

What is measured is what people see behind docker/nginx.conf: NGINX_PROGRAM says where nginx is, if it is not
in the path. Calm and trouble take turns, so that what else the machine does weighs on both.
"""

import argparse
import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from servers import Drill, Servers, run_drills
from stand import ROOT, Sent, free_port, people, served, tell, times
from uploads import posted

TURNS, SECONDS = 6, 15
# Some of the people who read meanwhile; what each looks at.
READERS, PAGE = 4, "/mon-espace/"


@contextlib.contextmanager
def behind_nginx(port: int, folder: Path) -> Iterator[int]:
    """docker/nginx.conf on the loopback, before this port; its own."""
    program = os.environ.get("NGINX_PROGRAM") or shutil.which("nginx")
    if program is None:
        raise SystemExit("nginx is not here: NGINX_PROGRAM may say where it is")
    plain, secret = free_port(), free_port()
    key = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout")
    folder.mkdir(mode=0o711)
    made = (str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"))
    subprocess.run([*key, *made], check=True, capture_output=True)
    (folder / "mime.types").write_text("types { text/html html; }")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    text = (ROOT / "docker" / "nginx.conf").read_text()
    for former, ours in {
        "/etc/nginx/mime.types": f"{folder}/mime.types", "/etc/nginx/certs": str(folder),
        "/tmp/nginx.pid": f"{folder}/pid", "/dev/stdout": f"{folder}/access.log",
        "web:8000": f"127.0.0.1:{port}", "listen 80 ": f"listen 127.0.0.1:{plain} ",
        "listen 443 ": f"listen 127.0.0.1:{secret} ", "http {": "http {" + paths,
        # An nginx of before 1.25 has another word for it, and what is measured is not that.
        "http2 on;": "",
    }.items():  # fmt: skip
        assert former in text, former
        text = text.replace(former, ours)
    (folder / "nginx.conf").write_text(text)
    proxy = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"])
    try:
        yield secret
    finally:
        proxy.terminate()
        proxy.wait()


def unverified() -> ssl.SSLContext:
    """For a certificate of an instant, on the loopback."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def get(port: int, page: str, session: str) -> int:
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=unverified())
    line.request("GET", page, headers={"Cookie": f"sid={session}"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


@contextlib.contextmanager
def dripping(rows: list[Sent], port: int) -> Iterator[None]:
    """Each of them sends a megabyte, a byte a second."""
    over, lines = threading.Event(), []
    for row in rows:
        line = unverified().wrap_socket(socket.create_connection(("127.0.0.1", port)))
        head, _, body = posted(row, b"%PDF-1.4\n" + bytes(1_000_000)).partition(b"\r\n\r\n")
        line.sendall(head + b"\r\n\r\n")
        lines.append((line, body))

    def drip() -> None:
        rank = 0
        while not over.wait(1):
            for line, body in lines:
                line.sendall(body[rank : rank + 1])
            rank += 1

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for line, _ in lines:
            line.close()


def slow(asked: argparse.Namespace, there: Servers) -> list[str]:
    """A hundred people send a byte a second, then not, in turn; the others read."""
    _, rows = people((asked.count or 100) + READERS)
    readers, senders = [row.session for row in rows[:READERS]], rows[READERS:]
    waited: tuple[list[float], list[float]] = ([], [])
    statuses: Counter[int] = Counter()

    def read(session: str, port: int, until: float, seen: list[float]) -> None:
        while (began := time.monotonic()) < until:
            statuses[get(port, PAGE, session)] += 1
            seen.append(time.monotonic() - began)
            time.sleep(0.5)

    with served() as (inner, _), behind_nginx(inner, there.data / "nginx") as port:
        time.sleep(1)
        # The first pages of a server are slow.
        for session in 4 * readers:
            get(port, PAGE, session)
        for turn in range(TURNS):
            with dripping(senders, port) if turn % 2 else contextlib.nullcontext():
                # All of it is there before anybody is timed.
                time.sleep(3)
                until = time.monotonic() + SECONDS
                given = [(session, port, until, waited[turn % 2]) for session in readers]
                threads = [threading.Thread(target=read, args=each) for each in given]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
    alone, meanwhile = times(waited[0], "the others, in the calm"), times(waited[1], "meanwhile")
    tell({"answers to them": dict(statuses), "meanwhile / calm": f"{meanwhile / alone:.2f}"})
    faults = ["slowed by more than a fifth"] if meanwhile > 1.2 * alone else []
    return faults + (["errors"] if set(statuses) != {200} else [])


DRILLS: dict[str, Drill] = {"slow": slow}

if __name__ == "__main__":
    run_drills(DRILLS, __doc__, count=0)
