"""The front of both calls: webinars, advice, visas. People are known by their address only."""

import re
from datetime import timedelta

from django.utils import timezone

from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.mail.models import Message
from eig.meetings import actions
from eig.meetings.queries import booking_token, registration_token
from projects import actions as projects
from projects.models import Visa
from projects.rules.visa import section_digest
from tests.factories import meetings as make
from tests.factories import projects as proposals
from tests.repository.world.building import World


def add_front(world: World) -> None:
    """A full webinar and its waiting list, a morning of advice, a visa that is awaited."""
    of, here = world.of, world.here
    of.webinar = make.webinar(here, world.diane, capacity=1)
    of.registration = make.registered(of.webinar, "Odile")
    of.waiting_registration = make.registered(of.webinar, "Paul")
    of.registration_token = registration_token(of.registration.code)
    of.slots = make.slots(here, world.diane, count=6)
    of.booking = booked(world, "Quentin")
    of.booking_token = booking_token(of.booking.code)
    of.visa = projects.ask_visa(
        of.draft_project,
        kind="budget",
        name="Berthe Visa",
        email="berthe@visa.example",
        by=world.badis,
        at=timezone.now(),
    )
    letter = Message.objects.get(kind="projects/visa_asked")
    found = re.search(r"/visas/(\S+)/", letter.body)
    assert found
    of.visa_token = found[1]


def booked(world: World, name: str, *, slot: int = 0):
    return actions.book_advice(
        world.of.slots[slot],
        name=name,
        email=f"{name.lower()}@agent.example",
        organisation="Préfecture de la Creuse",
        subject="Le cofinancement",
        by=None,
    )


def front_is_written(world: World) -> None:
    """The deeds that write the letters of the front that the world has not."""
    of, now = world.of, timezone.now()
    by = {"by": world.diane, "at": now}
    names = ("audience", "title", "description", "starts_at", "ends_at", "capacity", "link")
    actions.remind_meetings(world.here, at=of.webinar.starts_at - timedelta(hours=20))
    actions.change_webinar(
        of.webinar, **{**{name: getattr(of.webinar, name) for name in names}, "title": "Autrement"}, **by
    )
    actions.leave_webinar(of.registration, by=None, at=now)
    actions.cancel_webinar(of.webinar, reason="L’intervenante est souffrante.", **by)
    actions.remind_meetings(world.here, at=of.slots[0].during.lower - timedelta(hours=20))
    actions.move_booking(of.booking, slot=of.slots[3], by=None)
    actions.cancel_booking(of.booking, reason="Une alerte incendie.", **by)
    Visa.objects.filter(pk=of.visa.pk).update(asked_at=now - timedelta(days=5))
    projects.remind_visas(world.here, at=now)
    projects.revoke_visa(Visa.objects.get(pk=of.visa.pk), by=world.badis, at=now)
    other = proposals.draft(world.here, lead=world.badis, title="Le projet à viser", visas=False)
    form = form_of(world.here, FormKind.PROJECT)
    for kind, section in (("budget", "financing"), ("sponsor", "")):
        visa = projects.ask_visa(
            other, kind=kind, name="Chef Visa", email=f"{kind}@visa.example", by=world.badis, at=now
        )
        if section:
            projects.give_visa(visa, digest=section_digest(form.section(section), other.answers))
        else:
            projects.ask_change(visa, comment="Précisez qui portera le projet en juin.")
