"""Three hundred texts that would be code if one page, letter or print forgot what they are.

    bin/run python benchmarks/scripts.py [--rounds 2] [--seed N]

Fills every free text of the tests' world (names, dossiers, projects, messages, wishes, evaluations, what the
team writes) with texts of a small grammar, each around a marker, as its field accepts them. Then Chromium
opens every page as each role, every letter and every print. What must hold: no dialog, no script that ran, no
refusal of the content policy, no element, attribute or address made of a marker, no template evaluated, no
header of a mail that we did not write, no text escaped twice. Says which fields were seen nowhere.
"""

import argparse
import io
import os
import random
import re
import secrets
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from stand import NAME, ROOT, drop, end, scratch, tell

# --- The grammar --------------------------------------------------------------------------------------------

# What leaves the place where a text stands: a tag, an attribute, a comment, an element that holds text alone.
WAYS_OUT = (
    "", '">', "'>", "-->", "</textarea>", "</title>", "</script>", "</style>", "</option></select>", "]]>",
    "</svg>", '"} ', "*/ ",
)  # fmt: skip
# What would then be code; M is the marker.
CODE = (
    "<M>", "<M M=1>x</M>", "<b M>x</b>", '<img src=M onerror="window.canary=1">', "<style>M{top:0}</style>",
    "<script>window.canary=1//M</script>", '<svg M onload="window.canary=1"><M/></svg>', "<meta M>",
    "<a href=javascript:M>x</a>", '<iframe srcdoc="<M>">', "<form action=//M.example><input name=M>",
    '<base M href="/M/">', "<details M open ontoggle=alert(1)>", "<math><M>",
)  # fmt: skip
# In contexts of their own: attribute, address, style, braces, comment, Markdown, head of a mail, long.
ALONE = (
    '" M="1', "' M='1", '" onfocus="window.canary=1" autofocus M="', "` M=`1", "color:red;background:url(/M)",
    "javascript:window.canary=1//M", "data:text/html,<M>", "//M.example/", 'https://M.example/?a="><M>',
    '{{ "M"|cut:"q" }}', '{% firstof "M"|cut:"q" %}', "${M}", "#{M}", "<% M %>", "<!--M--><M>",
    "[M](javascript:M)", '![M](x "><M>)', "**<M>**", "=?utf-8?q?=3CM=3E?=", "M\r\nBcc: M@exemple.example",
    "M\nContent-Type: text/html\n\n<M>", "&lt;M&gt;", "&#60;M&#62;", "%3CM%3E", "\\u003cM\\u003e",
    "\uff1cM\uff1e", "\u202e<M>\u2066", "\u2028<M>", "<M " + "é\u0301" * 60 + ">", "\U0001d54f" * 40 + "<M>",
)  # fmt: skip
PAYLOADS = 300
MARKER = re.compile(r"zq(\d+)z(\d+)", re.IGNORECASE)


def payloads(dice: random.Random) -> list[str]:
    """Each piece of the grammar at least once, then mixtures."""
    made = dict.fromkeys([*(way + code for way in WAYS_OUT for code in CODE), *ALONE])
    while len(made) < PAYLOADS:
        made[dice.choice(WAYS_OUT) + dice.choice(CODE) + dice.choice(ALONE)] = None
    return dice.sample(list(made), PAYLOADS)


# --- Where they are put -------------------------------------------------------------------------------------

# What the product writes and reads back: no free text.
TECHNICAL = re.compile(
    r"(.*_)?(sha256|hash|code|number|siret|key|kind|batch|email|password|type|verb|id|listing|query|tab|question"
    r"|folded|commitment|seed|calendar|imported_as|verdict|purpose|trade|trades|themes|promotion_code|duties"
    r"|instance|result|keys|parameters|data|given|agreed|lists|counts|rooms|panel|steps|required_if|questions"
    r"|project_conditions|project_visas)"
)
CODED = {"accounts.Invitation.subject", "interviews.Plan.cause"}
# Nobody's words: the library's own pages, the chain of the journal.
NOT_OURS = ("django", "allauth", "dsfr")
SENTENCE = re.compile(r"\S+\s+\S+")
ROOM = 1_200


@dataclass
class Sown:
    """The texts by their number, the fields by theirs, and what was seen where."""

    texts: list[str]
    dice: random.Random
    fields: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    seen: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    at: int = 0

    def fault(self, where: str, what: str) -> None:
        if not self.faults[f"{where}: {what}"]:
            print(f"FAULT {where}: {what[:300]}", flush=True)
        self.faults[f"{where}: {what}"] += 1

    def meet(self, where: str, text: str) -> None:
        found = {(int(text), int(place)) for text, place in MARKER.findall(text)}
        self.seen.setdefault(where, set()).update(found)

    def next(self, place: str, *, room: int) -> str:
        """As many of the next texts as there is room for, at least one."""
        if place not in self.fields:
            self.fields.append(place)
        rank, said = self.fields.index(place), ""
        for _ in range(len(self.texts)):
            number = self.at % len(self.texts)
            one = self.texts[number].replace("M", f"zq{number}z{rank}")
            if len(said) + len(one) + 1 > room:
                if said:
                    return said.strip(" ")
            else:
                said += f" {one}" if said else one
            self.at += 1
        return said


def sow(sown: Sown) -> None:
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        # What is sealed or only added to is filled too: a former text may be in it.
        cursor.execute("SET session_replication_role = replica")
    for model in apps.get_models():
        if not model.__module__.startswith(NOT_OURS):
            sow_rows(sown, model)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")


def sow_rows(sown: Sown, model: Any) -> None:
    from django.core.exceptions import ValidationError
    from django.db import Error, transaction

    from eig.french.spaces import one_line
    from eig.mail.models import Message

    columns = [
        one
        for one in model._meta.concrete_fields
        if one.get_internal_type() in {"CharField", "TextField", "JSONField"}
        and not (one.choices or one.primary_key or TECHNICAL.fullmatch(one.name))
        and f"{model._meta.label}.{one.name}" not in CODED
    ]
    for row in model._base_manager.order_by("pk"):
        for column in columns:
            place, kept = f"{model._meta.label}.{column.name}", getattr(row, column.attname)
            for _ in range(12):
                room = min(column.max_length or ROOM, ROOM)
                is_tree = column.get_internal_type() == "JSONField"
                value = sown_tree(sown, place, kept) if is_tree else sown.next(place, room=room)
                if model is Message:
                    # As the outbox does of each.
                    value = value if column.name == "body" else one_line(value)
                try:
                    if not is_tree:
                        # What no form would take is not stored.
                        column.run_validators(value)
                    with transaction.atomic():
                        model._base_manager.filter(pk=row.pk).update(**{column.name: value})
                    break
                except (ValidationError, Error) as error:
                    why = f"{place}: {str(error).splitlines()[0][:90]}"
                    sown.at += 1
            else:
                sown.refused[why] += 1


def sown_tree(sown: Sown, place: str, tree: Any) -> Any:
    """The sentences of an answer, of a page, of minutes; its codes stay."""
    if isinstance(tree, dict):
        return {key: sown_tree(sown, place, value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [sown_tree(sown, place, value) for value in tree]
    if isinstance(tree, str) and SENTENCE.search(tree):
        return sown.next(place, room=max(len(tree), 200))
    return tree


# --- Where they are looked for ------------------------------------------------------------------------------

LOOK = r"""() => {
    const faults = [], marker = /zq\d+z\d+/i, code = /^\s*(javascript|vbscript|data:text)/i
    for (const it of document.querySelectorAll("*")) {
        if (marker.test(it.localName)) faults.push(`an element <${it.localName}>`)
        if (["script", "style"].includes(it.localName) && marker.test(it.textContent)
            && it.type !== "application/json") faults.push(`in a ${it.localName}`)
        for (const { name, value } of it.attributes) {
            if (marker.test(name)) faults.push(`an attribute ${name} of ${it.localName}`)
            if ((name.startsWith("on") || ["style", "srcdoc", "src"].includes(name)) && marker.test(value))
                faults.push(`${name} of ${it.localName}: ${value}`)
            if (["href", "action", "formaction", "xlink:href", "data"].includes(name) && code.test(value))
                faults.push(`${name} of ${it.localName}: ${value}`)
        }
    }
    const text = document.documentElement.textContent
    if (/&quot;|&#x27;|&lt;[/!]/.test(text)) faults.push("escaped twice")
    if (/(^|\W)z\d+z\d+/i.test(text)) faults.push("a template evaluated")
    if (window.canary) faults.push("a script ran")
    return { faults: [...new Set(faults)].slice(0, 20), whole: document.documentElement.outerHTML }
}"""
WATCH = """addEventListener("securitypolicyviolation",
    event => console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`))"""
# Nobody, who applies, leads or takes part, who reads or sits, the team: the others are the same with less.
ROLES = ("anonymous", "owner", "reader", "staff")
NO_PAGES = ("_download", "_calendar", "_picture", "_txt", "health")


class Glass:
    """A tab of Chromium, and what it complains of."""

    def __init__(self, browser: Any, home: str, sown: Sown) -> None:
        self.context = browser.new_context(locale="fr-FR")
        self.context.add_init_script(WATCH)
        self.home, self.sown, self.where = home, sown, ""
        self.page = self.context.new_page()
        self.page.on("dialog", self._spoken)
        self.page.on("pageerror", lambda error: sown.fault(self.where, f"script: {error}"))
        self.page.on("console", self._said)
        self.opened = 0

    def _spoken(self, dialog: Any) -> None:
        self.sown.fault(self.where, "a dialog")
        dialog.dismiss()

    def _said(self, message: Any) -> None:
        # A refused answer, and what the press alone can fetch.
        meant = ("responded with a status of", "net::ERR_UNKNOWN_URL_SCHEME")
        if message.type == "error" and not any(words in message.text for words in meant):
            self.sown.fault(self.where, f"console: {message.text}")

    def become(self, session: str) -> None:
        self.context.clear_cookies()
        if session:
            self.context.add_cookies([{"name": "sid", "value": session, "url": self.home}])

    def open(self, where: str, url: str) -> None:
        self.where = where
        answer = self.page.goto(f"{self.home}{url}")
        if answer and answer.status >= 500:
            self.sown.fault(where, f"answered {answer.status}")
        self.look(where, "pages")

    def show(self, where: str, html: str, kind: str) -> None:
        """As if nothing forbade scripts there."""
        self.where = where
        self.page.goto("about:blank")
        self.page.set_content(html)
        self.look(where, kind)

    def look(self, where: str, kind: str) -> None:
        self.opened += 1
        seen = self.page.evaluate(LOOK)
        self.sown.meet(kind, seen["whole"])
        for fault in seen["faults"]:
            self.sown.fault(where, fault)


# --- Pages, letters, prints ---------------------------------------------------------------------------------


def sessions_of(world: Any, visits: Any) -> dict[str, list[tuple[str, str]]]:
    """By session, the pages that each actor may open, once each."""
    from tests.repository.doors import OPEN
    from tests.repository.visiting import DOORS

    pages: dict[str, dict[str, str]] = {}
    for door in DOORS.values():
        if door.verb != "GET" or door.name.endswith(NO_PAGES):
            continue
        for actor in ROLES:
            if door.answers[actor] == OPEN:
                cookie = world.browser(visits.person(door, actor)).cookies.get("sid")
                url = visits.url(door)
                pages.setdefault(cookie.value if cookie else "", {})[url] = f"{door.name} as {actor}"
    return {session: [(where, url) for url, where in found.items()] for session, found in pages.items()}


def look_at_pages(glass: Glass, world: Any, visits: Any, dice: random.Random) -> None:
    from urllib.parse import urlencode

    from playwright.sync_api import Error

    for session, pages in sessions_of(world, visits).items():
        glass.become(session)
        for where, url in pages:
            sown = glass.sown
            asked = {name: sown.next("what is looked for", room=80) for name in ("q", "page", "status")}
            for address in (url, f"{url}?{urlencode(asked, errors='surrogatepass')}"):
                if address != url and dice.random() > 0.25:
                    continue
                try:
                    glass.open(where, address)
                except Error as error:
                    if "Download is starting" not in str(error):
                        sown.fault(where, str(error).splitlines()[0])


def look_at_letters(glass: Glass, world: Any) -> int:
    """Those that were in the outbox, whose own words were changed, and those that the deeds write now."""
    from email import message_from_bytes, policy

    from eig.mail.models import Message
    from eig.mail.relay import as_mime
    from tests.databases import forgotten
    from tests.repository.test_emails import everything_is_written

    ours = {"subject", "from", "to", "message-id", "date", "mime-version", "content-type", "auto-submitted"}
    ours |= {
        "reply-to",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "x-auto-response-suppress",
        "precedence",
    }
    looked = 0
    with forgotten():
        everything_is_written(world)
        for message in Message.objects.order_by("pk"):
            where = f"the letter {message.kind}"
            mail = message_from_bytes(as_mime(message).as_bytes(), policy=policy.default)
            strange = {name.lower() for name in mail} - ours
            if strange or any(MARKER.search(mail["to"] or "") for _ in "1"):
                glass.sown.fault(where, f"headers {strange} to {mail['to']}")
            for part in mail.walk():
                if part.get_content_type() == "text/html":
                    glass.show(where, part.get_content(), "letters")
                    looked += 1
    return looked


def look_at_prints(glass: Glass, world: Any) -> int:
    import pikepdf
    import pymupdf

    from eig.documents.pdf import Press
    from eig.documents.printing import builders
    from tests.repository.test_prints import markup, order_of

    with Press() as press:
        for kind in sorted(builders):
            order = order_of(kind, world)
            page = markup(order)
            glass.show(f"the markup of {kind}", page, "what prints are made of")
            pdf = press.html(page, assets=order.assets)
            where = f"the print {kind}"
            with pymupdf.Document(stream=pdf) as document:  # type: ignore[no-untyped-call]
                glass.sown.meet("prints", "".join("".join(sheet.get_text().split()) for sheet in document))
                for sheet in document:
                    for link in sheet.get_links():
                        if re.match(
                            r"\s*(javascript|data|file|vbscript)", str(link.get("uri", "")), re.IGNORECASE
                        ):
                            glass.sown.fault(where, f"a link to {link['uri']}")
            with pikepdf.open(io.BytesIO(pdf)) as document:
                for thing in document.objects:
                    names = set(thing.keys()) if isinstance(thing, pikepdf.Dictionary) else set()
                    if names & {"/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/SubmitForm"}:
                        glass.sown.fault(where, f"does {names}")
    return len(builders)


def refresh(world: Any) -> None:
    """What is held in memory says again what the database says."""
    from django.db.models import Model

    for held in [*vars(world).values(), *vars(world.of).values()]:
        for one in held if isinstance(held, list | tuple) else [held]:
            if isinstance(one, Model):
                one.refresh_from_db()


def measure(asked: argparse.Namespace) -> list[str]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    from tests.browser.site import Site, launched
    from tests.repository.visiting import Visits
    from tests.repository.world import build

    setup_test_environment()
    dice = random.Random(asked.seed)
    sown = Sown(payloads(dice), dice)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        world = build()
        # No worker listens.
        connection.run_on_commit = []
    visits = Visits(world)
    visits.sign_everybody_in()
    letters = prints = 0
    with launched() as browser:
        site = Site()
        glass = Glass(browser, site.url, sown)
        with site.showing(NAME):
            for turn in range(asked.rounds):
                with transaction.atomic():
                    sow(sown)
                refresh(world)
                letters += look_at_letters(glass, world)
                refresh(world)
                prints += look_at_prints(glass, world)
                look_at_pages(glass, world, visits, dice)
                print(f"round {turn + 1}: {len(sown.faults)} faults, {glass.opened} looks", flush=True)
    # Once the browser has let go of its lines.
    site.thread.terminate()
    say(sown, glass, letters, prints)
    return list(sown.faults)


def say(sown: Sown, glass: Glass, letters: int, prints: int) -> None:
    tell({"texts": len(sown.texts), "fields filled": len(sown.fields), "looks": glass.opened})
    tell({"letters": letters, "prints": prints})
    for kind, seen in sown.seen.items():
        texts, fields = {text for text, _ in seen}, {place for _, place in seen}
        tell({f"seen in {kind}": f"{len(texts)} texts, {len(fields)} fields, {len(seen)} of both"})
    met = {place for seen in sown.seen.values() for _, place in seen}
    unseen = [place for rank, place in enumerate(sown.fields) if rank not in met]
    print(f"seen nowhere: {', '.join(unseen) or 'nothing'}")
    print(f"not filled: {', '.join(sown.refused) or 'nothing'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    server = os.environ.pop("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ.update(DATABASE_URL=scratch(server), DEMO="1", SITE_URL="http://testserver")
    os.environ.update(
        ALLOWED_HOSTS="testserver,127.0.0.1", DJANGO_SETTINGS_MODULE="eig.settings", LOG_LEVEL="ERROR"
    )
    os.environ["STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    sys.path.insert(0, str(ROOT))
    try:
        with tempfile.TemporaryDirectory() as private:
            os.environ["PRIVATE_ROOT"] = private
            faults = measure(asked)
    finally:
        drop(server)
    end(faults)


if __name__ == "__main__":
    main()
