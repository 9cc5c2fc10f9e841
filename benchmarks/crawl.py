"""Every page of the demonstration as every person of its cast, and ten thousand things nobody should send.

    bin/run python benchmarks/crawl.py [--posts 10000] [--gets 10000] [--pages 400] [--phase teams] [--seed N]
        [--of DATABASE]

Makes a database of its own with the demonstration, its promotions taken from history, and a promotion of
which nothing is set up. Walks the links that each person is shown, sends odd values to the forms met, and odd
queries, headers and cookies to the pages. Nothing that is sent is kept. What must hold: no answer of 500 or
more, no traceback in the logs, no answer above 5 s of processor, no link that answers 4xx to whom it was
shown. Says the seed, and the deeds that no page offered at this moment of the promotion.
"""

import argparse
import logging
import os
import random
import secrets
import sys
import time
from collections import Counter, deque
from typing import Any

from stand import ROOT, drop, scratch

# What ends the walk of the person who follows it, or leads out of what is read.
NOT_FOLLOWED = ("/compte/logout/", "/demonstration/")


def filled(phase: str, *, built: bool) -> dict[str, Any]:
    """The cast, by name, each with a browser."""
    from django.core.management import call_command
    from django.test import Client

    from demo.cast import cast
    from eig.promotions.models import Programme, Promotion
    from tests.people import give_second_factor, signed_in

    if not built:
        call_command("demo", phase=phase)
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


class Crawl:
    def __init__(self, browsers: dict[str, Any], at_random: random.Random) -> None:
        self.browsers, self.at_random = browsers, at_random
        # Nobody, and somebody of the team: they also try the addresses that no page shows.
        self.curious = list(browsers)[:2]
        self.forms: dict[Any, list[Any]] = {}
        self.pages: list[tuple[str, str]] = []
        self.faults: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()

    def fault(self, where: str, told: str, sent: object = "") -> None:
        if not self.faults[f"{where}: {told}"]:
            print(f"FAULT {where}: {told}\n    {str(sent)[:400]}", flush=True)
        self.faults[f"{where}: {told}"] += 1

    def look(self, who: str, url: str, **headers: str) -> Any:
        from tests.crawling import borrowed, get
        from tests.databases import forgotten

        with forgotten():
            answer = get(borrowed(self.browsers[who]), url, **headers)
        self.answers[answer.status] += 1
        return answer

    def walk(self, who: str, *, most: int) -> None:
        """Breadth first, a few pages of each kind: lists of a thousand dossiers have a thousand alike."""
        from tests.crawling import door_of, forms_of, links_of
        from tests.design.pages import parse

        waiting = deque((url, "") for url in STARTS)
        # What nobody shows them comes last.
        rest = deque(unlinked() if who in self.curious else ())
        met: set[str] = set()
        kinds: Counter[str] = Counter()
        while (waiting and len(met) < most) or rest:
            url, shown_by = waiting.popleft() if waiting and len(met) < most else (rest.popleft(), "")
            if url in met or url.startswith(NOT_FOLLOWED) or (shown_by and kinds[door_of(url)] >= 8):
                continue
            met.add(url)
            kinds[door_of(url)] += 1
            answer = self.look(who, url)
            for told in answer.faults():
                self.fault(f"GET {url} as {who}", told)
            if shown_by and 400 <= answer.status < 500:
                self.fault(f"GET {url} as {who}", f"{answer.status}, shown by {shown_by}")
            if answer.status == 302 and answer.location.startswith("/"):
                waiting.append((answer.location, url))
            if answer.status == 200 and b"<html" in answer.body[:2000]:
                self.pages.append((who, url))
                page = parse(answer.body)
                for form in forms_of(page, url=url, who=who):
                    self.forms.setdefault(form.kind, []).append(form)
                waiting.extend((link, url) for link in links_of(page, url=url))

    def post(self, number: int) -> None:
        from tests.crawling import odd_sending, undone

        kinds = sorted(self.forms)
        for rank in range(number):
            form = self.at_random.choice(self.forms[kinds[rank % len(kinds)]])
            sending = odd_sending(form, self.at_random)
            answer = undone(self.browsers[form.who], form, sending)
            self.answers[answer.status] += 1
            for told in answer.faults():
                self.fault(str(form), told, sending)
            self.say(rank + 1, "posts")

    def ask(self, number: int) -> None:
        from tests.crawling import HEADERS, OFTEN, odd_query

        for rank in range(number):
            who, url = self.at_random.choice(self.pages)
            headers = self.at_random.choice(HEADERS) if rank % 2 else {}
            address = url if headers else f"{url.partition('?')[0]}?{odd_query(OFTEN, self.at_random)}"
            for told in self.look(who, address, **headers).faults():
                self.fault(f"GET {url} as {who}", told, headers or address)
            self.say(rank + 1, "odd pages")

    def say(self, number: int, what: str) -> None:
        if number % 500 == 0:
            print(f"{number} {what}, {len(self.faults)} faults", flush=True)


def not_offered(crawl: Crawl) -> list[str]:
    from tests.repository.visiting import DOORS

    offered = {door for door, method, _ in crawl.forms if method == "POST"}
    return sorted(name for name, door in DOORS.items() if door.verb == "POST" and name not in offered)


def measure(asked: argparse.Namespace) -> list[str]:
    import django

    django.setup()
    logging.disable(logging.NOTSET)
    logging.getLogger("django.request").propagate = False
    browsers = filled(asked.phase, built=bool(asked.of))
    from django.test.utils import setup_test_environment

    setup_test_environment()
    crawl = Crawl(browsers, random.Random(asked.seed))
    for who in browsers:
        crawl.walk(who, most=asked.pages)
    print(f"people {len(browsers)}, pages {len(crawl.pages)}, kinds of forms {len(crawl.forms)}", flush=True)
    crawl.post(asked.posts)
    crawl.ask(asked.gets)
    print(f"seed      {asked.seed}")
    print(f"answers   {dict(sorted(crawl.answers.items()))}")
    print(f"no page offered: {', '.join(not_offered(crawl)) or 'nothing'}")
    print(f"faults    {len(crawl.faults)}")
    return list(crawl.faults)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("posts", 10_000), ("gets", 10_000), ("pages", 400)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    parser.add_argument("--phase", default="teams")
    parser.add_argument("--of", default="", help="a demonstration built before, to copy")
    asked = parser.parse_args()
    # Made, then used, by who owns it.
    server = os.environ.pop("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ.update(DATABASE_URL=scratch(server, of=asked.of), DEMO="1", SITE_URL="http://testserver")
    os.environ.update(ALLOWED_HOSTS="testserver,localhost", DJANGO_SETTINGS_MODULE="eig.settings")
    os.environ["STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    sys.path.insert(0, str(ROOT))
    started = time.process_time()
    try:
        faults = measure(asked)
    finally:
        drop(server)
    print(f"processor {time.process_time() - started:.0f} s")
    if faults:
        raise SystemExit(f"broken: {len(faults)}")


if __name__ == "__main__":
    main()
