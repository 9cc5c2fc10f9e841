"""Jurors: who they are, what they stepped aside from, signs of a link with a candidate."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from candidates.models import Application
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.french import french
from eig.juries.rules import Judge, Judged, conflict_hints
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror

SUBJECT = "candidates.application"


def recused_pairs(*, people: Iterable[int], applications: Iterable[int]) -> set[tuple[int, int]]:
    """(person, application) for those who stepped aside."""
    return set(
        Recusal.objects.filter(
            subject_type=SUBJECT, person_id__in=list(people), subject_id__in=list(applications)
        )
        .order_by()
        .values_list("person_id", "subject_id")
    )


def juror_as_judge(juror: Juror) -> Judge:
    who = juror.person
    return Judge(who.email, who.last_name, who.first_name, organisation=juror.organisation)


def candidate_as_judged(application: Application) -> Judged:
    written = " ".join(text for text in application.answers.values() if isinstance(text, str))
    who = application.candidate
    return Judged([who.email], [who.last_name], text=written)


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A candidate that a juror should be asked about, or stepped aside from."""

    application: Application
    hints: tuple[str, ...]
    recusal: Recusal | None


def jurors_listed(promotion: Promotion) -> QuerySet[Juror]:
    """Jurors by name, with their panels and cards (`seat_count`, `signed`, `to_sign`)."""
    jurors = (
        Juror.objects.filter(promotion=promotion)
        .select_related("person")
        .annotate(
            seat_count=Count("seats", distinct=True),
            signed=Count("scorecards", filter=Q(scorecards__sheet__status=SheetStatus.SIGNED), distinct=True),
            to_sign=Count(
                "scorecards",
                filter=Q(
                    scorecards__sheet__status=SheetStatus.DRAFT,
                    scorecards__audition__status=AuditionStatus.HEARD,
                ),
                distinct=True,
            ),
        )
    )
    return jurors.order_by(french("person__last_name"), french("person__first_name"), "pk")


def juror_detail(promotion: Promotion) -> QuerySet[Juror]:
    return Juror.objects.filter(promotion=promotion).select_related("person", "promotion")


def conflict_lines(juror: Juror) -> list[ConflictLine]:
    """Candidates heard by the juror's panels, or stepped aside from, that call for attention."""
    declared = {
        recusal.subject_id: recusal
        for recusal in Recusal.objects.filter(person_id=juror.person_id, subject_type=SUBJECT).order_by("pk")
    }
    planned = Audition.objects.filter(promotion_id=juror.promotion_id).exclude(
        status=AuditionStatus.CANCELLED
    )
    applications = (
        Application.objects.filter(promotion_id=juror.promotion_id)
        .filter(Q(pk__in=planned.values("application_id")) | Q(pk__in=declared))
        .select_related("candidate")
        .order_by(french("candidate__last_name"), "pk")
    )
    me = juror_as_judge(juror)
    lines = [
        ConflictLine(item, tuple(conflict_hints(me, candidate_as_judged(item))), declared.get(item.pk))
        for item in applications
    ]
    return [line for line in lines if line.hints or line.recusal]
