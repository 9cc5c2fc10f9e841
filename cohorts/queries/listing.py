"""The staff's list of members: whose mission runs, is over, was left."""

from collections.abc import Mapping

from django.urls import reverse

from cohorts.choices import MemberStatus
from cohorts.queries.member import members_listed
from eig.exports.rules import Column
from eig.french import french
from eig.listing.description import (
    Listing,
    Row,
    Shown,
    by_name,
    choice,
    day,
    figure,
    person,
    state,
    text,
    words,
)

BADGES: Mapping[str, str] = {MemberStatus.ACTIVE: "success", MemberStatus.LEFT: "warning"}


def _door(row: Row) -> str:
    return reverse("cohorts:mission_detail", args=[row.code])


MEMBERS = Listing(
    code="eig",
    title="EIG de la promotion",
    noun="personne",
    door="cohorts:member_list",
    rows=lambda look: members_listed(look.promotion).select_related("promotion"),
    columns={
        "person": person(lambda row: row.person, href=_door),
        "email": text("Adresse", lambda row: row.person.email, width=32, usual=False),
        "team": text("Équipe", lambda row: row.team.project.title, width=40),
        "trade": text("Poste", lambda row: row.trade),
        "starts": day("Début", lambda row: row.starts_on),
        "ends": day("Fin prévue", lambda row: row.ends_on),
        "ended": day("Fin réelle", lambda row: row.ended_on, usual=False),
        "pay": figure("Rémunération nette (€ par mois)", lambda row: row.net_pay),
        "status": state(
            lambda row: row.get_status_display(), badge=lambda row, lens: BADGES.get(row.status, "")
        ),
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
        words("Personne ou défi", "person__first_name", "person__last_name", "team__project__title"),
        choice("status", "État", MemberStatus.choices, "status"),
        choice(
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
