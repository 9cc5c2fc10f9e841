"""Conclude on two applications that look alike: both stay, for a reason, or one is set aside."""

from datetime import datetime

from django.db import IntegrityError, transaction

from candidates.actions.eligibility import refuse_eligibility
from candidates.choices import INELIGIBILITY_LETTERS, Ineligibility, Ruling
from candidates.models import Application, DuplicateRuling
from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion


class AlreadyRuled(Exception):
    """Somebody has concluded on these two applications."""


class NotAPair(Exception):
    """A conclusion is about two different applications of one promotion, and gives its reason."""


def _rule(
    promotion: Promotion,
    *,
    pair: tuple[Application, Application],
    ruling: Ruling,
    reason: str,
    by: User,
    at: datetime,
) -> DuplicateRuling:
    first, second = sorted(pair, key=lambda row: row.pk)
    if first.pk == second.pk or {first.promotion_id, second.promotion_id} != {promotion.pk}:
        raise NotAPair("Choisissez deux candidatures différentes de cette promotion.")
    if not reason.strip():
        raise NotAPair("Indiquez pourquoi : la raison reste avec les deux dossiers.")
    try:
        with transaction.atomic():
            made = DuplicateRuling.objects.create(
                promotion=promotion,
                first=first,
                second=second,
                ruling=ruling,
                reason=reason.strip(),
                ruled_at=at,
                ruled_by=by,
            )
    except IntegrityError as error:
        raise AlreadyRuled("Une conclusion est déjà enregistrée pour ces deux candidatures.") from error
    for row, other in ((first, second), (second, first)):
        journal("rule_on_duplicate", row, by=by, at=at, ruling=str(ruling), other=other.number)
    return made


@transaction.atomic
def keep_both(
    promotion: Promotion, *, pair: tuple[Application, Application], reason: str, by: User, at: datetime
) -> DuplicateRuling:
    """Two people, or two legitimate dossiers: they are no longer compared. Raises AlreadyRuled, NotAPair."""
    return _rule(promotion, pair=pair, ruling=Ruling.DISTINCT, reason=reason, by=by, at=at)


@transaction.atomic
def set_one_aside(
    promotion: Promotion, *, aside: Application, kept: Application, reason: str, by: User, at: datetime
) -> DuplicateRuling:
    """The same person twice: one application is read, the other becomes ineligible, and its letter says so.

    Raises AlreadyRuled, NotAPair, IllegalMove.
    """
    made = _rule(promotion, pair=(aside, kept), ruling=Ruling.WITHDRAWN, reason=reason, by=by, at=at)
    letter = INELIGIBILITY_LETTERS[Ineligibility.DUPLICATE]
    refuse_eligibility(aside, reason=letter, code=Ineligibility.DUPLICATE, by=by, at=at)
    return made
