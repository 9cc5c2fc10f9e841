"""What people were told while something dies: lines cut, servers killed, rows that somebody holds.

    python benchmarks/faults.py [cut|double|web|database|slow|locked ...] [--count 1000] [--kills N]

Each drill makes servers of its own in a folder of its own, hands in real applications over HTTP and keeps its
own ledger of who was told what. Nobody who was told that it is done may be missing; nobody is in by half; who
got no answer is in, whole, or not at all.
"""

import argparse
import contextlib
import http.client
import os
import random
import select
import socket
import threading
import time
from collections import Counter
from urllib.parse import urlsplit, urlunsplit

import psycopg
from servers import (
    Drill,
    Line,
    Servers,
    children,
    kill,
    kill_database,
    run_drills,
    spoilt_pages,
    wait_for_database,
)
from stand import (
    FORM,
    TOKEN,
    Sent,
    ask,
    forget_connection,
    hand_in,
    judge,
    people,
    served,
    side_by_side,
    tell,
    times,
    wait_for,
)

CLIENTS = 50
# Of the site (stand.py): nobody waits for another.
THREADS = 8


class Burst:
    """Everybody hands in, while something else happens."""

    def __init__(
        self, rows: list[Sent], port: int, *, pace: float, clients: int = CLIENTS, patient: bool = False
    ) -> None:
        self.rows, self.port, self.pace, self.patient = rows, port, pace, patient
        self.thread = threading.Thread(target=side_by_side, args=(rows, clients, self._send))

    def _send(self, row: Sent) -> None:
        time.sleep(self.pace)
        began = time.monotonic()
        hand_in(row, port=self.port)
        while row.status == 503 and self.patient:
            # As told; whoever had no answer at all waits to know.
            time.sleep(5)
            hand_in(row, port=self.port)
        row.waited = time.monotonic() - began

    def __enter__(self) -> "Burst":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.thread.join()

    @property
    def done(self) -> int:
        return len([row for row in self.rows if row.waited])

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


def cut(asked: argparse.Namespace, there: Servers) -> list[str]:
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


def web(asked: argparse.Namespace, there: Servers) -> list[str]:
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


def database(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Every process of PostgreSQL killed, several times, under load; the site is not started again."""
    promotion, rows = people(asked.count)
    forget_connection()
    back: list[float] = []
    with served() as (port, _):
        with Burst(rows, port, pace=0.2, patient=True) as burst:
            for rank in range(asked.kills or 10):
                if not burst.wait_for((rank + 1) / ((asked.kills or 10) + 2)):
                    break
                kill_database(there)
                back.append(wait_for(port))
        tell({"kills": len(back), "seconds to be back, at most": f"{max(back):.1f}"})
        faults = judge(promotion, rows, unknown_allowed=True)
        again(rows, port)
    faults += judge(promotion, rows)
    forget_connection()
    # Nothing of what the last one had read is in memory: each page comes from the disk, with its checksum.
    kill_database(there)
    wait_for_database()
    spoilt = spoilt_pages()
    tell({"spoilt pages": "\n".join(spoilt) or 0})
    if max(back) > 30:
        faults.append("back too late")
    return faults + (["spoilt pages"] if spoilt else [])


def double(asked: argparse.Namespace, there: Servers) -> list[str]:
    """The same form sent fifty times at the same instant: one receipt, the same for all."""
    promotion, rows = people(asked.count // 10)
    others: list[Sent] = []

    def click(row: Sent) -> None:
        copies = [Sent(row.code, row.session) for _ in range(CLIENTS)]
        side_by_side(copies, len(copies), lambda copy: hand_in(copy, port=port))
        row.status, row.location = copies[0].status, copies[0].location
        others.extend(copy for copy in copies if copy.location != row.location)

    with served() as (port, _):
        side_by_side(rows, 1, click)
    tell({"clicks": CLIENTS * len(rows), "told something else": len(others)})
    return judge(promotion, rows) + (["not the same receipt"] if others else [])


def slow(asked: argparse.Namespace, there: Servers) -> list[str]:
    """A database whose every word takes a fifth of a second more, and a line in twenty is cut."""
    promotion, rows = people(min(asked.count, 100))
    url = urlsplit(os.environ["DATABASE_URL"])
    assert url.port
    line = Line(url.port, delay=asked.delay, cuts=0.05)
    slowly = url._replace(netloc=url.netloc.replace(f":{url.port}", f":{line.address}"))
    with served(DATABASE_URL=urlunsplit(slowly)) as (port, _):
        with Burst(rows, port, pace=0.5, clients=THREADS):
            pass
        tell({"answers": dict(Counter(row.status for row in rows)), "lines": line.carried, "cut": line.cut})
        faults = judge(promotion, rows, unknown_allowed=True)
        line.delay = line.cuts = 0
        again(rows, port)
    slowest = times([row.waited for row in rows], "answered")
    return [*faults, *judge(promotion, rows), *(["answered too late"] if slowest > 10 else [])]


def locked(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Somebody holds, by hand, for a minute, what everybody needs: they are told within ten seconds."""
    promotion, rows = people(min(asked.count, 100))
    answers: list[tuple[int, str, float]] = []
    with served() as (port, _), psycopg.connect(os.environ["DATABASE_URL"]) as admin:
        admin.execute("SELECT * FROM promotions_phase FOR UPDATE")

        def send(row: Sent) -> None:
            began = time.monotonic()
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, headers, _ = ask(port, row.address, session=row.session, form={})
                answers.append((status, headers.get("Retry-After", ""), time.monotonic() - began))

        side_by_side(rows, THREADS, send)
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


DRILLS: dict[str, Drill] = {
    "cut": cut, "double": double, "web": web, "database": database, "slow": slow, "locked": locked,
}  # fmt: skip


if __name__ == "__main__":
    run_drills(DRILLS, __doc__, count=1000, kills=0, delay=0.2)
