"""What an offer commits to: pay, dates, employer, from the rules of the promotion."""

from dataclasses import dataclass
from datetime import datetime

from eig.promotions.choices import Employer, PhaseKind
from eig.promotions.models import Phase
from eig.promotions.queries import pay_grid, phase_of
from eig.promotions.rules import net_monthly_pay
from matching.teams.models import Offer


@dataclass(frozen=True, slots=True)
class Terms:
    net_pay: int
    experience_years: int
    months: int
    employer: str
    starts_at: datetime | None
    ends_at: datetime | None


def mission_of(offer: Offer) -> Phase | None:
    return phase_of(offer.promotion, PhaseKind.MISSION)


def terms_of(offer: Offer, *, mission: Phase | None) -> Terms:
    """`mission` is given, so that many offers read the calendar once."""
    promotion = offer.promotion
    administration = offer.team.project.administration
    years = offer.application.experience_years or 0
    return Terms(
        net_pay=net_monthly_pay(years, pay_grid(promotion)),
        experience_years=years,
        months=promotion.contract_months,
        employer=(
            administration.name
            if promotion.employer == Employer.ADMINISTRATION and administration
            else promotion.get_employer_display()
        ),
        starts_at=mission.opens_at if mission else None,
        ends_at=mission.closes_at if mission else None,
    )
