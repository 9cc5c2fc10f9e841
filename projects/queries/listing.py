"""The staff's list of projects: what narrows it, its orders, its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef
from django.urls import reverse

from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.exports.rules import Column
from eig.french import french
from eig.juries.choices import JurorKind
from eig.listing.description import (
    Choices,
    Listing,
    Look,
    Row,
    Rows,
    Shown,
    by_name,
    choice,
    figure,
    moment,
    person,
    state,
    text,
    words,
)
from eig.promotions.models import Promotion
from eig.promotions.queries import opened_trades
from projects.choices import AdministrationKind, Status
from projects.models import Position
from projects.queries.hearing import project_jurors
from projects.queries.project import projects_listed
from projects.queries.reading import mark_of

HANDED_IN = [(value, label) for value, label in Status.choices if value != Status.DRAFT]
BADGES: Mapping[str, str] = {
    Status.SUBMITTED: "info",
    Status.ELIGIBLE: "info",
    Status.INELIGIBLE: "error",
    Status.LAUREATE: "success",
    Status.RESERVE: "new",
    Status.PUBLISHED: "success",
}


@dataclass(frozen=True, slots=True)
class Lens:
    """What marks are read with."""

    promotion: Promotion
    weight: int


def _lens(look: Look) -> Lens:
    return Lens(look.promotion, grid_of(look.promotion, Stage.PROJECT_READING).total_weight)


def _trades(lens: Lens) -> Choices:
    return [(trade.code, trade.label) for trade in opened_trades(lens.promotion)]


def _seeking(rows: Rows, code: str, lens: Lens) -> Rows:
    return rows.filter(Exists(Position.objects.filter(project=OuterRef("pk"), trade__code=code)))


def _door(row: Row) -> str:
    return reverse("projects:staff_project_detail", args=[row.promotion.code, row.code])


def _mark(row: Row, lens: Lens) -> Decimal | None:
    return mark_of(row, weight=lens.weight)


PROJECTS = Listing(
    code="projets",
    title="Projets",
    noun="projet",
    door="projects:staff_project_list",
    rows=lambda look: projects_listed(look.promotion),
    lens=_lens,
    complete=lambda rows: rows.prefetch_related("positions__trade", "leads__person"),
    columns={
        "title": text("Projet", lambda row: row.title, width=40, href=_door),
        "number": text("Numéro", lambda row: row.number, width=16),
        "administration": text("Administration", lambda row: str(row.administration or ""), width=36),
        "kind": text(
            "Type d’administration",
            lambda row: row.administration.get_kind_display() if row.administration else "",
            usual=False,
        ),
        "positions": text(
            "Postes",
            lambda row: ", ".join(f"{item.trade.label} ({item.expertise})" for item in row.positions.all()),
            width=44,
            usual=False,
        ),
        "seats": figure("Places", lambda row: sum(item.seats for item in row.positions.all()), usual=False),
        "submitted": moment("Déposé le", lambda row: row.submitted_at),
        "signed": figure("Lectures signées", lambda row: row.reviews_signed),
        "mark": Shown(Column("Note", "number", 10), _mark),
        "status": state(
            lambda row: row.get_status_display(), badge=lambda row, lens: BADGES.get(row.status, "")
        ),
        "people": text(
            "Personnes du projet",
            lambda row: ", ".join(item.person.email for item in row.leads.all()),
            width=44,
            usual=False,
        ),
    },
    brief=("title", "number", "status"),
    orders={
        "title": ("Nom du projet", [french("title")]),
        "score": ("Note des lectures", [F("score").desc(nulls_last=True), french("title")]),
        "submitted": ("Date de dépôt, du plus récent", ["-submitted_at"]),
        "administration": ("Administration", [french("administration__name"), french("title")]),
    },
    filters=(
        words("Nom, numéro ou administration", "title", "number", "administration__name"),
        choice("status", "État", HANDED_IN, "status", blank="Tous les états"),
        choice(
            "administration",
            "Type d’administration",
            AdministrationKind.choices,
            "administration__kind",
            blank="Tous les types",
        ),
        choice("trade", "Métier recherché", _trades, _seeking, blank="Tous les métiers"),
    ),
)


def _juror_door(row: Row) -> str:
    return reverse("projects:staff_project_juror_edit", args=[row.promotion.code, row.code])


PROJECT_JURORS = Listing(
    code="jures-projets",
    title="Membres des jurys de projets",
    noun="personne",
    door="projects:staff_project_juror_list",
    rows=lambda look: project_jurors(look.promotion).annotate(sittings=Count("seats")),
    columns={
        "person": person(lambda row: row.person, href=_juror_door),
        "email": text("Adresse", lambda row: row.person.email, width=32, usual=False),
        "kind": text("Qualité", lambda row: row.get_kind_display()),
        "organisation": text("Organisme", lambda row: row.organisation, width=36),
        "sittings": figure("Sièges", lambda row: row.sittings),
        "absences": figure("Absences", lambda row: len(row.absences)),
    },
    brief=("person", "kind", "organisation"),
    orders={
        "name": ("Nom", by_name("person")),
        "organisation": ("Organisme", [french("organisation"), *by_name("person")]),
        "sittings": ("Sièges, les moins nombreux d’abord", ["sittings", *by_name("person")]),
    },
    filters=(
        words("Nom ou organisme", "person__first_name", "person__last_name", "organisation"),
        choice("kind", "Qualité", JurorKind.choices, "kind", blank="Toutes"),
    ),
    page=40,
)
