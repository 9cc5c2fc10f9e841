"""Every page of the demonstration as every person of its cast, and ten thousand things nobody should send.

    bin/run python benchmarks/crawl.py [--posts 10000] [--gets 10000] [--pages 400] [--phase teams] [--seed N]

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


def filled(phase: str) -> dict[str, Any]:
    """The cast, by name, each with a browser."""
    from django.core.management import call_command
    from django.test import Client

    from demo.cast import cast
    from eig.promotions.models import Programme, Promotion
    from tests.people import signed_in

    call_command("demo", phase=phase)
    programme = Programme.objects.order_by("pk")[0]
    Promotion.objects.create(programme=programme, code="nue", name="EIG nue", number=99)
    people = {str(role.person): role.person for role in cast()}
    return {"": Client(), **{name: signed_in(person) for name, person in people.items()}}


def starts() -> list[str]:
    """Where anybody may begin, and every page of each promotion, linked or not."""
    from django.urls import reverse

    from eig.promotions.models import Promotion
    from tests.repository.test_bare_promotions import doors_of_a_promotion

    codes = Promotion.objects.order_by("pk").values_list("code", flat=True)
    doors = [reverse(name, kwargs={"promotion": code}) for code in codes for name in doors_of_a_promotion()]
    return ["/", "/mon-espace/", "/pilotage/", *doors]


class Crawl:
    def __init__(self, browsers: dict[str, Any], at_random: random.Random) -> None:
        self.browsers, self.at_random = browsers, at_random
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

        waiting = deque((url, "") for url in starts())
        met: set[str] = set()
        kinds: Counter[str] = Counter()
        while waiting and len(met) < most:
            url, shown_by = waiting.popleft()
            if url in met or url.startswith(NOT_FOLLOWED) or kinds[door_of(url)] >= 8:
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

    def ask(self, number: int) -> None:
        from tests.crawling import HEADERS, OFTEN, odd_query

        for rank in range(number):
            who, url = self.at_random.choice(self.pages)
            headers = self.at_random.choice(HEADERS) if rank % 2 else {}
            address = url if headers else f"{url.partition('?')[0]}?{odd_query(OFTEN, self.at_random)}"
            for told in self.look(who, address, **headers).faults():
                self.fault(f"GET {url} as {who}", told, headers or address)


def not_offered(crawl: Crawl) -> list[str]:
    from tests.repository.visiting import DOORS

    offered = {door for door, method, _ in crawl.forms if method == "POST"}
    return sorted(name for name, door in DOORS.items() if door.verb == "POST" and name not in offered)


def measure(asked: argparse.Namespace) -> list[str]:
    import django

    django.setup()
    logging.disable(logging.NOTSET)
    logging.getLogger("django.request").propagate = False
    browsers = filled(asked.phase)
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
    asked = parser.parse_args()
    server = os.environ["DATABASE_URL"]
    os.environ.update(DATABASE_URL=scratch(server), DEMO="1", SITE_URL="http://testserver")
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
