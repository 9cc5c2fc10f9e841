"""The talent pool: who consented to hear of the next calls, until when."""

from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime

from candidates.models import PoolMember
from eig.accounts.models import User
from eig.french import folded
from eig.listing import columns, filters
from eig.listing.description import Choices, Listing, Look, Rows, by_name, named
from eig.promotions.models import Programme


def pool_of(programme: Programme, *, on: date) -> QuerySet[PoolMember]:
    """Those whose consent still runs on that day: one that is over is nobody's to read."""
    rows = PoolMember.objects.filter(programme=programme, expires_on__gte=on, person__is_active=True)
    return rows.select_related("person", "application").order_by("pk")


def membership_of(person: User, programme: Programme, *, on: date) -> PoolMember | None:
    return pool_of(programme, on=on).filter(person=person).first()


def _rows(look: Look) -> Rows:
    return pool_of(look.promotion.programme, on=localtime(look.at).date())


def _trades(look: Look) -> Choices:
    """The trades that its members hold."""
    rows = _rows(look).values_list("trades", flat=True)
    return [(trade, trade) for trade in sorted({trade for trades in rows for trade in trades}, key=folded)]


POOL = Listing(
    code="vivier",
    title="Vivier",
    noun="personne",
    door="candidates:staff_pool_list",
    empty="L’inscription est proposée à chaque candidat·e sur sa page.",
    rows=_rows,
    columns={
        "person": columns.person("person"),
        "email": columns.text("Adresse", "person.email", width=32),
        "trades": columns.text("Métiers", lambda row: ", ".join(row.trades)),
        "expertise": columns.text("Expertise", "expertise", width=30),
        "years": columns.figure("Expérience (ans)", "experience_years", width=12),
        "joined": columns.day("Accord donné le", "joined_at"),
        "until": columns.day("Jusqu’au", "expires_on"),
    },
    orders={
        "name": ("Nom", by_name("person")),
        "recent": ("Consentement, du plus récent", ["-joined_at"]),
        "ending": ("Fin du consentement, la plus proche", ["expires_on"]),
    },
    filters=(
        filters.words("Nom, adresse ou expertise", *named("person"), "person__email", "expertise"),
        filters.choice(
            "trade", "Métier", _trades, lambda rows, trade, look: rows.filter(trades__contains=[trade])
        ),
        filters.number("years_from", "Expérience, au moins (ans)", "experience_years__gte", aside=False),
    ),
)
