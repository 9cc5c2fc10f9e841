"""The last minute of a call: a thousand people hand in, half of them in the last five seconds.

    bin/run python benchmarks/deadline.py [--count 1000] [--clients 100] [--seconds 60] [--workers 2]
        [--saving 500] [--signing-in 1000]

Makes a database of its own, starts gunicorn as bin/start does, and sends real submissions over HTTP: each
from its own signed-in person, at its own planned instant; a response is timed from that instant, waiting
included.
A tenth more arrive after the deadline, on purpose. What must hold on any machine: every submission that
was acknowledged is in the database, dated in time, once; none is dated late; no error. Times depend on the
machine.
Meanwhile others may write (each saves an answer every ten seconds, and the last text that was acknowledged
must be there) or sign in with their password.
"""

import argparse
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from stand import (
    Sent,
    ask,
    end,
    forget_connection,
    hand_in,
    judge,
    own_database,
    people,
    served,
    sessions,
    side_by_side,
    tell,
    times,
)

LATE_SECONDS = 3
SAVE_EVERY = 10
PASSWORD = "un mot de passe de quinze lettres"


def plan(rows: list[Sent], *, count: int, seconds: int) -> None:
    """Half in the last five seconds, half before; those beyond `count` come after the end."""
    chance = random.Random(6)
    for rank, row in enumerate(rows):
        if rank >= count:
            row.due = seconds + chance.uniform(0.2, LATE_SECONDS)
        elif rank % 2:
            row.due = chance.uniform(seconds - 5, seconds - 0.01)
        else:
            row.due = chance.uniform(0, seconds - 5)


@dataclass
class Side:
    """Somebody who writes, or signs in, during the last minute."""

    name: str
    session: str = ""
    due: float = 0
    text: str = ""
    waited: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def timed(self, began: float, status: int, right: int) -> bool:
        self.waited.append(time.monotonic() - began)
        if status != right:
            self.refused.append(str(status))
        return status == right


def write(who: Side, *, port: int, until: float) -> None:
    """Save an answer every ten seconds, as the page does, until the end."""
    version, turn = 1, 0
    time.sleep(who.due)
    while (began := time.monotonic()) < until:
        turn += 1
        text = f"Texte {turn} de {who.name}"
        form = {"motivation": text, "version": str(version)}
        address = f"/candidatures/{who.name}/reponses/motivation/"
        try:
            status, _, _ = ask(port, address, session=who.session, form=form, headers={"HX-Request": "true"})
        except OSError as error:
            who.refused.append(type(error).__name__)
        else:
            if who.timed(began, status, 200):
                who.text, version = text, version + 1
        time.sleep(max(began + SAVE_EVERY - time.monotonic(), 0))


def sign_in(who: Side, *, port: int, start: float) -> None:
    time.sleep(max(start + who.due - time.monotonic(), 0))
    began = time.monotonic()
    form = {"login": who.name, "password": PASSWORD}
    try:
        status, _, _ = ask(port, "/compte/login/", form=form)
    except OSError as error:
        who.refused.append(type(error).__name__)
    else:
        who.timed(began, status, 302)


def writers(promotion: Any, users: list[Any]) -> list[Side]:
    from tests.factories.crowds import crowd_of_drafts

    chance = random.Random(7)
    rows = zip(crowd_of_drafts(promotion, users), sessions(users), strict=True)
    return [Side(str(row.code), key, chance.uniform(0, SAVE_EVERY)) for row, key in rows]


def comers(users: list[Any], *, seconds: int) -> list[Side]:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return [Side(user.email, due=seconds * rank / max(len(users), 1)) for rank, user in enumerate(users)]


def lost_texts(rows: list[Side]) -> int:
    from candidates.models import Application

    stored = dict(Application.objects.values_list("code", "answers"))
    kept = {str(code): answers.get("motivation") for code, answers in stored.items()}
    return len([row for row in rows if row.text and kept[row.name] != row.text])


def sides(asked: argparse.Namespace, promotion: Any) -> tuple[list[Side], list[Side]]:
    from django.contrib.auth.hashers import make_password

    from tests.factories.crowds import crowd

    beside = crowd(asked.saving + asked.signing_in, password=make_password(PASSWORD))
    return writers(promotion, beside[: asked.saving]), comers(beside[asked.saving :], seconds=asked.seconds)


def measure(asked: argparse.Namespace) -> list[str]:
    from django.utils import timezone

    from eig.promotions.models import Phase

    promotion, rows = people(asked.count + asked.count // 10)
    writing, coming = sides(asked, promotion)
    plan(rows, count=asked.count, seconds=asked.seconds)
    with served(workers=asked.workers) as (port, _):
        start = time.monotonic() + 1
        until = start + asked.seconds
        closes_at = timezone.now() + timedelta(seconds=asked.seconds + 1)
        Phase.objects.filter(promotion=promotion, kind="applications").update(closes_at=closes_at)

        def send(row: Sent) -> None:
            time.sleep(max(start + row.due - time.monotonic(), 0))
            hand_in(row, port=port)
            row.waited = time.monotonic() - start - row.due

        others = [
            threading.Thread(target=write, args=(who,), kwargs={"port": port, "until": until})
            for who in writing
        ]
        others += [
            threading.Thread(
                target=side_by_side,
                args=(coming[rank::20], 1, lambda who: sign_in(who, port=port, start=start)),
            )
            for rank in range(20)
        ]
        for thread in others:
            thread.start()
        side_by_side(sorted(rows, key=lambda row: row.due), asked.clients, send)
        for thread in others:
            thread.join()
    return told(asked, promotion, rows, writing, coming)


def told(
    asked: argparse.Namespace, promotion: Any, rows: list[Sent], writing: list[Side], coming: list[Side]
) -> list[str]:
    said = Counter(row.said.partition(" ")[0] for row in rows)
    in_time = rows[: asked.count]
    late = len([row for row in in_time if row.said == "refused"])
    tell(
        {
            "submissions": f"{asked.count} before the deadline, {len(rows) - asked.count} after it",
            "acknowledged": f"{said['acknowledged']}, refused {said['refused']}",
            "sent in time, reached late": late,
        }
    )
    heard = [row for row in in_time if row.said == "acknowledged"]
    times([row.waited for row in heard], "all")
    times([row.waited for row in heard if row.due >= asked.seconds - 5], "last five seconds")
    faults = judge(promotion, rows)
    for label, group in (("saved", writing), ("signed in", coming)):
        times([waited for who in group for waited in who.waited], label)
        refused = Counter(why for who in group for why in who.refused)
        # Who writes after the deadline is told that it is over.
        refused.pop("423", None)
        if refused:
            print(f"{label}, refused: {dict(refused)}")
            faults.append(f"{label}: refused")
    if lost := lost_texts(writing):
        faults.append(f"{lost} texts lost")
    forget_connection()
    return faults


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    sizes = {"count": 1000, "clients": 100, "seconds": 60, "workers": 2, "saving": 0, "signing-in": 0}
    for name, default in sizes.items():
        asked.add_argument(f"--{name}", type=int, default=default)
    options = asked.parse_args()
    with own_database():
        faults = measure(options)
    end(faults)


if __name__ == "__main__":
    main()
