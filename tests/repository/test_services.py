"""The embedded servers: shared, stopped by the last user, and back with their data whatever was killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import _servers
import _services
import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from _services import set_up
with set_up(Path(sys.argv[2]), fast=True):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a space and an accent, deeper than a Unix socket's path may be."""
    return tmp_path / "un dossier à espaces" / ("profond" * 15)


@pytest.fixture
def without_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/eig")
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.fixture
def without_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    monkeypatch.delenv("DATABASE_URL", raising=False)


def until(happens: Callable[[], object], *, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Zombies, which only wait for their parent to look, are dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def pids(data: Path, name: str) -> tuple[int, int]:
    """The guardian and its server."""
    state = _services.json.loads((data / "run" / f"{name}.json").read_text())
    return state["guardian"], state["server"]


@contextlib.contextmanager
def another_command(data: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(ROOT / "bin"), str(data)], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("without_postgres")
def test_two_commands_share_a_server_and_the_last_one_stops_it(data: Path) -> None:
    with _services.set_up(data) as first:
        guardian, server = pids(data, "redis")
        with _services.set_up(data) as second:
            assert second.env["REDIS_URL"] == first.env["REDIS_URL"]
            assert pids(data, "redis") == (guardian, server)
        assert redis.Redis.from_url(first.env["REDIS_URL"]).ping()
    assert not is_alive(guardian)
    assert not is_alive(server)


@pytest.mark.usefixtures("without_postgres")
def test_the_address_of_the_caller_wins(data: Path) -> None:
    with _services.set_up(data) as setup:
        assert setup.env["DATABASE_URL"] == "postgres://elsewhere/eig"
        assert not (data / "postgres").exists()


@pytest.mark.usefixtures("without_postgres")
def test_a_killed_command_leaves_no_server_behind(data: Path) -> None:
    with another_command(data) as command:
        guardian, server = pids(data, "redis")
        command.send_signal(signal.SIGKILL)
        command.wait()
        until(lambda: not is_alive(guardian) and not is_alive(server))


@pytest.mark.usefixtures("without_postgres")
def test_a_server_outlives_the_command_that_started_it_while_another_uses_it(data: Path) -> None:
    with another_command(data) as command, _services.set_up(data) as setup:
        command.send_signal(signal.SIGKILL)
        command.wait()
        time.sleep(0.5)
        assert redis.Redis.from_url(setup.env["REDIS_URL"]).ping()


@pytest.mark.usefixtures("without_postgres")
def test_a_killed_server_comes_back_at_the_same_address_with_its_data(data: Path) -> None:
    with _services.set_up(data) as setup:
        client = redis.Redis.from_url(setup.env["REDIS_URL"], retry=None)
        client.set("réveil", "17")
        _, server = pids(data, "redis")
        os.kill(server, signal.SIGKILL)
        until(lambda: pids(data, "redis")[1] != server)
        assert client.get("réveil") == b"17"
        client.close()


@pytest.mark.usefixtures("without_postgres")
def test_a_killed_guardian_takes_its_server_along_and_is_replaced(data: Path) -> None:
    with _services.set_up(data) as setup:
        guardian, server = pids(data, "redis")
        os.kill(guardian, signal.SIGKILL)
        until(lambda: not is_alive(server))
        setup.leases[0].mend()
        assert setup.leases[0].url == setup.env["REDIS_URL"]
        assert redis.Redis.from_url(setup.env["REDIS_URL"]).ping()


@pytest.mark.usefixtures("without_postgres")
def test_two_data_folders_do_not_see_each_other(tmp_path: Path) -> None:
    with _services.set_up(tmp_path / "one") as one, _services.set_up(tmp_path / "two") as two:
        assert one.env["REDIS_URL"] != two.env["REDIS_URL"]
        assert one.env["SECRET_KEY"] == two.env["SECRET_KEY"] == os.environ["SECRET_KEY"]
        redis.Redis.from_url(one.env["REDIS_URL"]).set("here", "one")
        assert redis.Redis.from_url(two.env["REDIS_URL"]).get("here") is None


def fail_with_words_of_people(line: psycopg.Connection[Any]) -> None:
    """A statement, a row in a detail, a parameter, a value in the message itself: each holds « canari »."""
    line.execute("CREATE TABLE names (name text UNIQUE)")
    line.execute("INSERT INTO names VALUES ('canari')")
    line.commit()
    for statement, given in (
        ("INSERT INTO names VALUES ('canari')", ()),
        ("INSERT INTO names VALUES (%s)", ("canari",)),
        ("SELECT 'canari'::int", ()),
        ("SELECT canari FROM names WHERE name = 'canari'", ()),
    ):
        with pytest.raises(psycopg.Error):
            line.execute(statement, given)
        line.rollback()


@pytest.mark.usefixtures("without_redis")
def test_the_database_keeps_every_commit_through_the_kill_of_everything(data: Path) -> None:
    with _services.set_up(data) as setup, psycopg.connect(setup.env["DATABASE_OWNER_URL"]) as line:
        assert line.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert line.execute("SHOW fsync").fetchone() == ("on",)
        assert line.execute("SHOW synchronous_commit").fetchone() == ("on",)
        line.execute("CREATE TABLE promise (n int)")
        line.execute("INSERT INTO promise SELECT generate_series(1, 1000)")
        line.execute("GRANT SELECT ON promise TO eig_app")
        line.commit()
        fail_with_words_of_people(line)
        for pid in pids(data, "postgres"):
            os.kill(pid, signal.SIGKILL)
    # After a reboot the number of the dead server may be another program's: here, ours.
    pid_file = data / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with _services.set_up(data) as setup, psycopg.connect(setup.env["DATABASE_URL"]) as line:
        assert line.execute("SELECT count(*) FROM promise").fetchone() == (1000,)
        # The application's account owns nothing, and makes nothing.
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute("CREATE TABLE another (n int)")
    told = (data / "logs" / "postgres.log").read_text()
    assert "ready to accept connections" in told
    assert "canari" not in told


@pytest.mark.usefixtures("without_postgres")
def test_files_are_their_owner_s_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that an earlier version left open to the other accounts of the machine."""
    data = tmp_path / "data"
    monkeypatch.delenv("QUESTIONNAIRE_KEY")
    (data / "private" / "2026").mkdir(parents=True)
    (data / "private" / "2026" / "cv.pdf").write_bytes(b"%PDF")
    (data / "erasures.log").write_text("x")
    for path in (data, data / "private", data / "private" / "2026"):
        path.chmod(0o755)
    (data / "erasures.log").chmod(0o644)
    former = os.umask(0o022)
    try:
        with _services.set_up(data) as setup:
            touch = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('x')"
            made = data / "eig.dump"
            subprocess.run([sys.executable, "-c", touch, str(made)], env=setup.env, check=True)
    finally:
        os.umask(former)
    closed = ("private", "mail", "run", "logs", "erasures.log", "eig.dump", "questionnaire_key")
    assert {name: (data / name).stat().st_mode & 0o077 for name in closed} == dict.fromkeys(closed, 0)


def test_nobody_enters_without_the_password(tmp_path: Path, without_postgres: None) -> None:
    with _services.set_up(tmp_path / "data") as setup:
        address = setup.env["REDIS_URL"].partition("@")[2]
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(f"redis://{address}").ping()


def test_secrets_are_made_once_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first = _services.secret(tmp_path / "key")
    assert len(first) >= 50
    assert _services.secret(tmp_path / "key") == first
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


# --- The commands ---------------------------------------------------------------------------------------


def command(*words: str, data: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "bin" / words[0], *words[1:]],
        env={**os.environ, "EIG_DATA": str(data), **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_command_gives_its_exit_code_back(tmp_path: Path) -> None:
    assert command("run", "sh", "-c", "exit 7", data=tmp_path / "data").returncode == 7
    assert command("run", "no-such-program", data=tmp_path / "data").returncode == 127


def test_a_command_finds_the_same_environment_as_the_site(tmp_path: Path) -> None:
    said = command("run", "sh", "-c", 'echo "$EIG_DATA"; command -v python', data=tmp_path / "data").stdout
    assert said.splitlines() == [str(tmp_path / "data"), sys.executable]


def test_a_busy_port_gets_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused = command("start", "--port", port, data=tmp_path / "data")
    assert refused.returncode == 1
    assert refused.stdout == f"[start] Port {port} is busy: choose another one with --port.\n"


def test_the_site_opens_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """The whole of bin/start, without the demonstration and its minute of work."""
    data, port = tmp_path / "les données", _servers.free_port(None)
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    env |= {"DEMO": "0", "ALLOWED_HOSTS": "localhost,127.0.0.1", "SITE_URL": f"http://localhost:{port}"}
    arguments = ["--port", str(port), "--data", str(data)]
    site = subprocess.Popen([ROOT / "bin" / "start", *arguments], env=env, stdout=subprocess.PIPE, text=True)
    with site:
        assert site.stdout is not None
        said = []
        for line in site.stdout:
            said.append(line)
            if "Ctrl-C to stop" in line:
                break
        assert f"[start] The site is open: http://localhost:{port}\n" in said, "".join(said)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/") as answer:
            assert answer.status == 200
        again = command("start", "--port", str(_servers.free_port(None)), "--data", str(data), data=data)
        assert again.returncode == 1
        assert "already runs on" in again.stdout
        before = [*pids(data, "postgres"), *pids(data, "redis")]
        site.send_signal(signal.SIGTERM)
        site.communicate(timeout=30)
    assert site.returncode == 0
    assert not any(is_alive(pid) for pid in before)
    assert _servers.is_free(port)
