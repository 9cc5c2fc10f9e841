"""The staff's list of preselected people and the state of their wishes. No rank is in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from eig.exports.rules import Column
from eig.listing import columns, filters
from eig.listing.description import Choices, Listing, Look, Row, Rows, Shown, by_name, named
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import opened_trades, phase_of
from matching.ranking.choices import Status
from matching.ranking.queries.staff import rankings_listed

NONE = "none"
STATES: Mapping[str, str] = {
    Status.CERTIFIED: "Certifiés",
    Status.DRAFT: "Commencés, non certifiés",
    NONE: "Aucun vœu",
}


@dataclass(frozen=True, slots=True)
class Lens:
    """Once the phase is over, what was not certified is no longer to certify."""

    promotion: Promotion
    is_over: bool


def _lens(look: Look) -> Lens:
    phase = phase_of(look.promotion, PhaseKind.RANKING)
    return Lens(look.promotion, phase is not None and phase.is_over(look.at))


def state_of(row: Row) -> str:
    """What a list is worth: one begun then emptied is none."""
    if row.ranking_status == Status.CERTIFIED:
        return Status.CERTIFIED
    return Status.DRAFT if row.wishes else NONE


def _said(row: Row, lens: Lens) -> str:
    draft = "Non certifiés" if lens.is_over else "À certifier"
    return {**STATES, Status.DRAFT: draft}[state_of(row)]


def _badge(row: Row, lens: Lens) -> str:
    draft = "error" if lens.is_over else "warning"
    colours: Mapping[str, str] = {Status.CERTIFIED: "success", Status.DRAFT: draft}
    return colours.get(state_of(row), "")


def _in_state(rows: Rows, value: str, lens: Lens) -> Rows:
    if value == NONE:
        return rows.filter(Q(ranking__isnull=True) | Q(wishes=0, ranking__status=Status.DRAFT))
    if value == Status.DRAFT:
        return rows.filter(ranking__status=Status.DRAFT, wishes__gt=0)
    return rows.filter(ranking__status=Status.CERTIFIED)


def _of_trade(rows: Rows, code: str, lens: Lens) -> Rows:
    same = rows.model._default_manager.filter(trades__code=code, promotion=lens.promotion)
    return rows.filter(pk__in=same.values("pk"))


def _trades(lens: Lens) -> Choices:
    return list(opened_trades(lens.promotion).values_list("code", "label"))


def _door(row: Row) -> str:
    return reverse("ranking:ranking_detail", args=[row.promotion.code, row.code])


RANKINGS = Listing(
    code="voeux",
    title="Vœux des personnes présélectionnées",
    noun="personne",
    door="ranking:ranking_list",
    empty="Aucune personne présélectionnée ne correspond à ces filtres.",
    rows=lambda look: rankings_listed(look.promotion).select_related("promotion"),
    lens=_lens,
    columns={
        "person": columns.person("candidate", href=_door),
        "number": columns.text("Numéro", "number", width=16, usual=False),
        "email": columns.text("Adresse", "candidate.email", width=32, usual=False),
        "trades": columns.text("Métiers", lambda row: ", ".join(str(trade) for trade in row.trades.all())),
        "wishes": columns.figure("Vœux", "wishes"),
        "state": Shown(Column("État", width=20), _said, badge=_badge),
        "certified": columns.moment(
            "Certifiés le",
            lambda row: row.ranking.certified_at if row.ranking_status == Status.CERTIFIED else None,
        ),
    },
    brief=("person", "number", "state"),
    orders={
        "name": ("Nom", by_name("candidate")),
        "wishes": ("Nombre de vœux, les moins nombreux d’abord", ["wishes", *by_name("candidate")]),
        "number": ("Numéro", ["number"]),
    },
    filters=(
        filters.words("Nom ou adresse", *named("candidate"), "candidate__email", "number"),
        filters.choice("state", "État des vœux", list(STATES.items()), _in_state),
        filters.choice("trade", "Métier", _trades, _of_trade),
    ),
    page=30,
)
