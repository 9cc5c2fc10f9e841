"""Run the whole site on one data folder: web, workers and beat, until Ctrl-C."""

import argparse
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from pathlib import Path
from types import FrameType

from _account import stop_with_parent
from _files import rotate, take
from _servers import NotStarted, is_free
from _services import ROOT, Setup, data_folder, prepare, set_up

HEALTH_SECONDS = 90
STOP_SECONDS = 12  # the worker hands its tasks back within ten seconds
TOO_OFTEN = 5  # ends of one process within a minute, after which starting it again is no use


class Stop(Exception):
    """Somebody asked for the end."""


class Part:
    """One process of the site, started again when it ends by itself."""

    def __init__(self, name: str, command: list[str], setup: Setup, logs: Path) -> None:
        self.name, self.command, self.setup = name, command, setup
        self.log = rotate(logs / f"{name}.log")
        self.ends: deque[float] = deque(maxlen=TOO_OFTEN)
        self.stopping = False
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            # What serves people cannot own the tables: only what precedes migrates.
            env={key: value for key, value in self.setup.env.items() if key != "DATABASE_OWNER_URL"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=self.setup.files,
            # Its own group, so that Ctrl-C reaches us alone and we end the parts in order.
            start_new_session=True,
            preexec_fn=lambda: stop_with_parent(signal.SIGTERM),
        )
        self.reader = threading.Thread(target=self._copy, args=(self.process,), daemon=True)
        self.reader.start()

    def _copy(self, process: subprocess.Popen[bytes]) -> None:
        """Everything goes to the log; the terminal shows what asks for attention."""
        assert process.stdout is not None
        with self.log.open("ab", buffering=0) as log:
            for line in process.stdout:
                log.write(line)
                if self.stopping or b" INFO " in line:
                    continue
                with contextlib.suppress(OSError):  # the terminal may be gone; the log is not
                    print(f"[{self.name}] {line.decode(errors='replace')}", end="", flush=True)

    def start_again_if_ended(self) -> None:
        code = self.process.poll()
        if code is None:
            return
        self.ends.append(time.monotonic())
        if len(self.ends) == TOO_OFTEN and self.ends[-1] - self.ends[0] < 60:
            raise NotStarted(f"“{self.name}” keeps ending (code {code}): see {self.log}")
        say(f"“{self.name}” ended (code {code}): starting it again")
        self.kill()
        self.start()

    def ask_to_stop(self) -> None:
        self.stopping = True  # what it says from now on is for its log
        if self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End what is left of it; its children may have outlived it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.reader.join(timeout=1)


def say(what: str) -> None:
    with contextlib.suppress(OSError):
        print(f"[start] {what}", flush=True)


def commands_of_the_site(port: int, data: Path) -> dict[str, list[str]]:
    python, access = sys.executable, rotate(data / "logs" / "access.log")
    # Celery dislikes root for the sake of pickled messages; ours are JSON.
    celery = [python, "-W", "ignore:You're running the worker", "-m", "celery", "-A", "eig", "--quiet"]
    quiet = ["--loglevel", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [
            *(python, "-m", "gunicorn", "eig.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"),
            *("--workers", "2", "--threads", "4", "--preload", "--timeout", "60", "--graceful-timeout", "5"),
            *("--access-logfile", str(access), "--log-level", "warning"),
            *("--logger-class", "eig.diversity.logs.QuietLogger"),
        ],
        # Three where production has five: codes wait behind nothing, and a laptop keeps its memory.
        "mailer": [*celery, "worker", "--queues", "mail", "--concurrency", "1", *quiet],
        "press": [*celery, "worker", "--queues", "pdf", "--concurrency", "1", *quiet],
        "worker": [*celery, "worker", "--queues", "sweep,scan,solve", "--concurrency", "2", *quiet],
        "beat": [
            *(*celery, "beat", "--schedule", str(data / "run" / "beat"), "--pidfile="),
            *("--loglevel", "WARNING"),
        ],
    }


def health(address: str) -> int:
    """The status that the health page answers, or 0."""
    try:
        with urllib.request.urlopen(f"{address}/sante/", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def wait_for_health(address: str, web: Part) -> None:
    deadline = time.monotonic() + HEALTH_SECONDS
    while (status := health(address)) != 200:
        if web.process.poll() is not None:
            raise NotStarted(f"The web server did not start: see {web.log}")
        if status or time.monotonic() > deadline:
            said = f"answers {status}" if status else "does not answer"
            raise NotStarted(f"{address}/sante/ {said}: see {web.log}")
        time.sleep(0.1)


def stop(parts: list[Part]) -> None:
    """End every part: gently, and at once if asked a second time."""
    hurry = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: hurry.set())
    say("Stopping")
    for part in parts:
        part.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    while any(part.process.poll() is None for part in parts) and time.monotonic() < deadline:
        if hurry.wait(0.05):
            break
    for part in parts:
        part.kill()


def prepare_the_data(setup: Setup) -> None:
    """Run _prepare.py to its end, out of reach of Ctrl-C, which is ours to handle."""
    step = subprocess.run(
        [sys.executable, "bin/_prepare.py"],
        env=setup.env,
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
        pass_fds=setup.files,
        start_new_session=True,
        preexec_fn=lambda: stop_with_parent(signal.SIGTERM),
    )
    if step.returncode != 0:
        raise NotStarted("The data could not be prepared: what precedes says why.")


def serve(port: int, data: Path) -> None:
    address = f"http://localhost:{port}"
    parts: list[Part] = []
    with set_up(data) as setup:
        setup.env.setdefault("SITE_URL", address)
        setup.env["REMAP_SIGTERM"] = (
            "SIGQUIT"  # Celery's soft shutdown: unfinished tasks go back to the queue
        )
        try:
            prepare_the_data(setup)
            for name, command in commands_of_the_site(port, data).items():
                parts.append(Part(name, command, setup, data / "logs"))
                if name == "web":  # first, alone: the others can wait, the reader of this terminal less so
                    wait_for_health(f"http://127.0.0.1:{port}", parts[0])
            say(f"The site is open: {address}")
            with contextlib.suppress(FileNotFoundError):
                print((data / "run" / "cast").read_text(), flush=True)
            say(f"Data and logs: {data} · Ctrl-C to stop")
            while True:
                time.sleep(0.5)
                for lease in setup.leases:
                    lease.mend()
                for part in parts:
                    part.start_again_if_ended()
        finally:
            stop(parts)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/start", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port of the loopback (8000)")
    parser.add_argument("--data", help="data folder (EIG_DATA, else var)")
    return parser.parse_args()


def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop


def main() -> int:
    given = arguments()
    data = data_folder(given.data)
    os.environ.setdefault("DEMO", "1")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    try:
        prepare(data)
        alone = take(data / "run" / "start", fcntl.LOCK_EX | fcntl.LOCK_NB)
        if alone is None:
            raise NotStarted(f"bin/start already runs on {data}: give another folder with --data.")
        if not is_free(given.port):
            raise NotStarted(f"Port {given.port} is busy: choose another one with --port.")
        serve(given.port, data)
    except Stop:
        return 0
    except NotStarted as reason:
        say(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
