"""Act 1, before the dossiers: webinars, advice slots, and the visas without which nothing is handed in."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.french import PARIS
from eig.meetings.actions import (
    book_advice,
    close_booking,
    hold_webinar,
    note_booking,
    open_slots,
    register_for_webinar,
    remind_meetings,
)
from eig.meetings.choices import BookingStatus
from eig.meetings.models import AdviceBooking, AdviceSlot, Webinar
from eig.meetings.rules import slot_times
from eig.promotions.models import Promotion
from projects.actions import ask_change, ask_visa, give_visa, refresh_call_brochure, remind_visas
from projects.models import Project
from projects.queries.visa import rules_of
from projects.rules.visa import section_digest
from rehearsal.acts.reminders import leave
from rehearsal.corpus.people import Names, mail_name
from rehearsal.corpus.sources import read, seeded
from rehearsal.world import World

HOUR = timedelta(hours=1)
# Tuesdays and Thursdays of the call, in the calendar of EIG 6.
ADVICE_DAYS = [date(2022, 2, 1) + timedelta(days=days) for days in (0, 7, 14, 21, 28, 35, 37, 42, 44)]
# Visas that no contact of the dossier gives.
FUNCTIONS = {"it": "Direction du numérique"}


def give_visas(project: Project, contacts: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Ask every visa of whom the dossier names, and have it given on the text as it is."""
    form = form_of(project.promotion, FormKind.PROJECT)
    for rule in rules_of(project):
        contact = contacts.get(rule.contact) or {}
        name = f"{contact.get('first_name', '')} {contact.get('last_name', '')}".strip()
        domain = by.email.rpartition("@")[2]
        visa = ask_visa(
            project,
            kind=rule.code,
            name=name or FUNCTIONS.get(rule.code, rule.label),
            email=contact.get("email") or f"numerique@{domain}",
            by=by,
            at=at,
        )
        section = form.section(rule.section)
        assert section is not None
        give_visa(visa, digest=section_digest(section, project.answers))


class _Crowd:
    """People who register: name, address, organisation."""

    def __init__(self, key: str) -> None:
        self.rng = seeded(f"meetings/{key}")
        self.names = Names(self.rng, "alumni")
        self.organisations = read("meetings.toml")["questions"]["organisations"]
        self.rank = count(1)

    def draw(self, *, from_administration: bool) -> dict[str, str]:
        organisation = self.rng.choice(self.organisations) if from_administration else ""
        domain = f"{mail_name(organisation)[:30].strip('-')}.example" if organisation else ""
        person = self.names.draw(domain)
        # Few last names are kept for them: the rank makes each address one of a kind.
        box, _, where = person.email.partition("@")
        return {
            "name": f"{person.first_name} {person.last_name}",
            "email": f"{box}.{next(self.rank)}@{where}",
            "organisation": organisation,
        }


def fill_webinar(webinar: Webinar, *, people: int, crowd: _Crowd) -> None:
    for _ in range(people):
        register_for_webinar(
            webinar, by=None, **crowd.draw(from_administration=webinar.audience == "administrations")
        )


def hold(
    promotion: Promotion, item: Mapping[str, Any], *, starts: datetime, by: User, at: datetime
) -> Webinar:
    return hold_webinar(
        promotion,
        audience=item["audience"],
        title=item["title"],
        description=item["description"],
        starts_at=starts,
        ends_at=starts + HOUR,
        capacity=item["capacity"],
        link=f"https://visio.example/webinaire-{promotion.code}-{starts:%Y%m%d}",
        trades=list(promotion.trades.filter(code__in=item["trades"])),
        by=by,
        at=at,
    )


def book_some(slots: Iterable[AdviceSlot], *, dice: Random, crowd: _Crowd, share: float) -> None:
    questions = read("meetings.toml")["questions"]["texts"]
    for slot in slots:
        if dice.random() < share:
            who = crowd.draw(from_administration=True)
            book_advice(
                slot,
                by=None,
                name=who["name"],
                email=who["email"],
                organisation=who["organisation"],
                subject=dice.choice(questions),
            )


class Front:
    """What an administration and a candidate meet before they write."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.crowd = _Crowd(world.promotion.code)
        self.dice = seeded(f"meetings/dice/{world.promotion.code}")

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        brochure = world.led(refresh_call_brochure)
        add(world.phases["projects"].opens_at + HOUR, "la brochure de l’appel est demandée", brochure)
        for item in read("meetings.toml")["webinars"]:
            day: date = item["day"]
            hour: time = item["starts"]
            starts = world.day(day.year, day.month, day.day, hour.hour, hour.minute)
            announced = max(starts - timedelta(days=12), world.phases["projects"].opens_at + HOUR)
            add(announced, "un webinaire est annoncé", partial(self.hold, item, starts))
            add(starts - timedelta(hours=22), "les rappels de la veille", self.remind)
        for rank, day in enumerate(ADVICE_DAYS):
            opened = world.day(day.year, day.month, day.day, 9) - timedelta(days=8)
            add(opened, "une matinée de conseil est ouverte", partial(self.open, day, rank))
            before = world.day(day.year, day.month, day.day, 9) - timedelta(days=1, hours=-2)
            add(before, "les rappels de la veille", self.remind)
            after = world.day(day.year, day.month, day.day, 18)
            add(after, "les rendez-vous de conseil sont tenus", self.close)
        first = world.phases["projects"].opens_at + timedelta(days=5, hours=10)
        while first < world.phases["projects"].closes_at:
            add(first, "les visas en retard sont rappelés", self.remind_visas)
            first += timedelta(days=1)

    def hold(self, item: Mapping[str, Any], starts: datetime, at: datetime) -> None:
        webinar = hold(self.world.promotion, item, starts=starts, by=self.world.second, at=at)
        fill_webinar(webinar, people=item["registered"], crowd=self.crowd)

    def open(self, day: date, rank: int, at: datetime) -> None:
        world = self.world
        adviser = world.staff[rank % 2]
        starts = world.day(day.year, day.month, day.day, 9, 30)
        times = slot_times(starts, starts + timedelta(hours=2, minutes=30), minutes=20, pause=5)
        open_slots(
            world.promotion,
            adviser=adviser,
            times=times,
            by=adviser,
            at=at,
            link=f"https://visio.example/conseil-{adviser.first_name.lower()}",
        )
        rows = AdviceSlot.objects.filter(adviser=adviser, during__startswith__gte=starts).order_by("during")
        book_some(rows, dice=self.dice, crowd=self.crowd, share=0.6)

    def remind(self, at: datetime) -> None:
        remind_meetings(self.world.promotion, at=at)
        leave()

    def remind_visas(self, at: datetime) -> None:
        remind_visas(self.world.promotion, at=at)
        leave()

    def close(self, at: datetime) -> None:
        notes = read("meetings.toml")["questions"]["notes"]
        done = AdviceBooking.objects.filter(
            promotion=self.world.promotion, status=BookingStatus.BOOKED, slot__during__endswith__lte=at
        )
        for rank, booking in enumerate(done.select_related("slot").order_by("pk")):
            adviser = self.world.lead
            close_booking(booking, held=rank % 7 != 3, by=adviser, at=at)
            if rank % 2 == 0:
                note_booking(booking, notes=notes[rank % len(notes)], by=adviser, at=at)


def _working(today: date, days: int) -> date:
    """So many working days after today."""
    day = today
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def open_next_front(promotion: Promotion, *, staff: list[User], now: datetime) -> None:
    """The same beside the next promotion, whose calls are open today."""
    crowd, dice = _Crowd(promotion.code), seeded(f"meetings/dice/{promotion.code}")
    refresh_call_brochure(promotion, by=staff[0], at=now)
    today = now.astimezone(PARIS).date()
    for item, days in zip(read("meetings.toml")["webinars"][1:], (3, 5, 8), strict=True):
        starts = datetime.combine(_working(today, days), item["starts"], tzinfo=PARIS)
        webinar = hold(promotion, item, starts=starts, by=staff[0], at=now)
        fill_webinar(webinar, people=item["registered"], crowd=crowd)
    for rank, days in enumerate((1, 3, 4, 7)):
        starts = datetime.combine(_working(today, days), time(9, 30), tzinfo=PARIS)
        times = slot_times(starts, starts + timedelta(hours=2, minutes=30), minutes=20, pause=5)
        adviser = staff[rank % 2]
        link = f"https://visio.example/conseil-{adviser.first_name.lower()}"
        open_slots(promotion, adviser=adviser, times=times, by=adviser, at=now, link=link)
    slots = AdviceSlot.objects.filter(promotion=promotion).order_by("during", "pk")
    book_some(slots, dice=dice, crowd=crowd, share=0.4)


def ask_next_visas(project: Project, *, by: User, now: datetime) -> None:
    """One given, one to mend, one awaited; the fourth is still to ask."""
    form = form_of(project.promotion, FormKind.PROJECT)
    section = form.section("financing")
    assert section is not None
    budget = ask_visa(
        project,
        kind="budget",
        name="Gaston Prévost",
        email="gaston.prevost@prefecture.example",
        by=by,
        at=now,
    )
    give_visa(budget, digest=section_digest(section, project.answers))
    people = ask_visa(
        project, kind="hr", name="Inès Kowalski", email="ines.kowalski@prefecture.example", by=by, at=now
    )
    ask_change(
        people,
        comment="Le poste de design ne peut pas être ouvert au 1er septembre : le contrat débute le 12. "
        "Corrigez l’environnement de travail, je donne mon visa aussitôt.",
    )
    ask_visa(
        project,
        kind="sponsor",
        name="Hélène Vasseur",
        email="helene.vasseur@prefecture.example",
        by=by,
        at=now,
    )
