"""Who reads which project, what they wrote, what is still to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Criterion, Mark, Reader, Recusal
from eig.evaluation.queries import readers_of
from eig.evaluation.rules import COMMON_MULTIPLE, mean_mark, needs_third_reader, shown, spread
from eig.french import french
from eig.juries.rules import Judge, conflict_hints
from eig.promotions.models import Promotion
from projects.choices import Status
from projects.models import Hearing, HearingJuror, Project, ProjectLead, Review
from projects.queries.ties import administrations_led, ties_of
from projects.rules import ReaderLoad, anchor_nearest

SUBJECT = "projects.project"


def _marks() -> Prefetch[str]:
    rows = Mark.objects.select_related("criterion").order_by("criterion__rank", "criterion_id")
    return Prefetch("sheet__marks", rows)


def readings_of(user: User) -> QuerySet[Review]:
    """What this person has to read or has read, what remains first; nothing they stepped aside from."""
    return (
        Review.objects.filter(reader=user)
        .exclude(sheet__status=SheetStatus.RECUSED)
        .select_related("project__promotion", "project__administration", "sheet__grid", "reader")
        .order_by("sheet__status", "assigned_at", "pk")
    )


def reviews_of(project: Project) -> QuerySet[Review]:
    """Every reading of a project, recused ones too: for staff."""
    return (
        project.reviews.select_related("reader", "sheet")
        .prefetch_related(_marks())
        .order_by("assigned_at", "pk")
    )


def others_signed(review: Review) -> QuerySet[Review]:
    """The other readers' signed sheets; none before mine is signed."""
    others = (
        Review.objects.filter(project_id=review.project_id, sheet__status=SheetStatus.SIGNED)
        .exclude(pk=review.pk)
        .select_related("reader", "sheet")
        .order_by("sheet__signed_at", "pk")
    )
    return others if review.sheet.status == SheetStatus.SIGNED else others.none()


def desk_of(review: Review) -> list[Review]:
    """The readings that this reader may see beside their own; the marks of all are loaded at once."""
    others = list(others_signed(review))
    prefetch_related_objects([review, *others], _marks())
    return others


def _live() -> Q:
    return Q(reviews__sheet__status__in=[SheetStatus.DRAFT, SheetStatus.SIGNED])


def readings_wanted(promotion: Promotion, *, total_weight: int) -> Mapping[int, int]:
    """Project id → readings that it lacks; one more than usual when two readers differ too much."""
    signed = Q(reviews__sheet__status=SheetStatus.SIGNED)
    rows = (
        Project.objects.filter(promotion=promotion, status=Status.ELIGIBLE)
        .annotate(
            live=Count("reviews", filter=_live()),
            totals=ArrayAgg("reviews__sheet__total", filter=signed, default=[]),
        )
        .order_by("pk")
        .values_list("pk", "live", "totals")
    )
    return {
        project: promotion.readers_per_project
        + needs_third_reader(
            [mean_mark([total], weight=total_weight) for total in totals], gap=promotion.third_reader_gap
        )
        - live
        for project, live, totals in rows
    }


def reading_loads(promotion: Promotion) -> tuple[list[ReaderLoad], set[tuple[int, int]]]:
    """Each reader's load, and the (project, reader) pairs that must not be made."""
    readers = list(
        Reader.objects.filter(promotion=promotion, stage=Stage.PROJECT_READING, person__is_active=True)
        .order_by("pk")
        .values_list("person_id", "cap")
    )
    reviews = list(
        Review.objects.filter(project__promotion=promotion)
        .order_by("pk")
        .values_list("project_id", "reader_id", "sheet__status")
    )
    held: dict[int, int] = {}
    for _, reader, status in reviews:
        if status != SheetStatus.RECUSED:
            held[reader] = held.get(reader, 0) + 1
    loads = [ReaderLoad(reader=person, held=held.get(person, 0), cap=cap) for person, cap in readers]
    barred = {(project, reader) for project, reader, _ in reviews}
    barred |= set(
        Recusal.objects.filter(promotion=promotion, subject_type=SUBJECT)
        .order_by("pk")
        .values_list("subject_id", "person_id")
    )
    barred |= set(
        ProjectLead.objects.filter(project__promotion=promotion)
        .order_by("pk")
        .values_list("project_id", "person_id")
    )
    return loads, barred


def readings_signed(promotion: Promotion) -> Mapping[int, int]:
    """Project id → signatures, for the projects being read."""
    rows = Project.objects.filter(promotion=promotion, status=Status.ELIGIBLE).order_by("pk")
    return dict(rows.values_list("pk", "reviews_signed"))


def queues_of(user: User) -> QuerySet[Promotion]:
    """The promotions whose projects this person was named to read, while some are being read."""
    named = Reader.objects.filter(promotion=OuterRef("pk"), person=user, stage=Stage.PROJECT_READING)
    reading = Project.objects.filter(promotion=OuterRef("pk"), status=Status.ELIGIBLE)
    running = Promotion.objects.filter(Exists(named), Exists(reading), is_archived=False)
    return running.order_by("-number", "-pk")


def reader_ties(
    promotion: Promotion, people: Sequence[User], projects: Sequence[Project] | None = None
) -> Mapping[tuple[int, int], str]:
    """(project, person) → the sign of a tie, over the projects being read or those given."""
    rows = (
        projects
        if projects is not None
        else list(Project.objects.filter(promotion=promotion, status=Status.ELIGIBLE).order_by("pk"))
    )
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


@dataclass(frozen=True, slots=True)
class CriterionSummary:
    """One criterion over the signed readings: exact mean for display, the grid's sentence nearest to it."""

    criterion: Criterion
    mean: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    criteria: Sequence[CriterionSummary]
    mean: Decimal | None
    # By review.
    means: Mapping[int, Decimal]
    apart: bool

    @property
    def suggested_reason(self) -> str:
        """A first draft of the reason told: one sentence of the grid per criterion."""
        return "\n".join(
            f"{item.criterion.label} : {item.sentence}" for item in self.criteria if item.sentence
        )


def reading_summary(reviews: Sequence[Review], *, gap: int) -> ReadingSummary:
    """From the reviews of one project (with their marks) to means by criterion."""
    signed = [review for review in reviews if review.sheet.status == SheetStatus.SIGNED]
    marks: dict[int, list[int]] = {}
    criteria: dict[int, Criterion] = {}
    for review in signed:
        for mark in review.sheet.marks.all():
            criteria.setdefault(mark.criterion_id, mark.criterion)
            marks.setdefault(mark.criterion_id, []).append(mark.value)
    ordered = sorted(criteria.values(), key=lambda item: (item.rank, item.pk))
    weight = sum(criterion.weight for criterion in ordered)
    totals = [review.sheet.total or 0 for review in signed]
    means = [mean_mark([total], weight=weight) for total in totals]
    return ReadingSummary(
        criteria=[
            CriterionSummary(
                criterion=criterion,
                mean=shown(mean_mark(marks[criterion.pk], weight=1)),
                sentence=anchor_nearest(criterion.anchors, mean_mark(marks[criterion.pk], weight=1)),
            )
            for criterion in ordered
        ],
        mean=shown(mean_mark(totals, weight=weight)) if totals else None,
        means={review.pk: shown(mean) for review, mean in zip(signed, means, strict=True)},
        apart=needs_third_reader(means, gap=gap),
    )


def reason_built(summary: ReadingSummary, hearing: Hearing | None) -> str:
    """A first draft of the reason told: the jury's own grid when there is one, else the readers'."""
    if hearing is None or hearing.sheet is None or hearing.sheet.status != SheetStatus.SIGNED:
        return summary.suggested_reason
    lines = [
        f"{mark.criterion.label} : {sentence}"
        for mark in sorted(hearing.sheet.marks.all(), key=lambda item: (item.criterion.rank, item.pk))
        if (sentence := anchor_nearest(mark.criterion.anchors, Fraction(mark.value)))
    ]
    return "\n".join([*lines, "", hearing.sheet.comment.strip()]).strip()


def mark_of(project: Project, *, weight: int) -> Decimal | None:
    """The stored score as a mark of the grid's scale, for display; None before the first signature."""
    if project.score is None:
        return None
    return shown(Fraction(project.score, COMMON_MULTIPLE * weight))


def projects_being_read(promotion: Promotion) -> QuerySet[Project]:
    """Eligible projects with the number of their live readings, the least read first."""
    return (
        Project.objects.filter(promotion=promotion, status=Status.ELIGIBLE)
        .select_related("administration")
        .prefetch_related(
            Prefetch(
                "reviews", Review.objects.select_related("reader", "sheet").order_by("assigned_at", "pk")
            )
        )
        .annotate(live=Count("reviews", filter=_live()))
        .order_by("reviews_signed", "live", french("title"), "pk")
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """A reader's load, for staff."""

    person: User
    cap: int
    held: int
    signed: int
    recused: int
    # Since when the oldest reading waits for a signature.
    waits_since: datetime | None = None

    @property
    def left(self) -> int:
        return self.held - self.signed


def reader_desks(promotion: Promotion) -> list[Desk]:
    """Every appointed reader with what they hold, the least loaded first."""
    counts: dict[int, dict[str, int]] = {}
    rows = (
        Review.objects.filter(project__promotion=promotion)
        .values_list("reader_id", "sheet__status")
        .annotate(total=Count("pk"))
        .order_by("reader_id", "sheet__status")
    )
    for reader, status, total in rows:
        counts.setdefault(reader, {})[status] = total
    oldest = dict(
        Review.objects.filter(project__promotion=promotion, sheet__status=SheetStatus.DRAFT)
        .values_list("reader_id")
        .annotate(since=Min("assigned_at"))
        .order_by("reader_id")
    )
    desks = [
        Desk(
            person=reader.person,
            cap=reader.cap,
            held=found.get(SheetStatus.DRAFT, 0) + found.get(SheetStatus.SIGNED, 0),
            signed=found.get(SheetStatus.SIGNED, 0),
            recused=found.get(SheetStatus.RECUSED, 0),
            waits_since=oldest.get(reader.person_id),
        )
        for reader in readers_of(promotion, Stage.PROJECT_READING)
        for found in [counts.get(reader.person_id, {})]
    ]
    return sorted(desks, key=lambda desk: desk.held)


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
