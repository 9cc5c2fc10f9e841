"""The staff's list of offers. It says which wish each project was: whoever still judges reads none of it."""

from collections.abc import Mapping

from django.db.models import F
from django.urls import reverse

from eig.french import french
from eig.listing import columns, filters
from eig.listing.description import Listing, Look, Row, Rows, by_name, named
from matching.interviews.queries.secrecy import may_change_scores
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from matching.teams.queries.offer import offers_listed

BADGES: Mapping[str, str] = {
    OfferStatus.SENT: "info",
    OfferStatus.ACCEPTED: "success",
    OfferStatus.DECLINED: "warning",
}


def _rows(look: Look) -> Rows:
    """None for a juror whose scores are not locked: the page is closed to them, and so is its export."""
    return (
        Offer.objects.none()
        if may_change_scores(look.by, look.promotion.code)
        else offers_listed(look.promotion)
    )


def _door(row: Row) -> str:
    return reverse("teams:offer_detail", args=[row.code])


OFFERS = Listing(
    code="propositions",
    title="Propositions",
    noun="proposition",
    door="teams:offer_list",
    rows=_rows,
    columns={
        "person": columns.person("application.candidate", href=_door),
        "number": columns.text("Numéro", "application.number", width=16, usual=False),
        "project": columns.text("Projet", "team.project.title", width=40),
        "trade": columns.text("Poste", lambda row: str(row.trade)),
        "wish": columns.text("Vœu", lambda row: str(row.wish or "hors vœux"), width=10),
        "reserve": columns.text(
            "Liste complémentaire", lambda row: "oui" if row.from_reserve else "", width=12, usual=False
        ),
        "status": columns.state("status", BADGES),
        "sent": columns.moment("Envoyée le", "sent_at", usual=False),
        "expires": columns.moment("Échéance", "expires_at"),
        "answered": columns.moment("Réponse", "answered_at"),
    },
    brief=("person", "project", "status"),
    orders={
        "project": ("Projet", [french("team__project__title"), "created_at"]),
        "name": ("Nom", by_name("application__candidate")),
        "expires": ("Échéance, la plus proche", [F("expires_at").asc(nulls_last=True)]),
    },
    filters=(
        filters.words(
            "Projet, personne ou numéro",
            "team__project__title",
            *named("application__candidate"),
            "application__number",
        ),
        filters.choice("status", "État", OfferStatus.choices, "status"),
    ),
    page=50,
)
