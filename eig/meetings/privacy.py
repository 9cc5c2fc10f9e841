"""Webinars and advice slots: who comes, about what."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Upper

from eig.accounts.privacy import NOWHERE
from eig.meetings.models import AdviceBooking, AdviceSlot, Registration, Webinar
from eig.personal import EMPTY, ERASED, PERSON, Clock, Purpose, Record, Register


def _nobody(row: Any) -> str:
    """One address each: a person registers once to a webinar."""
    return f"{row.code.hex}@{NOWHERE}"


def old_registrations() -> QuerySet[Registration]:
    living = Registration.objects.exclude(email__endswith=f"@{NOWHERE}")
    return living.annotate(clock_started_at=F("webinar__ends_at"))


def old_bookings() -> QuerySet[AdviceBooking]:
    living = AdviceBooking.objects.exclude(email__endswith=f"@{NOWHERE}")
    return living.annotate(clock_started_at=Upper("slot__during"))


def forget_registrations(rows: QuerySet[Registration]) -> int:
    found = list(rows)
    for row in found:
        row.name, row.email, row.organisation, row.person = ERASED, _nobody(row), "", None
        row.save(update_fields=["name", "email", "organisation", "person"])
    return len(found)


def forget_bookings(rows: QuerySet[AdviceBooking]) -> int:
    found = list(rows)
    for row in found:
        row.name, row.email, row.organisation, row.person = ERASED, _nobody(row), ERASED, None
        row.subject, row.notes = "", ""
        row.save(update_fields=["name", "email", "organisation", "person", "subject", "notes"])
    return len(found)


PURPOSES = (
    Purpose(
        code="meetings",
        title="Webinaires et rendez-vous de conseil",
        why="Vous envoyer le lien, préparer l’échange, vous prévenir d’un changement.",
        seen_by="vous, l’équipe du programme",
        kept="{months} mois après la rencontre",
        erasure="Votre nom, votre adresse et vos questions disparaissent ; la place occupée reste comptée.",
        clock="registrations",
    ),
)

RECORDS = (
    Record(Registration, PERSON, "person", "meetings", address="email",
           erased={"name": ERASED, "email": _nobody, "organisation": EMPTY}, kept="person",
           shown="webinar name email organisation status"),
    Record(AdviceBooking, PERSON, "person", "meetings", address="email",
           erased={"name": ERASED, "email": _nobody, "organisation": ERASED, "subject": EMPTY,
                   "cancellation": EMPTY, "notes": EMPTY},
           kept="person", shown="slot name email organisation subject status notes booked_at"),
    Record(AdviceSlot, PERSON, "adviser", kept="adviser", plain="link"),
    Record(Webinar, kept="created_by", plain="title description link cancellation"),
)  # fmt: skip

CLOCKS = (
    Clock("registrations", "Inscriptions aux webinaires", "le webinaire", 12, old_registrations,
          promotion="webinar__promotion", forget=forget_registrations),
    Clock("advice", "Rendez-vous de conseil", "le rendez-vous", 12, old_bookings, promotion="promotion",
          forget=forget_bookings),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS, CLOCKS)
