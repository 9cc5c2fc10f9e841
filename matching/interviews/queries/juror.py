"""Jurors: who they are, what they stepped aside from, signs of a link with a candidate."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Q, QuerySet

from candidates.models import Application
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.french import french
from eig.juries.queries import TieLine, recusals_of
from eig.juries.rules import Judge, Judged, conflict_hints
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Tie

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


def jurors_listed(promotion: Promotion) -> QuerySet[Juror]:
    """Jurors by name, with their panels and cards (`seat_count`, `signed`, `to_sign`)."""
    return jurors_of(promotion).annotate(
        seat_count=Count("seats", distinct=True),
        signed=Count("scorecards", filter=Q(scorecards__sheet__status=SheetStatus.SIGNED), distinct=True),
        to_sign=Count(
            "scorecards",
            filter=Q(
                scorecards__sheet__status=SheetStatus.DRAFT, scorecards__audition__status=AuditionStatus.HEARD
            ),
            distinct=True,
        ),
    )


def jurors_of(promotion: Promotion) -> QuerySet[Juror]:
    """Who may sit, in alphabetical order."""
    jurors = Juror.objects.filter(promotion=promotion).select_related("person", "promotion")
    return jurors.order_by(french("person__last_name"), french("person__first_name"), "pk")


def tie_lines(juror: Juror) -> list[TieLine]:
    """Candidates heard by the juror's panels, or stepped aside from, that call for attention."""
    declared = recusals_of(juror.person_id, SUBJECT)
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
        TieLine(
            item,
            str(item.candidate),
            " ; ".join(conflict_hints(me, candidate_as_judged(item))),
            declared.get(item.pk),
        )
        for item in applications
    ]
    return [line for line in lines if line.why or line.recusal]


def juror_ties(jurors: Sequence[Juror], auditions: Sequence[Audition]) -> Mapping[tuple[int, int], str]:
    """(juror, audition) → why they should not meet: a recusal, a tie to the project, a sign of one."""
    aside = recused_pairs(
        people=[juror.person_id for juror in jurors], applications=[item.application_id for item in auditions]
    )
    tied = set(Tie.objects.filter(juror__in=jurors).order_by().values_list("juror_id", "project_id"))
    people = [(item, candidate_as_judged(item.application)) for item in auditions]
    found: dict[tuple[int, int], str] = {}
    for juror in jurors:
        judge = juror_as_judge(juror)
        for item, judged in people:
            if (juror.person_id, item.application_id) in aside:
                found[juror.pk, item.pk] = "s’est déporté·e"
            elif (juror.pk, item.project_id) in tied:
                found[juror.pk, item.pk] = f"a un lien avec « {item.project.title} »"
            elif hints := conflict_hints(judge, judged):
                found[juror.pk, item.pk] = " ; ".join(hints)
    return found
