"""What a deed on many applications would do to each, before it is done: a few queries, however many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from candidates.choices import BulkKind, BulkState, Outcome, Status
from candidates.models import Application, BulkDeed, BulkRow, Decision, Review
from candidates.models.correction import Correction
from candidates.queries.reading import SUBJECT, readers_with_load
from eig.dossiers.choices import CorrectionStatus
from eig.evaluation.models import Recusal
from eig.promotions.models import Promotion
from eig.waves.choices import WaveStatus

READ = (Status.SUBMITTED,)
FROM_RESERVE = (Outcome.SHORTLISTED, Outcome.DECLINED)


def bulks_listed(promotion: Promotion) -> QuerySet[BulkDeed]:
    """The deeds on many applications, latest first, with what became of their rows."""
    rows: QuerySet[Any] = BulkDeed.objects.filter(promotion=promotion)
    listed: QuerySet[BulkDeed] = (
        rows.select_related("asked_by", "promotion")
        .annotate(
            total=Count("rows"),
            done=Count("rows", filter=Q(rows__state=BulkState.DONE)),
            refused=Count("rows", filter=Q(rows__state=BulkState.REFUSED)),
            pending=Count("rows", filter=Q(rows__state=BulkState.PENDING)),
        )
        .order_by("-asked_at", "-pk")
    )
    return listed


def bulk_rows(deed: BulkDeed) -> QuerySet[BulkRow]:
    """The rows of a deed, what was refused first."""
    awaited = Decision.objects.filter(published_at__isnull=True).select_related("wave").order_by("pk")
    return (
        deed.rows.select_related("application__candidate", "application__promotion")
        .prefetch_related(Prefetch("application__decisions", awaited, to_attr="awaited"))
        .order_by("-state", "application__number", "pk")
    )


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a row would meet: nothing said means that it would be done."""

    row: BulkRow
    refusal: str

    @property
    def is_settled(self) -> bool:
        return self.row.state != BulkState.PENDING


Judge = Callable[[Application], str]


def forecasts(deed: BulkDeed, rows: Sequence[BulkRow]) -> list[Forecast]:
    """The refusal that each row would meet now, if any; what settled rows have met."""
    judge = _JUDGES[BulkKind(deed.kind)](deed, [row.application_id for row in rows])
    return [
        Forecast(row, row.said if row.state != BulkState.PENDING else judge(row.application)) for row in rows
    ]


def _status(allowed: Sequence[str]) -> Judge:
    def judge(application: Application) -> str:
        fine = application.status in allowed
        return "" if fine else f"Elle est « {application.get_status_display().lower()} »."

    return judge


def _assigning(deed: BulkDeed, ids: Sequence[int]) -> Judge:
    code = deed.given.get("reader")
    reader = next((row for row in readers_with_load(deed.promotion) if str(row.person.code) == code), None)
    if reader is None:
        return lambda application: "Choisissez la personne qui lira."
    person = reader.person
    mine = set(
        Review.objects.filter(reader=person, application_id__in=ids)
        .order_by()
        .values_list("application_id", flat=True)
    )
    aside = set(
        Recusal.objects.filter(person=person, subject_type=SUBJECT, subject_id__in=ids)
        .order_by()
        .values_list("subject_id", flat=True)
    )
    room = reader.cap - reader.held
    states = _status(READ)

    def judge(application: Application) -> str:
        nonlocal room
        if refusal := states(application):
            return refusal
        if application.pk in aside:
            return f"{person} s’en est déporté·e."
        if application.pk in mine:
            return f"{person} lit déjà cette candidature."
        if application.candidate_id == person.pk:
            return "Personne ne lit sa propre candidature."
        room -= 1
        return "" if room >= 0 else f"Le plafond de {person} est atteint."

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


_JUDGES: Mapping[BulkKind, Callable[[BulkDeed, Sequence[int]], Judge]] = {
    BulkKind.ASSIGN: _assigning,
    BulkKind.INELIGIBLE: _refusing,
    BulkKind.PROPOSE: _proposing,
    BulkKind.COMPLETE: _completing,
    BulkKind.WRITE: _writing,
}
