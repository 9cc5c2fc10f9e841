"""Servers of a drill's own, which die and come back: PostgreSQL and Redis, a line to them, their pages."""

import argparse
import contextlib
import json
import os
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from stand import ROOT, end, forget_connection, migrate

sys.path.insert(0, str(ROOT / "bin"))
from _servers import postgres_programs
from _services import Lease, set_up
from _start import commands_of_the_site


@dataclass(frozen=True)
class Servers:
    data: Path
    leases: list[Lease]

    def pid(self, name: str, *, of: str = "server") -> int:
        return int(json.loads((self.data / "run" / f"{name}.json").read_text())[of])

    def start_again(self, name: str) -> None:
        """As bin/start does when the guardian died too."""
        next(lease for lease in self.leases if lease.name == name).mend()

    def commands(self, port: int) -> dict[str, list[str]]:
        return commands_of_the_site(port, self.data)


@contextlib.contextmanager
def servers() -> Iterator[Servers]:
    """A PostgreSQL and a Redis of our own, whose guardians start them again when they die."""
    folder = Path(tempfile.mkdtemp(prefix="eig-faults-", dir="/tmp" if os.geteuid() == 0 else None))
    folder.chmod(0o711)
    data = folder / "data"
    kept = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "REDIS_URL")}
    try:
        with set_up(data) as setup:
            # Nothing is collected in a folder of an hour.
            plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
            os.environ.update(setup.env, STATIC_STORAGE=plain)
            yield Servers(data, setup.leases)
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)


def children(pid: int) -> list[int]:
    with contextlib.suppress(FileNotFoundError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    return [pid, *(each for child in children(pid) for each in family(child))]


def kill(*pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_database(there: Servers) -> None:
    server = there.pid("postgres")
    kill(*children(server), server)


def wait_for_database(*, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(os.environ["DATABASE_OWNER_URL"]).close()
            return
        time.sleep(0.1)


def spoilt_pages() -> list[str]:
    """What PostgreSQL's own checker says of every table and index."""
    command = [str(postgres_programs() / "pg_amcheck"), "--install-missing", "--heapallindexed", "eig"]
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])
    where = {"PGHOST": owner.hostname, "PGPORT": owner.port, "PGUSER": owner.username}
    where |= {"PGPASSWORD": owner.password, "PATH": os.environ["PATH"]}
    env = {name: str(value) for name, value in where.items()}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).splitlines()
    return said or ([f"pg_amcheck ended with {done.returncode}"] if done.returncode else [])


class Line:
    """A line to the database that is slow, and sometimes cut."""

    def __init__(self, port: int, *, delay: float, cuts: float) -> None:
        self.port, self.delay, self.cuts = port, delay, cuts
        self.carried = self.cut = 0
        self.dice = random.Random(3)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = int(self.server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.server.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        """Some lines are cut, after some of what they carry."""
        self.carried += 1
        left = self.dice.randrange(5, 60) if self.dice.random() < self.cuts else -1
        with (
            contextlib.suppress(OSError),
            client,
            socket.create_connection(("127.0.0.1", self.port)) as there,
        ):
            while left:
                ready, _, _ = select.select([client, there], [], [])
                for source in ready:
                    data = source.recv(65536)
                    if not data:
                        return
                    if source is client:
                        time.sleep(self.delay)
                        left -= 1
                    (there if source is client else client).sendall(data)
            self.cut += 1


Drill = Callable[[argparse.Namespace, Servers], list[str]]


def run_drills(drills: Mapping[str, Drill], said: str, **sizes: float) -> None:
    """The drills that are asked for, each with servers of its own; a size of 0: as the drill says."""
    parser = argparse.ArgumentParser(description=said.splitlines()[0])
    parser.add_argument("drills", nargs="*", help=", ".join(drills))
    for name, usual in sizes.items():
        parser.add_argument(f"--{name}", type=type(usual), default=usual)
    asked = parser.parse_args()
    names = asked.drills or list(drills)
    if len(names) > 1:
        # Each in its own process: settings are read once, and each has its own database.
        given = [f"--{name}={getattr(asked, name)}" for name in sizes]
        command = [sys.executable, sys.argv[0], *given]
        end([name for name in names if subprocess.run([*command, name], check=False).returncode])
        return
    (name,) = names
    print(f"— {name}: {drills[name].__doc__}", flush=True)
    with servers() as there:
        migrate()
        try:
            faults = drills[name](asked, there)
        finally:
            forget_connection()
    end(faults)
