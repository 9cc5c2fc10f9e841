"""What people were told while something dies: lines cut, servers killed, rows that somebody holds.

    python benchmarks/faults.py [cut|web|database|locked ...] [--count 1000] [--kills N]

Each drill makes servers of its own in a folder of its own, hands in real applications over HTTP and keeps its
own ledger of who was told what. Nobody who was told that it is done may be missing; nobody is in by half; who
got no answer is in, whole, or not at all.
"""

import argparse
import contextlib
import http.client
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
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from stand import (
    FORM,
    ROOT,
    TOKEN,
    Sent,
    ask,
    end,
    forget_connection,
    hand_in,
    judge,
    migrate,
    people,
    served,
    side_by_side,
    tell,
    times,
    wait_for,
)

sys.path.insert(0, str(ROOT / "bin"))
from _services import set_up

CLIENTS = 50


@contextlib.contextmanager
def servers() -> Iterator[Path]:
    """A PostgreSQL and a Redis of our own, whose guardians start them again when they die; their folder."""
    folder = Path(tempfile.mkdtemp(prefix="eig-faults-", dir="/tmp" if os.geteuid() == 0 else None))
    folder.chmod(0o711)
    data = folder / "data"
    kept = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "REDIS_URL")}
    try:
        with set_up(data) as setup:
            # Nothing is collected in a folder of an hour.
            plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
            os.environ.update(setup.env, STATIC_STORAGE=plain)
            yield data
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)


def server_of(data: Path, name: str) -> int:
    return int(json.loads((data / "run" / f"{name}.json").read_text())["server"])


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


class Burst:
    """Everybody hands in, while something else happens."""

    def __init__(self, rows: list[Sent], port: int, *, pace: float) -> None:
        self.rows, self.port, self.pace = rows, port, pace
        self.thread = threading.Thread(target=side_by_side, args=(rows, CLIENTS, self._send))

    def _send(self, row: Sent) -> None:
        time.sleep(self.pace)
        began = time.monotonic()
        hand_in(row, port=self.port)
        row.waited = time.monotonic() - began

    def __enter__(self) -> "Burst":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.thread.join()

    @property
    def done(self) -> int:
        return len([row for row in self.rows if row.tries])

    def wait_for(self, share: float) -> bool:
        """Until this share of all has been tried; false when the burst is over."""
        while self.done < share * len(self.rows):
            if not self.thread.is_alive():
                return False
            time.sleep(0.01)
        return self.thread.is_alive()


def again(rows: list[Sent], port: int) -> None:
    """Who got no answer tries again, as people do, and is told."""
    side_by_side(
        [row for row in rows if row.said.startswith("error")], 20, lambda row: hand_in(row, port=port)
    )


def cut(asked: argparse.Namespace, data: Path) -> list[str]:
    """The line is cut after the form was sent and before its answer is read; then it is sent again."""
    promotion, rows = people(asked.count)
    dice = random.Random(4)

    def send_and_hang_up(row: Sent) -> None:
        body = f"csrfmiddlewaretoken={TOKEN}"
        head = (
            f"POST {row.address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sid={row.session}; csrf={TOKEN}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall((head + body).encode())
            # At once, in the middle of the work, or when the answer is there, unread.
            select.select([line], [], [], dice.choice((0, 0.02, 0.1, 30)))
        row.location = "cut"
        hand_in(row, port=port)

    with served() as (port, _):
        side_by_side(rows, CLIENTS, send_and_hang_up)
    return judge(promotion, rows)


def web(asked: argparse.Namespace, data: Path) -> list[str]:
    """Workers of the web server killed one after the other under load."""
    promotion, rows = people(asked.count)
    dice, killed = random.Random(5), 0
    with served() as (port, process):
        with Burst(rows, port, pace=0.1) as burst:
            for rank in range(asked.kills or 30):
                if not burst.wait_for((rank + 1) / ((asked.kills or 30) + 2)):
                    break
                if found := children(process.pid):
                    kill(dice.choice(found))
                    killed += 1
        tell({"workers killed": killed})
        faults = judge(promotion, rows, unknown_allowed=True)
        wait_for(port)
        again(rows, port)
    return [*faults, *judge(promotion, rows)]


def database(asked: argparse.Namespace, data: Path) -> list[str]:
    """Every process of PostgreSQL killed, several times, under load; the site is not started again."""
    promotion, rows = people(asked.count)
    forget_connection()
    back: list[float] = []
    with served() as (port, _):
        with Burst(rows, port, pace=0.2) as burst:
            for rank in range(asked.kills or 10):
                if not burst.wait_for((rank + 1) / ((asked.kills or 10) + 2)):
                    break
                server = server_of(data, "postgres")
                for pid in [*children(server), server]:
                    kill(pid)
                back.append(wait_for(port))
        tell({"kills": len(back), "seconds to be back, at most": f"{max(back):.1f}"})
        faults = judge(promotion, rows, unknown_allowed=True)
        again(rows, port)
    faults += judge(promotion, rows)
    if max(back) > 30:
        faults.append("back too late")
    return faults


def locked(asked: argparse.Namespace, data: Path) -> list[str]:
    """Somebody holds, by hand, for a minute, what everybody needs: they are told within ten seconds."""
    promotion, rows = people(min(asked.count, 60))
    answers: list[tuple[int, str, float]] = []
    with served() as (port, _), psycopg.connect(os.environ["DATABASE_URL"]) as admin:
        admin.execute("SELECT * FROM promotions_phase FOR UPDATE")

        def send(row: Sent) -> None:
            began = time.monotonic()
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, headers, _ = ask(port, row.address, session=row.session, form={})
                answers.append((status, headers.get("Retry-After", ""), time.monotonic() - began))

        side_by_side(rows, 8, send)
        reading = ask(port, "/contact/")[0]
        admin.rollback()
        side_by_side(rows, 20, lambda row: hand_in(row, port=port))
    statuses = Counter((status, retry) for status, retry, _ in answers)
    tell({"told": {f"{status}, Retry-After {retry}": n for (status, retry), n in statuses.items()}})
    times([waited for _, _, waited in answers], "told after")
    faults = judge(promotion, rows)
    if set(statuses) != {(503, "5")} or reading != 200:
        faults.append("not told to come back")
    if max(waited for _, _, waited in answers) > 10:
        faults.append("told too late")
    return faults


DRILLS: dict[str, Callable[[argparse.Namespace, Path], list[str]]] = {
    "cut": cut, "web": web, "database": database, "locked": locked,
}  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("drills", nargs="*", help=", ".join(DRILLS))
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--kills", type=int, default=0, help="0: as many as the drill says")
    options = asked.parse_args()
    drills = options.drills or list(DRILLS)
    if len(drills) > 1:
        # Each in its own process: settings are read once, and each has its own database.
        sizes = [f"--count={options.count}", f"--kills={options.kills}"]
        command = [sys.executable, __file__, *sizes]
        end([name for name in drills if subprocess.run([*command, name], check=False).returncode])
        return
    (name,) = drills
    print(f"— {name}: {DRILLS[name].__doc__}", flush=True)
    with servers() as data:
        migrate()
        try:
            faults = DRILLS[name](options, data)
        finally:
            forget_connection()
    end(faults)


if __name__ == "__main__":
    main()
