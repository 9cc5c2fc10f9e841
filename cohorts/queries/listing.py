"""The staff's list of members: whose mission runs, is over, was left."""

from collections.abc import Mapping

from django.urls import reverse

from cohorts.choices import MemberStatus
from cohorts.queries.member import members_listed
from eig.exports.rules import Column
from eig.french import french
from eig.listing import columns, filters
from eig.listing.description import Listing, Row, Shown, by_name, named

BADGES: Mapping[str, str] = {MemberStatus.ACTIVE: "success", MemberStatus.LEFT: "warning"}


def _door(row: Row) -> str:
    return reverse("cohorts:mission_detail", args=[row.code])


MEMBERS = Listing(
    code="eig",
    title="EIG de la promotion",
    noun="personne",
    door="cohorts:member_list",
    empty="Aucun EIG ne correspond.",
    rows=lambda look: members_listed(look.promotion).select_related("promotion"),
    columns={
        "person": columns.person("person", href=_door),
        "email": columns.text("Adresse", "person.email", width=32, usual=False),
        "team": columns.text("Équipe", "team.project.title", width=40),
        "trade": columns.text("Poste", "trade"),
        "starts": columns.day("Début", "starts_on"),
        "ends": columns.day("Fin prévue", "ends_on"),
        "ended": columns.day("Fin réelle", "ended_on", usual=False),
        "pay": columns.figure("Rémunération nette (€ par mois)", "net_pay"),
        "status": columns.state("status", BADGES),
        "deeds": Shown(
            Column("Fin de mission"), lambda row, lens: "", template="cohorts/staff/member_deeds.html"
        ),
    },
    brief=("person", "team", "status"),
    orders={
        "team": ("Équipe", [french("team__project__title"), "trade"]),
        "name": ("Nom", by_name("person")),
        "ends": ("Fin prévue, la plus proche", ["ends_on"]),
    },
    filters=(
        filters.words("Personne ou défi", *named("person"), "team__project__title"),
        filters.choice("status", "État", MemberStatus.choices, "status"),
        filters.choice(
            "trade",
            "Poste",
            lambda look: [
                (trade, trade)
                for trade in members_listed(look.promotion)
                .order_by("trade")
                .values_list("trade", flat=True)
                .distinct()
            ],
            "trade",
        ),
    ),
    page=50,
)
