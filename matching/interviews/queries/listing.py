"""The staff's lists of auditions and of jurors."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Q
from django.urls import reverse

from eig.french import french
from eig.juries.choices import JurorKind
from eig.listing import columns, filters
from eig.listing.description import Choices, Listing, Look, Row, by_name, named
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


SINCE, UNTIL = filters.days("during__startswith", aside=True)

AUDITIONS = Listing(
    code="auditions",
    title="Auditions",
    noun="audition",
    door="interviews:audition_list",
    empty="Planifiez les auditions à partir des vœux certifiés, ou changez les filtres.",
    rows=lambda look: auditions_listed(look.promotion),
    columns={
        "person": columns.person("application.candidate", href=_door),
        "number": columns.text("Numéro", "application.number", width=16, usual=False),
        "project": columns.text("Projet", "project.title", width=40),
        "begins": columns.moment("Date", _begins),
        "panel": columns.text("Jury", lambda row: row.slot.panel.name if row.slot else "", usual=False),
        "room": columns.text("Salle", lambda row: row.slot.panel.room if row.slot else ""),
        "status": columns.state("status", BADGES),
        "told": columns.moment("Annoncée le", "told_at"),
        "cards": columns.text(
            "Fiches signées",
            lambda row: f"{row.cards_signed} / {row.cards_live}" if row.cards_live else "",
            width=12,
            written=(
                columns.figure("Fiches signées", "cards_signed"),
                columns.figure("Fiches attendues", "cards_live"),
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
        filters.words("Nom ou numéro", *named("application__candidate"), "application__number"),
        filters.choice("status", "État", AuditionStatus.choices, "status"),
        filters.choice("project", "Projet", _projects, "project__code"),
        SINCE,
        UNTIL,
        filters.tick(
            "untold", "Placées, pas encore annoncées", Q(status=AuditionStatus.PLACED, told_at__isnull=True)
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
    empty="Aucun juré ne correspond.",
    rows=lambda look: jurors_listed(look.promotion),
    columns={
        "person": columns.person("person", href=_juror_door),
        "email": columns.text("Adresse", "person.email", width=32, usual=False),
        "type": columns.text("Qualité", "get_kind_display"),
        "organisation": columns.text("Organisme", "organisation", width=36),
        "seats": columns.figure("Jurys", "seat_count"),
        "signed": columns.figure("Fiches signées", "signed"),
        "to_sign": columns.figure("À signer", "to_sign"),
    },
    brief=("person", "type", "organisation"),
    orders={
        "name": ("Nom", by_name("person")),
        "organisation": ("Organisme", [french("organisation"), *by_name("person")]),
        "to_sign": ("Fiches à signer, les plus nombreuses d’abord", ["-to_sign", *by_name("person")]),
    },
    filters=(
        filters.words("Nom ou organisme", *named("person"), "organisation"),
        filters.choice("type", "Qualité", JurorKind.choices, "kind", blank="Toutes"),
        filters.tick("late", "Ont des fiches à signer", Q(to_sign__gt=0), aside=False),
    ),
    page=40,
)
