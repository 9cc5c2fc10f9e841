"""What a command needs to run on a data folder: its environment, and the embedded servers it shares.

Each server has a guardian (_servers.py) that lives as long as somebody uses the server. Users and guardian
know of each other by file locks alone, which the kernel releases whatever happens: no process can leave a
stale count behind, even killed by `kill -9`.

    run/<name>.users     shared by every command that uses the server; exclusive to the guardian that stops it
    run/<name>.guardian  held by the guardian for its life
    run/<name>.json      written when the server answers: where it is
"""

import contextlib
import dataclasses
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _files import is_held, rotate, secret, take
from _servers import START_SECONDS, STOP_SECONDS, NotStarted, postgres_programs

ROOT = Path(__file__).resolve().parent.parent
GUARDIAN = Path(__file__).with_name("_servers.py")


class Lease:
    """The use of one server. It ends with `release()`, or with the processes that hold its file."""

    def __init__(self, name: str, data: Path, *, fast: bool) -> None:
        self.name, self.data, self.fast = name, data, fast
        run = data / "run"
        self.state, self.guardian, self.users = (
            run / f"{name}.{end}" for end in ("json", "guardian", "users")
        )
        self.log = data / "logs" / f"{name}.log"
        # Waits while a guardian is stopping the server, after which nobody can stop it under our feet.
        handle = take(self.users, fcntl.LOCK_SH)
        assert handle is not None
        self.handle = handle
        self.process: subprocess.Popen[bytes] | None = None  # the guardian, if we called it
        self.find_server()

    def find_server(self) -> None:
        """Learn where the server is, and call a guardian if it has none."""
        with (self.data / "run" / f"{self.name}.starting").open("ab") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not is_held(self.guardian):
                self.state.unlink(missing_ok=True)
                self.process = self._call_guardian()
            state = self._wait(self.process)
        self.url: str = state["url"]
        self.owner_url: str = state.get("owner_url", "")
        self.guardian_pid: int = state["guardian"]

    def _call_guardian(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(GUARDIAN), self.name, str(self.data)]
        command += ["fast"] if self.fast else []
        with rotate(self.log).open("ab") as log:
            return subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self, process: subprocess.Popen[bytes] | None) -> dict[str, Any]:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError):
                state: dict[str, Any] = json.loads(self.state.read_text())
                return state
            if process.poll() is not None if process else not is_held(self.guardian):
                break
            time.sleep(0.03)
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        raise NotStarted(f"The embedded {self.name} server did not start. The end of {self.log}:\n{tail}")

    def mend(self) -> None:
        """Call a new guardian if ours was killed: its server died with it."""
        if not is_held(self.guardian):
            if self.process:
                self.process.wait()
                self.process = None
            self.find_server()

    def release(self) -> None:
        """Give the server back; wait for its end when nobody else uses it."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            last = True
        except BlockingIOError:
            last = False
        # Shared again before we let go: a process that inherited our file may still use the server.
        if last:
            fcntl.flock(self.handle, fcntl.LOCK_SH)
        self.handle.close()
        deadline = time.monotonic() + STOP_SECONDS
        # When others seem to remain, one of them may be the guardian, already stopping the server.
        while (last or is_held(self.users)) and time.monotonic() < deadline:
            if self._guardian_is_gone():
                if self.process:
                    self.process.wait()  # leaves no zombie to a parent who may never look
                return
            time.sleep(0.03)

    def _guardian_is_gone(self) -> bool:
        """Whether the guardian we knew has left; another command may have called a new one meanwhile."""
        if not is_held(self.guardian):
            return True
        try:
            return bool(json.loads(self.state.read_text())["guardian"] != self.guardian_pid)
        except FileNotFoundError:
            return False


@dataclasses.dataclass(frozen=True, slots=True)
class Setup:
    """What a command needs: its environment, and the servers it uses."""

    env: dict[str, str]
    leases: list[Lease]

    @property
    def files(self) -> list[int]:
        """The files a child keeps open, so that the servers live as long as it does."""
        return [lease.handle.fileno() for lease in self.leases]


def prepare(data: Path) -> None:
    """Make the data folder, and from here on every file for its owner alone.

    As root, PostgreSQL runs as another user, who must be able to pass through the folder itself.
    """
    os.umask(0o077)
    if not data.exists():
        data.mkdir(parents=True)
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    for name in ("run", "logs", "private", "mail"):
        (data / name).mkdir(exist_ok=True)
        # Also what an earlier version left open.
        (data / name).chmod(0o700)
    for log in data.glob("*.log"):
        log.chmod(0o600)


@contextlib.contextmanager
def set_up(data: Path, *, fast: bool = False) -> Iterator[Setup]:
    """Start what a command on this data folder needs, and give it back at the end.

    What the caller's own environment says always wins: nothing is started for DATABASE_URL or REDIS_URL
    when it is set. `fast` is for throwaway data: the database does not wait for the disk.
    """
    prepare(data)
    env = dict(os.environ)
    env["EIG_DATA"] = str(data)
    for variable in ("SECRET_KEY", "QUESTIONNAIRE_KEY"):
        if not env.get(variable):
            env[variable] = secret(data / variable.lower())
    env["DJANGO_SETTINGS_MODULE"] = "eig.settings"
    env["PYTHONUNBUFFERED"] = "1"
    # A print, a check of a file, a test of a command: each starts a Python, which compiles everything again
    # when the first one was told to keep nothing.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", os.defpath)])
    leases: list[Lease] = []
    try:
        for name, variable in (("postgres", "DATABASE_URL"), ("redis", "REDIS_URL")):
            if not env.get(variable):
                leases.append(Lease(name, data, fast=fast))
                env[variable] = leases[-1].url
                if leases[-1].owner_url:
                    env["DATABASE_OWNER_URL"] = leases[-1].owner_url
        if not os.environ.get("DATABASE_URL"):  # psql and pg_dump, for dbshell and backups
            env["PATH"] = os.pathsep.join([str(postgres_programs()), env["PATH"]])
        yield Setup(env, leases)
    finally:
        for lease in leases:
            lease.release()


def run(command: list[str], setup: Setup) -> int:
    """Run a command to its end, handing it our signals; it keeps the servers even if we are killed."""
    child: subprocess.Popen[bytes] | None = None
    early: list[int] = []

    def forward(number: int, _frame: object) -> None:
        if child is None:
            early.append(number)
        elif number != signal.SIGINT or not sys.stdin.isatty():  # a terminal gave it to the child already
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    child = subprocess.Popen(command, env=setup.env, pass_fds=setup.files)
    for missed in early:
        child.send_signal(missed)
    code = child.wait()
    return code if code >= 0 else 128 - code


def data_folder(named: str | None = None, *, default: str = "var") -> Path:
    """The folder that --data or EIG_DATA names, else `var` in the repository."""
    return Path(named or os.environ.get("EIG_DATA") or ROOT / default).expanduser().resolve()
