"""What a deed on many applications would do to each, before it is done: a few queries, however many."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from candidates.choices import BulkKind, Outcome, Status
from candidates.models import Application, Review
from candidates.models.correction import Correction
from eig.dossiers.choices import CorrectionStatus
from eig.evaluation.queries import assigning
from eig.listing.lists import Judge
from eig.listing.models import BulkDeed
from eig.waves.choices import WaveStatus

READ = (Status.SUBMITTED,)
FROM_RESERVE = (Outcome.SHORTLISTED, Outcome.DECLINED)


def _status(allowed: Sequence[str]) -> Judge:
    def judge(application: Application) -> str:
        fine = application.status in allowed
        return "" if fine else f"Elle est « {application.get_status_display().lower()} »."

    return judge


def _refusing(deed: BulkDeed, ids: Sequence[int]) -> Judge:
    return _status(READ)


def _proposing(deed: BulkDeed, ids: Sequence[int]) -> Judge:
    outcome, required = deed.given.get("outcome", ""), deed.promotion.readers_per_application
    allowed = [Status.SUBMITTED, *([Status.RESERVED] if outcome in FROM_RESERVE else [])]
    states = _status(allowed)

    def judge(application: Any) -> str:
        if refusal := states(application):
            return refusal
        if application.reviews_signed < required:
            return f"{application.reviews_signed} lecture signée sur {required} : il faut les attendre."
        locked = [item for item in application.awaited if item.wave.status != WaveStatus.PREPARED]
        return f"Elle figure dans la vague validée « {locked[0].wave.title} »." if locked else ""

    return judge


def _completing(deed: BulkDeed, ids: Sequence[int]) -> Judge:
    asked = set(
        Correction.objects.filter(application_id__in=ids, status=CorrectionStatus.ASKED)
        .order_by()
        .values_list("application_id", flat=True)
    )
    states = _status(READ)

    def judge(application: Application) -> str:
        late = "Une correction est déjà attendue pour ce dossier."
        return states(application) or (late if application.pk in asked else "")

    return judge


def _writing(deed: BulkDeed, ids: Sequence[int]) -> Judge:
    return _status([status for status in Status.values if status not in {Status.DRAFT, Status.WITHDRAWN}])


JUDGES: Mapping[BulkKind, Callable[[BulkDeed, Sequence[int]], Judge]] = {
    BulkKind.ASSIGN: assigning(Review),
    BulkKind.INELIGIBLE: _refusing,
    BulkKind.PROPOSE: _proposing,
    BulkKind.COMPLETE: _completing,
    BulkKind.WRITE: _writing,
}
