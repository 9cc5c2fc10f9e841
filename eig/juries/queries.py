"""Who judges, and who applies: asked of the person, whichever of their verified addresses they came by."""

from django.db.models import QuerySet

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.juries.choices import Duty, Stand
from eig.juries.models import Side
from eig.promotions.models import Promotion


def sides_of(person: User, promotion: Promotion | str | None = None) -> QuerySet[Side]:
    """Where a person stands; `promotion` may be its code, none means all of them."""
    found = Side.objects.filter(person__in=accounts_of(person))
    if promotion is None:
        return found
    if isinstance(promotion, str):
        return found.filter(promotion__code=promotion)
    return found.filter(promotion=promotion)


def judges(person: User, promotion: Promotion | str | None = None, *, duty: Duty | None = None) -> bool:
    """Whether a person reads, sits, or may be asked to sit, in a promotion (or in any)."""
    found = sides_of(person, promotion).filter(stand=Stand.JUDGES)
    if duty is not None:
        found = found.filter(duties__contains=[duty])
    return found.exists()
