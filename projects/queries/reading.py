"""Which projects are read, by whom, and what readers may be tied to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from django.db.models import Count, Prefetch, Q, QuerySet

from eig.accounts.models import User
from eig.evaluation import queries as evaluation
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Sheet
from eig.evaluation.queries import ReadingSummary
from eig.evaluation.rules import Judged, mean_mark, shown, spread, written_reason
from eig.french import french
from eig.juries.rules import Judge, conflict_hints
from eig.promotions.models import Promotion
from projects.choices import Outcome, Status
from projects.models import Decision, Hearing, HearingJuror, Project, Review
from projects.queries.ties import administrations_led, ties_of

SUBJECT = "projects.project"


being_read = partial(evaluation.being_read, Review)
readings_of = partial(evaluation.readings_of, Review)
reviews_of = partial(evaluation.reviews_of, Review)
readers_to_choose = partial(evaluation.readers_to_choose, Review)


def reader_ties(
    promotion: Promotion, people: Sequence[User], projects: Sequence[Project] | None = None
) -> Mapping[tuple[int, int], str]:
    """(project, person) → the sign of a tie, over the projects being read or those given."""
    rows = projects if projects is not None else list(being_read().filter(promotion=promotion).order_by("pk"))
    ties, led = ties_of(rows), administrations_led([person.pk for person in people])
    employers = dict(
        HearingJuror.objects.filter(promotion=promotion, person__in=people)
        .order_by("pk")
        .values_list("person_id", "organisation")
    )
    found = {}
    for person in people:
        judge = Judge(
            person.email,
            person.last_name,
            organisation=employers.get(person.pk, ""),
            administrations=tuple(sorted(led.get(person.pk, ()))),
        )
        for project in rows:
            if hints := conflict_hints(judge, ties[project.pk]):
                found[project.pk, person.pk] = " ; ".join(hints)
    return found


reading_board = partial(evaluation.reading_board, Review, ties=reader_ties)


def reason_built(project: Project, summary: ReadingSummary, hearing: Hearing | None) -> str:
    """A first draft of the reason told: from the jury's own grid when signed, else from the readers'."""
    laureates = Decision.objects.filter(project__promotion=project.promotion_id, outcome=Outcome.LAUREATE)
    others = laureates.exclude(project=project).values("project")
    if hearing is None or hearing.sheet is None or hearing.sheet.status != SheetStatus.SIGNED:
        kept = evaluation.criterion_means(Sheet.objects.filter(projects_review__project__in=others))
        return written_reason(summary.judged(kept=kept))
    kept = evaluation.criterion_means(Sheet.objects.filter(project_hearing__project__in=others))
    marks = sorted(hearing.sheet.marks.all(), key=lambda item: (item.criterion.rank, item.pk))
    judged = [
        Judged(one.label, one.anchors, Fraction(mark.value), one.weight, kept.get(one.pk))
        for mark in marks
        for one in [mark.criterion]
    ]
    return f"{written_reason(judged)}\n\n{hearing.sheet.comment}".strip()


def projects_being_read(promotion: Promotion) -> QuerySet[Project]:
    """Eligible projects with the number of their live readings, the least read first."""
    live = Q(reviews__sheet__status__in=[SheetStatus.DRAFT, SheetStatus.SIGNED])
    return (
        Project.objects.filter(promotion=promotion, status=Status.ELIGIBLE)
        .select_related("administration")
        .prefetch_related(
            Prefetch(
                "reviews", Review.objects.select_related("reader", "sheet").order_by("assigned_at", "pk")
            )
        )
        .annotate(live=Count("reviews", filter=live))
        .order_by("reviews_signed", "live", french("title"), "pk")
    )


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A project being read, for the page of progress."""

    project: Project
    lacks: int
    means: Mapping[int, Decimal]
    spread: Decimal | None
    is_apart: bool


def reading_lines(
    projects: Sequence[Project], wanted: Mapping[int, int], *, weight: int, gap: int
) -> list[ReadingLine]:
    """What each project of `projects_being_read` lacks, and how far apart its readers are."""
    lines = []
    for project in projects:
        signed = [row for row in project.reviews.all() if row.sheet.status == SheetStatus.SIGNED]
        means = {row.pk: mean_mark([row.sheet.total or 0], weight=weight) for row in signed}
        apart = spread(list(means.values()))
        lines.append(
            ReadingLine(
                project=project,
                lacks=max(wanted.get(project.pk, 0), 0),
                means={pk: shown(mean) for pk, mean in means.items()},
                spread=shown(apart) if len(means) > 1 else None,
                is_apart=len(means) > 1 and apart >= gap,
            )
        )
    return lines
