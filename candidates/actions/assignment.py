"""Apply a distribution that was looked at, and keep what became of each row."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from candidates.actions.reading import hand_out_readings
from candidates.choices import BulkKind
from candidates.models import Application
from candidates.queries.assignment import digest_of, planned_readings
from candidates.queries.listing import APPLICATIONS
from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.listing.choices import RowState
from eig.listing.models import BulkDeed, BulkRow
from eig.promotions.models import Promotion


class PlanChanged(Exception):
    """What was shown is no longer what would be done."""


@transaction.atomic
def apply_plan(promotion: Promotion, *, digest: str, by: User, at: datetime) -> BulkDeed:
    """Hand out exactly what the preview showed, and keep what became of each row. Raises PlanChanged."""
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    if digest_of(planned_readings(promotion)) != digest:
        raise PlanChanged("Des dossiers ou des lectures ont changé depuis cet aperçu : en voici un nouveau.")
    made = hand_out_readings(promotion, by=by, at=at)
    deed = BulkDeed.objects.create(
        promotion=promotion,
        listing=APPLICATIONS.code,
        kind=BulkKind.ASSIGN,
        given={"plan": digest},
        asked_by=by,
        asked_at=at,
        applied_at=at,
    )
    people = User.objects.in_bulk({reader for _, reader in made.pairs})
    given: dict[int, list[str]] = {}
    for application, reader in made.pairs:
        given.setdefault(application, []).append(str(people[reader]))
    BulkRow.objects.bulk_create(
        BulkRow(
            bulk=deed,
            record_type=Application._meta.label_lower,
            record_id=application,
            state=RowState.DONE if application in given else RowState.REFUSED,
            said=_said(given.get(application, []), made.unmet.get(application, 0)),
            settled_at=at,
        )
        for application in sorted({*given, *made.unmet})
    )
    journal("apply_plan", deed, by=by, at=at, pairs=len(made.pairs), unmet=sum(made.unmet.values()))
    return deed


def _said(names: Sequence[str], unmet: int) -> str:
    given = f"Confiée à {' et '.join(names)}." if names else ""
    lacking = (
        f"Il manque {unmet} lecture{'s' if unmet > 1 else ''} : métier, plafonds ou déports l’empêchent."
        if unmet
        else ""
    )
    return f"{given} {lacking}".strip()[:300]
