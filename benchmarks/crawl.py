"""Every page of the demonstration as every person of its cast, and ten thousand things nobody should send.

    bin/run python benchmarks/crawl.py [--posts 10000] [--gets 10000] [--pages 400] [--phase teams] [--seed N]
        [--of DATABASE,…]

Makes databases of its own: the demonstration, its promotions taken from history, and a promotion of which
nothing is set up; then the world of the tests, two of everything, for what a demonstration does not show at
its moment. Walks the links that each person is shown, sends odd values to the forms met, and odd paths,
queries, headers and cookies to the pages. Nothing that is sent is kept. What must hold: no answer of 500 or
more, no traceback in the logs, no answer above 5 s of processor, no link that answers 4xx to whom it was
shown, no deed of the map that is not reached. Says the seed, and the deeds that no page offered.

What no page of that world offers either is sent as the access table says that it is done: its one record is
at another step there (a wave published, a draw revealed, a dossier handed in), or is looked at from a page
that was not among the first ones.
"""

import argparse
import logging
import os
import random
import secrets
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stand import NAME, ROOT, drop, scratch

# What ends the walk of the person who follows it, or leads out of what is read.
NOT_FOLLOWED = ("/compte/logout/", "/demonstration/")
# All that an address of nothing may be answered; a piece less may lead to a deed, which is no page (405).
REFUSED = {400, 404, 405}
# Pages of one kind that are followed.
ALIKE = 8


def build_demonstration(phase: str) -> None:
    from django.core.management import call_command

    call_command("demo", phase=phase)


def cast_of_the_demonstration() -> dict[str, Any]:
    """The cast, by name, each with a browser; and a promotion of which nothing is set up."""
    from django.test import Client

    from demo.cast import cast
    from eig.promotions.models import Programme, Promotion
    from tests.people import give_second_factor, signed_in

    programme = Programme.objects.order_by("pk")[0]
    Promotion.objects.get_or_create(programme=programme, code="nue", name="EIG nue", number=99)
    people = {str(role.person): role.person for role in cast()}
    for person in people.values():
        # Without it, whoever must have one is led to its page from everywhere.
        give_second_factor(person)
    return {"": Client(), **{name: signed_in(person) for name, person in people.items()}}


STARTS = ("/", "/mon-espace/", "/pilotage/", "/compte/email/")


def unlinked() -> list[str]:
    """Every page of the promotion that runs, of one taken from history and of the empty one, shown or not."""
    from django.urls import reverse

    from eig.promotions.models import Promotion
    from eig.promotions.queries import current_promotion
    from tests.repository.test_bare_promotions import doors_of_a_promotion

    past = Promotion.objects.filter(is_archived=True).order_by("pk")[:1]
    codes = [row.code for row in (*past, current_promotion()) if row] + ["nue"]
    return [reverse(name, kwargs={"promotion": code}) for code in codes for name in doors_of_a_promotion()]


@dataclass
class Told:
    """What went wrong, and how often each thing was answered, wherever it was."""

    faults: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)

    def fault(self, where: str, told: str, sent: object = "") -> None:
        if not self.faults[f"{where}: {told}"]:
            print(f"FAULT {where}: {told}\n    {str(sent)[:400]}", flush=True)
        self.faults[f"{where}: {told}"] += 1

    def say(self, number: int, what: str) -> None:
        if number % 500 == 0:
            print(f"{number} {what}, {len(self.faults)} faults", flush=True)


class Crawl:
    """One database, its people, and what they are shown there."""

    def __init__(self, name: str, told: Told) -> None:
        from tests.databases import door_to

        self.door, self.told = door_to(name), told
        self.browsers: dict[str, Any] = {}
        self.forms: dict[Any, list[Any]] = {}
        self.pages: list[tuple[str, str]] = []
        # Deeds that a page offers; in the world of the tests the others are reached too.
        self.shown: set[str] = set()

    def look(self, who: str, url: str, **headers: str) -> Any:
        from tests.crawling import borrowed, get
        from tests.databases import forgotten, inside

        with inside(self.door), forgotten():
            answer = get(borrowed(self.browsers[who]), url, **headers)
        self.told.answers[answer.status] += 1
        return answer

    def walk(self, who: str, *, most: int, beside: Sequence[str]) -> None:
        """Breadth first, a few pages of each kind: lists of a thousand dossiers have a thousand alike."""
        from tests.crawling import door_of, forms_of, links_of
        from tests.design.pages import parse

        waiting = deque((url, "") for url in STARTS)
        # What nobody shows them comes last.
        rest = deque(beside)
        met: set[str] = set()
        kinds: Counter[str] = Counter()
        while (waiting and len(met) < most) or rest:
            url, shown_by = waiting.popleft() if waiting and len(met) < most else (rest.popleft(), "")
            if url in met or url.startswith(NOT_FOLLOWED) or (shown_by and kinds[door_of(url)] >= ALIKE):
                continue
            met.add(url)
            kinds[door_of(url)] += 1
            answer = self.look(who, url)
            for told in answer.faults():
                self.told.fault(f"GET {url} as {who}", told)
            if shown_by and 400 <= answer.status < 500:
                self.told.fault(f"GET {url} as {who}", f"{answer.status}, shown by {shown_by}")
            if answer.status == 302 and answer.location.startswith("/"):
                waiting.append((answer.location, url))
            if answer.status == 200 and b"<html" in answer.body[:2000]:
                self.pages.append((who, url))
                page = parse(answer.body)
                for form in forms_of(page, url=url, who=who):
                    self.forms.setdefault(form.kind, []).append(form)
                waiting.extend((link, url) for link in links_of(page, url=url))


def walked(name: str, told: Told, *, most: int) -> Crawl:
    """A demonstration, as each of its cast."""
    from tests.databases import inside

    crawl = Crawl(name, told)
    with inside(crawl.door):
        crawl.browsers = cast_of_the_demonstration()
        beside = unlinked()
    for rank, who in enumerate(crawl.browsers):
        # Nobody, and somebody of the team, also try the addresses that no page shows.
        crawl.walk(who, most=most, beside=beside if rank < 2 else ())
    return crawl


def visited(name: str, told: Told, *, most: int) -> Crawl:
    """The world of the tests, two of everything: what its people are shown, then the deeds that none is."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from tests.databases import inside
    from tests.repository import test_bad_input as sent
    from tests.repository.visiting import Visits
    from tests.repository.world import build

    crawl = Crawl(name, told)
    with inside(crawl.door):
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            world = build()
            # No worker listens.
            connection.run_on_commit = []
        visits = Visits(world)
        kinds = sent.kinds_of(visits)
        beside: dict[str, list[str]] = {form.who: [] for forms in kinds for form in forms}
        for visit in sent.seen(visits):
            if visit.status == 200 and visit.is_html:
                beside.setdefault(sent.who_of(visits, visit), []).append(visit.url)
        crawl.browsers = {who: sent.browser_of(visits, who) for who in beside}
    for who, pages in beside.items():
        crawl.walk(who, most=most, beside=pages)
    crawl.shown = deeds([crawl])
    for forms in kinds:
        crawl.forms.setdefault(forms[0].kind, list(forms))
    return crawl


def post(crawls: Sequence[Crawl], number: int, told: Told, at_random: random.Random) -> None:
    """Each kind of form in turn, somewhere it was met."""
    from tests.crawling import odd_sending, undone
    from tests.databases import inside

    kinds = sorted({kind for crawl in crawls for kind in crawl.forms})
    for rank in range(number):
        kind = kinds[rank % len(kinds)]
        crawl = at_random.choice([crawl for crawl in crawls if kind in crawl.forms])
        form = at_random.choice(crawl.forms[kind])
        sending = odd_sending(form, at_random)
        with inside(crawl.door):
            answer = undone(crawl.browsers[form.who], form, sending)
        told.answers[answer.status] += 1
        for fault in answer.faults():
            told.fault(str(form), fault, sending)
        told.say(rank + 1, "posts")


def ask(crawls: Sequence[Crawl], number: int, told: Told, at_random: random.Random) -> None:
    """One third odd queries, one odd headers and cookies, one odd paths."""
    from tests.crawling import HEADERS, OFTEN, odd_path, odd_query

    for rank in range(number):
        crawl = at_random.choice(crawls)
        who, url = at_random.choice(crawl.pages)
        headers: Mapping[str, str] = {}
        address = url
        if rank % 3 == 0:
            address = f"{url.partition('?')[0]}?{odd_query(OFTEN, at_random)}"
        elif rank % 3 == 1:
            headers = at_random.choice(HEADERS)
        else:
            address = odd_path(url, at_random)
        answer = crawl.look(who, address, **headers)
        for fault in answer.faults():
            told.fault(f"GET {url} as {who}", fault, headers or address)
        if answer.status >= 400:
            told.refused[answer.status] += 1
            if answer.status not in REFUSED:
                told.fault(f"GET {url} as {who}", f"{answer.status} for an odd address", headers or address)
        told.say(rank + 1, "odd pages")


def deeds(crawls: Sequence[Crawl]) -> set[str]:
    return {door for crawl in crawls for door, method, _ in crawl.forms if method == "POST"}


def listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def measure(asked: argparse.Namespace, databases: Sequence[str]) -> list[str]:
    import django

    django.setup()
    logging.disable(logging.NOTSET)
    logging.getLogger("django.request").propagate = False
    from django.test.utils import setup_test_environment

    from tests.repository.visiting import DOORS

    if not asked.of:
        build_demonstration(asked.phase)
    setup_test_environment()
    told, at_random = Told(), random.Random(asked.seed)
    shown = [walked(name, told, most=asked.pages) for name in databases[:-1]]
    for name, crawl in zip(databases, shown, strict=False):
        print(
            f"{name}: people {len(crawl.browsers)}, pages {len(crawl.pages)}, "
            f"kinds of forms {len(crawl.forms)}, deeds {len(deeds([crawl]))}",
            flush=True,
        )
    every = {name for name, door in DOORS.items() if door.verb == "POST"}
    rare = every - deeds(shown)
    print(f"no page of the demonstration offered: {listed(rare)}")
    world = visited(databases[-1], told, most=asked.pages)
    crawls = [*shown, world]
    print(f"nor any page of the world of the tests: {listed(rare - world.shown)}")
    for name in sorted(every - deeds(crawls)):
        told.fault(name, "not reached")
    post(crawls, asked.posts, told, at_random)
    ask(crawls, asked.gets, told, at_random)
    print(f"seed      {asked.seed}")
    print(f"answers   {dict(sorted(told.answers.items()))}")
    print(f"odd pages refused {dict(sorted(told.refused.items()))}")
    print(f"faults    {len(told.faults)}")
    return list(told.faults)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("posts", 10_000), ("gets", 10_000), ("pages", 400)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    parser.add_argument("--phase", default="teams")
    parser.add_argument(
        "--of", default="", help="demonstrations built before, to copy: one, or several, comma between"
    )
    asked = parser.parse_args()
    # Made, then used, by who owns it.
    server = os.environ.pop("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    moments = [*asked.of.split(","), ""]
    databases = [f"{NAME}_{rank}" for rank in range(len(moments))]
    os.environ.update(DATABASE_URL=f"{server.rpartition('/')[0]}/{databases[0]}", DEMO="1")
    os.environ.update(ALLOWED_HOSTS="testserver,localhost", SITE_URL="http://testserver")
    os.environ["DJANGO_SETTINGS_MODULE"] = "eig.settings"
    os.environ["STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    sys.path.insert(0, str(ROOT))
    started = time.process_time()
    try:
        for name, of in zip(databases, moments, strict=True):
            scratch(server, of=of, name=name)
        faults = measure(asked, databases)
    finally:
        for name in databases:
            drop(server, name=name)
    print(f"processor {time.process_time() - started:.0f} s")
    if faults:
        raise SystemExit(f"broken: {len(faults)}")


if __name__ == "__main__":
    main()
