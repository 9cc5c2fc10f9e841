"""The staff's lists of auditions and of jurors."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F
from django.urls import reverse

from eig.french import french
from eig.juries.choices import JurorKind
from eig.listing.description import (
    Choices,
    Listing,
    Look,
    Row,
    by_name,
    choice,
    days,
    figure,
    moment,
    person,
    state,
    text,
    tick,
    words,
)
from matching.interviews.choices import AuditionStatus
from matching.interviews.queries.audition import auditions_listed
from matching.interviews.queries.juror import jurors_listed
from matching.ranking.queries.candidate import published_projects

BADGES: Mapping[str, str] = {
    AuditionStatus.PLANNED: "warning",
    AuditionStatus.PLACED: "info",
    AuditionStatus.HEARD: "success",
    AuditionStatus.ABSENT: "error",
}


def _door(row: Row) -> str:
    return reverse("interviews:audition_show", args=[row.promotion.code, row.code])


def _begins(row: Row) -> datetime | None:
    begins: datetime | None = row.during.lower if row.during else None
    return begins


def _projects(look: Look) -> Choices:
    rows = published_projects(look.promotion.pk).order_by(french("title"), "pk")
    return [(str(code), title) for code, title in rows.values_list("code", "title")]


SINCE, UNTIL = days("during__startswith", aside=True)

AUDITIONS = Listing(
    code="auditions",
    title="Auditions",
    noun="audition",
    door="interviews:audition_list",
    rows=lambda look: auditions_listed(look.promotion),
    columns={
        "person": person(lambda row: row.application.candidate, href=_door),
        "number": text("Numéro", lambda row: row.application.number, width=16, usual=False),
        "project": text("Projet", lambda row: row.project.title, width=40),
        "begins": moment("Date", _begins),
        "panel": text("Jury", lambda row: row.slot.panel.name if row.slot else "", usual=False),
        "room": text("Salle", lambda row: row.slot.panel.room if row.slot else ""),
        "status": state(
            lambda row: row.get_status_display(), badge=lambda row, lens: BADGES.get(row.status, "")
        ),
        "told": moment("Annoncée le", lambda row: row.told_at),
        "cards": text(
            "Fiches signées",
            lambda row: f"{row.cards_signed} / {row.cards_live}" if row.cards_live else "",
            width=12,
            written=(
                figure("Fiches signées", lambda row: row.cards_signed),
                figure("Fiches attendues", lambda row: row.cards_live),
            ),
        ),
    },
    brief=("person", "project", "status"),
    orders={
        "time": ("Date", [F("during").asc(nulls_last=True), *by_name("application__candidate")]),
        "name": ("Nom", by_name("application__candidate")),
        "project": ("Projet", [french("project__title"), F("during").asc(nulls_last=True)]),
    },
    filters=(
        words(
            "Nom ou numéro",
            "application__candidate__first_name",
            "application__candidate__last_name",
            "application__number",
        ),
        choice("status", "État", AuditionStatus.choices, "status"),
        choice("project", "Projet", _projects, "project__code"),
        SINCE,
        UNTIL,
        tick(
            "untold",
            "Placées, pas encore annoncées",
            lambda rows, value, look: rows.filter(status=AuditionStatus.PLACED, told_at__isnull=True),
        ),
    ),
    page=40,
)


def _juror_door(row: Row) -> str:
    return reverse("interviews:juror_show", args=[row.promotion.code, row.code])


JURORS = Listing(
    code="jures",
    title="Jurés",
    noun="personne",
    door="interviews:juror_list",
    rows=lambda look: jurors_listed(look.promotion).select_related("promotion"),
    columns={
        "person": person(lambda row: row.person, href=_juror_door),
        "email": text("Adresse", lambda row: row.person.email, width=32, usual=False),
        "type": text("Qualité", lambda row: row.get_type_display()),
        "organisation": text("Organisme", lambda row: row.organisation, width=36),
        "seats": figure("Jurys", lambda row: row.seat_count),
        "signed": figure("Fiches signées", lambda row: row.signed),
        "to_sign": figure("À signer", lambda row: row.to_sign),
    },
    brief=("person", "type", "organisation"),
    orders={
        "name": ("Nom", by_name("person")),
        "organisation": ("Organisme", [french("organisation"), *by_name("person")]),
        "to_sign": ("Fiches à signer, les plus nombreuses d’abord", ["-to_sign", *by_name("person")]),
    },
    filters=(
        words("Nom ou organisme", "person__first_name", "person__last_name", "organisation"),
        choice("type", "Qualité", JurorKind.choices, "type", blank="Toutes"),
        tick(
            "late",
            "Ont des fiches à signer",
            lambda rows, value, look: rows.filter(to_sign__gt=0),
            aside=False,
        ),
    ),
    page=40,
)
