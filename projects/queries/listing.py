"""The staff's list of projects: what narrows it, its orders, its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef
from django.urls import reverse

from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import shown_score
from eig.exports.rules import Column
from eig.french import french
from eig.juries.choices import JurorKind
from eig.listing import columns, filters
from eig.listing.description import Choices, Listing, Look, Row, Rows, Shown, by_name, named
from eig.promotions.models import Promotion
from eig.promotions.queries import opened_trades
from projects.choices import AdministrationKind, Status
from projects.models import Position
from projects.queries.hearing import project_jurors
from projects.queries.project import projects_listed

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
    return shown_score(row.score, weight=lens.weight)


PROJECTS = Listing(
    code="projets",
    title="Projets",
    noun="projet",
    door="projects:staff_project_list",
    empty="Aucun projet déposé ne correspond. Les brouillons, à leurs auteurs, ne sont pas listés.",
    rows=lambda look: projects_listed(look.promotion),
    lens=_lens,
    complete=lambda rows: rows.prefetch_related("positions__trade", "leads__person"),
    columns={
        "title": columns.text("Projet", "title", width=40, href=_door),
        "number": columns.text("Numéro", "number", width=16),
        "administration": columns.text("Administration", lambda row: str(row.administration or ""), width=36),
        "kind": columns.text(
            "Type d’administration",
            lambda row: row.administration.get_kind_display() if row.administration else "",
            usual=False,
        ),
        "positions": columns.text(
            "Postes",
            lambda row: ", ".join(f"{item.trade.label} ({item.expertise})" for item in row.positions.all()),
            width=44,
            usual=False,
        ),
        "seats": columns.figure(
            "Places", lambda row: sum(item.seats for item in row.positions.all()), usual=False
        ),
        "submitted": columns.moment("Déposé le", "submitted_at"),
        "signed": columns.figure("Lectures signées", "reviews_signed"),
        "mark": Shown(Column("Note", "number", 10), _mark),
        "status": columns.state("status", BADGES),
        "people": columns.text(
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
        filters.words("Nom, numéro ou administration", "title", "number", "administration__name"),
        filters.choice("status", "État", HANDED_IN, "status", blank="Tous les états"),
        filters.choice(
            "administration",
            "Type d’administration",
            AdministrationKind.choices,
            "administration__kind",
            blank="Tous les types",
        ),
        filters.choice("trade", "Métier recherché", _trades, _seeking, blank="Tous les métiers"),
    ),
)


def _juror_door(row: Row) -> str:
    return reverse("projects:staff_project_juror_edit", args=[row.promotion.code, row.code])


PROJECT_JURORS = Listing(
    code="jures-projets",
    title="Membres des jurys de projets",
    noun="personne",
    door="projects:staff_project_juror_list",
    empty="Personne n’est encore nommé.",
    rows=lambda look: project_jurors(look.promotion).annotate(sittings=Count("seats")),
    columns={
        "person": columns.person("person", href=_juror_door),
        "email": columns.text("Adresse", "person.email", width=32, usual=False),
        "kind": columns.text("Qualité", "get_kind_display"),
        "organisation": columns.text("Organisme", "organisation", width=36),
        "sittings": columns.figure("Sièges", "sittings"),
        "absences": columns.figure("Absences", lambda row: len(row.absences.all())),
    },
    brief=("person", "kind", "organisation"),
    orders={
        "name": ("Nom", by_name("person")),
        "organisation": ("Organisme", [french("organisation"), *by_name("person")]),
        "sittings": ("Sièges, les moins nombreux d’abord", ["sittings", *by_name("person")]),
    },
    filters=(
        filters.words("Nom ou organisme", *named("person"), "organisation"),
        filters.choice("kind", "Qualité", JurorKind.choices, "kind", blank="Toutes"),
    ),
    page=40,
)
