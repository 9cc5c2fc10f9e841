"""Project juries: the plan with its live checks, what is still to be told, what a juror or a lead may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.evaluation.models import Recusal
from eig.evaluation.queries import with_marks
from eig.french import french
from eig.juries import queries as juries
from eig.juries.queries import (
    TieLine,
    around_the_table,
    is_untold,
    recusals_of,
    seats_offered,
    table_warnings,
)
from eig.juries.rules import Judge, Step, conflict_hints, part_of_day, steps_from
from eig.promotions.models import Promotion
from projects.choices import HearingStatus, Status
from projects.models import (
    Hearing,
    HearingAbsence,
    HearingGroup,
    HearingHalfDay,
    HearingJuror,
    HearingSeat,
    Project,
    ProjectLead,
)
from projects.queries.reading import SUBJECT
from projects.queries.ties import administrations_led, ties_of
from projects.rules.hearing import Minutes, Sizes, mix_warning

half_days_of = partial(juries.half_days_of, HearingHalfDay)


def minutes_of(promotion: Promotion) -> Minutes:
    return Minutes(
        reading=promotion.hearing_reading_minutes,
        pitch=promotion.hearing_pitch_minutes,
        questions=promotion.hearing_questions_minutes,
        deliberation=promotion.hearing_deliberation_minutes,
        pause=promotion.hearing_pause_minutes,
    )


def sizes_of(promotion: Promotion) -> Sizes:
    return Sizes(promotion.hearing_jurors_min, promotion.hearing_jurors_max, promotion.hearing_projects_max)


def _away(path: str) -> Prefetch[str]:
    """The half-days when jurors cannot come, in one question."""
    return Prefetch(path, HearingAbsence.objects.select_related("half_day").order_by("pk"))


def project_jurors(promotion: Promotion) -> QuerySet[HearingJuror]:
    """Who may sit, in alphabetical order."""
    return (
        HearingJuror.objects.filter(promotion=promotion)
        .select_related("person", "promotion")
        .prefetch_related(_away("absences"))
        .order_by(french("person__last_name"), french("person__first_name"), "pk")
    )


def projects_to_hear(promotion: Promotion) -> QuerySet[Project]:
    """Eligible projects that no jury hears yet, the best read first."""
    planned = Hearing.objects.filter(project=OuterRef("pk")).exclude(status=HearingStatus.CANCELLED)
    return (
        Project.objects.filter(~Exists(planned), promotion=promotion, status=Status.ELIGIBLE)
        .select_related("administration", "promotion")
        .order_by(F("score").desc(nulls_last=True), french("title"), "pk")
    )


def juror_ties(jurors: Sequence[HearingJuror], projects: Sequence[Project]) -> Mapping[tuple[int, int], str]:
    """(juror, project) → why they should not meet: own project, recusal, or a sign of a tie."""
    ties = ties_of(projects)
    people = [juror.person_id for juror in jurors]
    led = administrations_led(people)
    own = set(
        ProjectLead.objects.filter(person__in=people, project__in=projects)
        .order_by("pk")
        .values_list("person_id", "project_id")
    )
    recused = set(
        Recusal.objects.filter(person__in=people, subject_type=SUBJECT, subject_id__in=list(ties))
        .order_by("pk")
        .values_list("person_id", "subject_id")
    )
    found: dict[tuple[int, int], str] = {}
    for juror in jurors:
        judge = Judge(
            juror.person.email,
            juror.person.last_name,
            organisation=juror.organisation,
            administrations=tuple(sorted(led.get(juror.person_id, ()))),
        )
        for project in projects:
            if (juror.person_id, project.pk) in own:
                found[juror.pk, project.pk] = "porte ce projet"
            elif (juror.person_id, project.pk) in recused:
                found[juror.pk, project.pk] = "s’est déporté·e"
            elif hints := conflict_hints(judge, ties[project.pk]):
                found[juror.pk, project.pk] = " ; ".join(hints)
    return found


def _seats(seats: QuerySet[HearingSeat] | None = None) -> Prefetch[str]:
    return Prefetch("seats", around_the_table(HearingSeat.objects.all() if seats is None else seats))


def _hearings() -> Prefetch[str]:
    rows = (
        Hearing.objects.exclude(status=HearingStatus.CANCELLED)
        .select_related("project__administration", "project__promotion", "sheet")
        .order_by("during", "pk")
    )
    return Prefetch("hearings", rows)


def hearing_groups(promotion: Promotion) -> QuerySet[HearingGroup]:
    """The juries with who sits and what they hear, in the order of the hours."""
    seats = HearingSeat.objects.prefetch_related(_away("juror__absences"))
    return (
        HearingGroup.objects.filter(promotion=promotion)
        .select_related("promotion")
        .prefetch_related(_seats(seats), _hearings())
        .order_by("during", "room", "pk")
    )


def is_away(juror: HearingJuror, during: DateTimeTZRange) -> bool:
    """Whether a juror said they cannot come on a half-day that meets these hours."""
    days = (absence.half_day.during for absence in juror.absences.all())
    return any(day.lower < during.upper and during.lower < day.upper for day in days)


def _away_from(group: HearingGroup, jurors: Iterable[HearingJuror]) -> set[int]:
    return {juror.pk for juror in jurors if is_away(juror, group.during)}


def seatable(group: HearingGroup) -> list[tuple[HearingJuror, str]]:
    """Who may join a jury, and why they should not, if anything; `group` comes from `hearing_groups`."""
    here = {seat.juror_id for seat in group.seats.all()}
    jurors = [juror for juror in project_jurors(group.promotion) if juror.pk not in here]
    projects = [item.project for item in group.hearings.all()]
    away = _away_from(group, jurors)
    return seats_offered(jurors, [one.pk for one in projects], juror_ties(jurors, projects), away=away)


def tie_lines(juror: HearingJuror) -> list[TieLine]:
    """Projects that juries hear or may hear, and to which something ties the juror; those they left."""
    declared = recusals_of(juror.person_id, SUBJECT)
    heard = Hearing.objects.filter(project=OuterRef("pk")).exclude(status=HearingStatus.CANCELLED)
    rows = Project.objects.filter(
        Q(status=Status.ELIGIBLE) | Exists(heard) | Q(pk__in=declared), promotion=juror.promotion_id
    )
    projects = list(rows.order_by(french("title"), "pk"))
    ties = juror_ties([juror], projects)
    return [
        TieLine(row, row.title, "" if row.pk in declared else ties[juror.pk, row.pk], declared.get(row.pk))
        for row in projects
        if (juror.pk, row.pk) in ties
    ]


@dataclass(frozen=True, slots=True)
class JuryLine:
    """A jury as staff see it: what is wrong is said in words."""

    group: HearingGroup
    seats: Sequence[HearingSeat]
    hearings: Sequence[Hearing]
    mix: Sequence[str]
    warnings: Sequence[str]

    @property
    def has_changes(self) -> bool:
        return any(is_untold(row, self.group) for row in (*self.seats, *self.hearings))


@dataclass(frozen=True, slots=True)
class HalfDayLines:
    starts: datetime
    label: str
    lines: Sequence[JuryLine]


def jury_lines(groups: Sequence[HearingGroup]) -> list[JuryLine]:
    """Each jury with its live checks: size, mix, ties, number of projects, absences, no référent."""
    jurors = {seat.juror_id: seat.juror for group in groups for seat in group.seats.all()}
    projects = {item.project_id: item.project for group in groups for item in group.hearings.all()}
    ties = juror_ties(list(jurors.values()), list(projects.values()))
    return [_line(group, ties) for group in groups]


def _line(group: HearingGroup, ties: Mapping[tuple[int, int], str]) -> JuryLine:
    sizes = sizes_of(group.promotion)
    seats, hearings = list(group.seats.all()), list(group.hearings.all())
    warnings = table_warnings(
        seats,
        {item.project_id: f"« {item.project.title} »" for item in hearings},
        ties,
        mix=mix_warning([seat.juror.kind for seat in seats], sizes=sizes),
        away=_away_from(group, [seat.juror for seat in seats]),
    )
    if len(hearings) > sizes.projects_max:
        warnings.append(f"{len(hearings)} projets : {sizes.projects_max} au plus.")
    labels = dict.fromkeys(seat.juror.get_kind_display() for seat in seats)
    return JuryLine(
        group=group,
        seats=seats,
        hearings=hearings,
        mix=[
            f"{label} : {sum(seat.juror.get_kind_display() == label for seat in seats)}" for label in labels
        ],
        warnings=warnings,
    )


def hearing_plan(promotion: Promotion) -> list[HalfDayLines]:
    """The whole plan, half-day by half-day."""
    lines = jury_lines(list(hearing_groups(promotion)))
    days = groupby(lines, lambda line: _half_day(localtime(line.group.during.lower)))
    found = [(part, list(several)) for (_, part), several in days]
    return [HalfDayLines(lines[0].group.during.lower, part, lines) for part, lines in found]


def _half_day(starts: datetime) -> tuple[date, str]:
    return starts.date(), part_of_day(starts)


def open_times(group: HearingGroup) -> list[tuple[datetime, datetime]]:
    """The hours at which a jury can hear a project, from the promotion's minutes."""
    return minutes_of(group.promotion).times(group.during.lower, group.during.upper)


# --- What is told -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToTell:
    """Who a letter is due to, before anybody is written to."""

    hearings: Sequence[Hearing]
    seats: Sequence[HearingSeat]

    @property
    def count(self) -> int:
        return len(self.hearings) + len(self.seats)


def hearings_to_come(promotion: Promotion, *, at: datetime) -> QuerySet[Hearing]:
    return (
        Hearing.objects.filter(
            group__promotion=promotion, status=HearingStatus.PLANNED, during__endswith__gt=at
        )
        .select_related("group__promotion", "project__promotion", "project__administration")
        .order_by("during", "pk")
    )


def seats_to_come(promotion: Promotion, *, at: datetime) -> QuerySet[HearingSeat]:
    return (
        HearingSeat.objects.filter(group__promotion=promotion, during__endswith__gt=at)
        .select_related("group__promotion", "juror__person")
        .order_by("during", "group_id", "pk")
    )


def to_tell(promotion: Promotion, *, at: datetime) -> ToTell:
    """Hearings and seats to come whose place or time nobody was told, or that changed since."""
    return ToTell(
        [row for row in hearings_to_come(promotion, at=at) if is_untold(row, row.group)],
        [row for row in seats_to_come(promotion, at=at) if is_untold(row, row.group)],
    )


# --- Jurors and leads ---------------------------------------------------------------------------------------


def groups_of_juror(user: User) -> QuerySet[HearingGroup]:
    """The juries where this person sits and was told so, with everything of their day."""
    mine = HearingSeat.objects.filter(group=OuterRef("pk"), juror__person=user, told_at__isnull=False)
    return (
        HearingGroup.objects.filter(Exists(mine))
        .select_related("promotion")
        .prefetch_related(_seats(), _hearings())
        .order_by("during", "pk")
    )


def hearings_of_juror(user: User) -> QuerySet[Hearing]:
    """What this person is to hear; nothing they stepped aside from is left out, it is closed instead."""
    mine = HearingSeat.objects.filter(group=OuterRef("group_id"), juror__person=user, told_at__isnull=False)
    return (
        Hearing.objects.filter(Exists(mine))
        .exclude(status=HearingStatus.CANCELLED)
        .select_related("group__promotion", "project__promotion", "project__administration", "sheet__grid")
        .order_by("during", "pk")
    )


def hearings_of_lead(user: User) -> QuerySet[Hearing]:
    """The hearings told to those who write the project."""
    mine = ProjectLead.objects.filter(project=OuterRef("project_id"), person=user)
    return (
        Hearing.objects.filter(Exists(mine), told_at__isnull=False)
        .exclude(status=HearingStatus.CANCELLED)
        .select_related("group__promotion", "project__promotion", "project__administration")
        .order_by("during", "pk")
    )


def recused_projects(user: User) -> set[int]:
    rows = Recusal.objects.filter(person=user, subject_type=SUBJECT).order_by("pk")
    return set(rows.values_list("subject_id", flat=True))


def hearing_moments(hearing: Hearing) -> tuple[Step, ...]:
    return steps_from(hearing.during.lower, minutes_of(hearing.group.promotion).steps)


def hearing_of(project: Project) -> Hearing | None:
    """The hearing of a project, with its grid, for those who decide."""
    return (
        project.hearings.exclude(status=HearingStatus.CANCELLED)
        .select_related("sheet__grid", "sheet__evaluator", "group")
        .prefetch_related(with_marks())
        .order_by("-pk")
        .first()
    )
