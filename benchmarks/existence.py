"""Neither an answer nor its time says who has an account.

    bin/run python benchmarks/existence.py [--samples 200] [--only signing]

Makes a database of its own with as many people as samples. At each door that takes an address, asks for one
that has an account and one that has none in turn (known, unknown, unknown, known), each address once and each
from its own visitor. What must hold: the same answers, as many letters, and medians that differ by 20 ms and
by 10 % at most; below one millisecond nobody at the other end of a line sees the difference.
"""

import argparse
import os
import re
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from stand import end, open_call, own_database

MOST_MILLISECONDS, MOST_SHARE, UNSEEN_MILLISECONDS = 20, 0.10, 1
PASSWORD = "tortue ivoire lampe quai"
Ask = Callable[[str, int], Any]


def people(count: int, *, word: str) -> list[Any]:
    """So many accounts, their address confirmed; one hash serves all."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from eig.accounts.models import User

    secret = make_password("une phrase que personne ne tape")
    users = User.objects.bulk_create(
        User(email=f"{word}{rank}@exemple.example", first_name="P", last_name=f"N{rank}", password=secret)
        for rank in range(count)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return users


def doors(samples: int) -> dict[str, Ask]:
    """Each asks for an address: a stranger for the first four, a person signed in for the last two."""
    from django.test import Client
    from django.utils import timezone

    from projects.actions import start_project
    from tests.people import signed_in

    now, promotion = timezone.now(), open_call()
    # Whoever asks is new each time: what one may ask within an hour is counted.
    askers = people(2 * samples, word="demande")
    browsers = [signed_in(asker) for asker in askers]
    projects = [start_project(promotion, title=f"Projet {asker}", by=asker, at=now) for asker in askers]

    def post(url: str, rank: int, **data: str) -> Any:
        return Client().post(url, data, REMOTE_ADDR=network(rank))

    def signed(url: str, rank: int, **data: str) -> Any:
        return browsers[rank].post(url, data, REMOTE_ADDR=network(rank))

    names = {"first_name": "Léa", "last_name": "Nouvelle", "password1": PASSWORD}
    return {
        "signing in": lambda email, rank: post("/compte/login/", rank, login=email, password=PASSWORD),
        "signing up": lambda email, rank: post("/compte/signup/", rank, email=email, **names),
        "a new password": lambda email, rank: post("/compte/password/reset/", rank, email=email),
        "a code to sign in": lambda email, rank: post("/compte/login/code/", rank, email=email),
        "a new address": lambda email, rank: signed("/compte/email/", rank, email=email, action_add=""),
        "an invitation": lambda email, rank: signed(
            f"/projets/{projects[rank].code}/redaction/inviter/", rank, email=email
        ),
    }


def network(rank: int) -> str:
    return f"10.0.{rank // 250}.{rank % 250 + 1}"


def told(answer: Any, email: str) -> tuple[Any, ...]:
    """What a visitor sees, but for the address they typed and what is drawn at random."""
    where = re.sub(r"[0-9a-f-]{36}", "…", answer.headers.get("Location", ""))
    length = len(answer.content) - len(email) * answer.content.count(email.encode())
    return answer.status_code, where, length // 256, sorted(answer.headers)


def letters() -> int:
    from eig.mail.models import Message

    return Message.objects.count()


def compared(ask: Ask, known: Sequence[str], unknown: Sequence[str]) -> dict[str, Any]:
    times: dict[bool, list[float]] = {True: [], False: []}
    answers: dict[bool, set[str]] = {True: set(), False: set()}
    wrote = {True: 0, False: 0}
    for rank, (one, other) in enumerate(zip(known, unknown, strict=True)):
        turns = [(True, one), (False, other)]
        for turn, (is_known, email) in enumerate(turns if rank % 2 else reversed(turns)):
            before = letters()
            began = time.perf_counter()
            answer = ask(email, 2 * rank + turn)
            times[is_known].append(1000 * (time.perf_counter() - began))
            answers[is_known].add(str(told(answer, email)))
            wrote[is_known] += letters() - before
    return {
        "known": statistics.median(times[True]),
        "unknown": statistics.median(times[False]),
        "answers that differ": sorted(answers[True] ^ answers[False]),
        "letters": (wrote[True], wrote[False]),
    }


def measure(samples: int, *, only: str) -> list[str]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("createcachetable", verbosity=0)
    setup_test_environment()
    # Tests keep letters in memory: here they are rows, as on the site.
    settings.EMAIL_BACKEND = "eig.mail.backend.OutboxBackend"
    asks = {title: ask for title, ask in doors(samples).items() if only in title}
    known = [user.email for user in people(samples, word="connue")]
    broken = []
    for title, ask in asks.items():
        word = title.replace(" ", "")
        found = compared(ask, known, [f"{word}{rank}@exemple.example" for rank in range(samples)])
        gap, least = abs(found["known"] - found["unknown"]), min(found["known"], found["unknown"])
        print(
            f"{title:20} known {found['known']:6.1f} ms, unknown {found['unknown']:6.1f} ms, "
            f"letters {found['letters']}, answers that differ {found['answers that differ'] or 'none'}",
            flush=True,
        )
        seen = gap > UNSEEN_MILLISECONDS and gap > MOST_SHARE * least
        if found["answers that differ"] or gap > MOST_MILLISECONDS or seen or len({*found["letters"]}) > 1:
            broken.append(title)
    return broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--only", default="", help="the doors whose name holds this")
    asked = parser.parse_args()
    os.environ.update(ALLOWED_HOSTS="testserver,localhost", DEMO="0")
    os.environ["STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with own_database():
        broken = measure(asked.samples, only=asked.only)
    end(broken)


if __name__ == "__main__":
    main()
