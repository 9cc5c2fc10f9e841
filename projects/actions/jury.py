"""Compose the project juries: who may sit, who sits where, which project passes when."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import BigIntegerField, Case, F, Value, When

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Sheet
from eig.journal.actions import record as journal
from eig.journal.changes import changes, facts
from eig.juries import actions as juries
from eig.juries.actions import Clash, stand_as_judge, stop_judging
from eig.juries.choices import Duty, JurorKind
from eig.juries.kinds import Table, Verbs
from eig.lifecycle import move
from eig.promotions.models import Promotion
from projects.choices import HearingStatus, Status
from projects.emails import hearing as letters
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
from projects.queries.hearing import open_times

TABLE = Table(
    name="Jury de projets",
    page="projects:jury_list",
    panels=HearingGroup,
    seats=HearingSeat,
    panel="group",
    refusals={
        "a_room_holds_one_project_jury_at_a_time": "Cette salle est déjà prise à ces heures.",
        "a_project_juror_sits_once_at_a_time": "{juror} siège déjà dans un autre jury à ces heures.",
        "a_project_jury_hears_one_project_at_a_time": "Ce jury entend déjà un projet à cette heure.",
        "a_project_is_in_one_room_at_a_time": "Ce projet passe déjà devant un jury à cette heure.",
        "a_project_is_heard_once": "Ce projet a déjà une audition.",
        "one_referent_per_project_jury": "Ce jury a déjà une personne référente.",
    },
    verbs=Verbs("create_project_jury", "change_project_jury", "seat_project_juror", "unseat_project_juror"),
)
create_group = partial(juries.create_panel, TABLE)
add_half_days = partial(juries.add_half_days, HearingHalfDay)
remove_half_day = partial(juries.remove_half_day, HearingGroup)


class NotOnPlan(Exception):
    """The change does not fit: a project no longer read, a jury that still hears, or heard already."""


def clash(error: IntegrityError) -> Clash:
    """What the database refused, in words."""
    return Clash(juries.refusal(error, TABLE.refusals))


@transaction.atomic
def appoint_project_juror(
    promotion: Promotion,
    *,
    person: User,
    kind: JurorKind | str,
    by: User | None,
    at: datetime,
    organisation: str = "",
    absences: Iterable[HearingHalfDay] = (),
) -> HearingJuror:
    """Make someone a possible member of the project juries; doing it again corrects what is known of them.

    Raises IsCandidate.
    """
    stand_as_judge(promotion, person=person, duty=Duty.PROJECT_JURY, at=at)
    known = {"kind": kind, "organisation": organisation.strip()}
    before = HearingJuror.objects.filter(promotion=promotion, person=person).first()
    juror, _ = HearingJuror.objects.update_or_create(
        promotion=promotion, person=person, defaults=known, create_defaults={**known, "appointed_at": at}
    )
    HearingAbsence.objects.filter(juror=juror).delete()
    HearingAbsence.objects.bulk_create(HearingAbsence(juror=juror, half_day=day) for day in absences)
    if before:
        journal("change_project_juror", juror, by=by, at=at, changed=changes(facts(before), juror))
    else:
        journal("appoint_project_juror", juror, by=by, at=at, kind=str(kind))
    return juror


@transaction.atomic
def dismiss_project_juror(juror: HearingJuror, *, by: User, at: datetime) -> None:
    """Take someone who sits nowhere off the list; they no longer judge. Raises NotOnPlan."""
    row = HearingJuror.objects.select_for_update(of=("self",)).select_related("promotion", "person")
    member = row.get(pk=juror.pk)
    if member.seats.exists():
        raise NotOnPlan(f"{member} siège dans un jury : retirez d’abord cette personne de ses jurys.")
    journal("dismiss_project_juror", member, by=by, at=at)
    member.delete()
    stop_judging(member.promotion, person=member.person, duty=Duty.PROJECT_JURY)


def _locked(group: HearingGroup) -> HearingGroup:
    return (
        HearingGroup.objects.select_for_update(of=("self",), no_key=True)
        .select_related("promotion")
        .get(pk=group.pk)
    )


@transaction.atomic
def change_group(
    group: HearingGroup, *, starts: datetime, ends: datetime, by: User, at: datetime, **place: str
) -> None:
    """Move a jury to other hours or another room: its members and its projects move with it.

    `place` is its name, room and link. Nobody is written to yet. Raises BadHours, Clash, NotOnPlan.
    """
    locked = _locked(group)
    hearings = list(
        locked.hearings.exclude(status=HearingStatus.CANCELLED).select_for_update().order_by("pk")
    )
    moves = starts != locked.during.lower
    if moves and any(item.status != HearingStatus.PLANNED for item in hearings):
        raise NotOnPlan("Ce jury a déjà entendu un projet : ses horaires ne changent plus.")
    juries.change_panel(TABLE, locked, starts=starts, ends=ends, timed=hearings, by=by, at=at, **place)
    group.refresh_from_db()


@transaction.atomic
def remove_group(group: HearingGroup, *, by: User, at: datetime) -> None:
    """Close a jury that hears nobody; its members, if they were told, are told so. Raises NotOnPlan."""
    locked = _locked(group)
    if locked.hearings.exclude(status=HearingStatus.CANCELLED).exists():
        raise NotOnPlan("Déplacez d’abord les projets de ce jury.")
    if locked.hearings.exists():
        # A hearing that was cancelled keeps its trace: the jury stays, without members.
        raise NotOnPlan("Ce jury garde la trace d’une audition annulée : changez plutôt ses horaires.")
    for seat in locked.seats.order_by("pk"):
        unseat_juror(seat, by=by, at=at)
    journal("remove_project_jury", locked, by=by, at=at)
    locked.delete()


def _refuse_lead_of_heard(group: HearingGroup, juror: HearingJuror) -> None:
    heard = group.hearings.exclude(status=HearingStatus.CANCELLED).values_list("project_id", flat=True)
    if ProjectLead.objects.filter(project__in=heard, person=juror.person_id).exists():
        raise NotOnPlan(f"{juror} porte un projet que ce jury entend.")


@transaction.atomic
def seat_juror(
    group: HearingGroup, *, juror: HearingJuror, by: User | None, at: datetime, referent: bool = False
) -> HearingSeat:
    """Make someone sit in a jury. Raises NotSeated, NotOnPlan."""
    locked = _locked(group)
    _refuse_lead_of_heard(locked, juror)
    return juries.seat_juror(TABLE, locked, juror=juror, referent=referent, by=by, at=at)


def _refuse_signed(seat: HearingSeat) -> None:
    signed = Sheet.objects.filter(project_hearing__group=seat.group_id, status=SheetStatus.SIGNED)
    if signed.filter(evaluator=seat.juror.person_id).exists():
        raise NotOnPlan(f"{seat.juror} a déjà signé une grille dans ce jury.")


@transaction.atomic
def unseat_juror(seat: HearingSeat, *, by: User, at: datetime) -> None:
    """Take someone out of a jury; a person who was told of it is told at once.

    Raises NotOnPlan once they signed a grid there.
    """
    _locked(seat.group)
    row = HearingSeat.objects.select_related("juror__person", "group__promotion").get(pk=seat.pk)
    _refuse_signed(row)
    juries.unseat_juror(TABLE, row, by=by, at=at)


@transaction.atomic
def move_juror(seat: HearingSeat, *, to: HearingGroup, by: User, at: datetime) -> HearingSeat:
    """From one jury to another: the same seat, told again. Raises Clash, NotOnPlan."""
    both = HearingGroup.objects.select_for_update(of=("self",), no_key=True).select_related("promotion")
    locked = {group.pk: group for group in both.filter(pk__in=[seat.group_id, to.pk]).order_by("pk")}[to.pk]
    row = HearingSeat.objects.select_for_update(of=("self",)).select_related("juror__person").get(pk=seat.pk)
    _refuse_signed(row)
    _refuse_lead_of_heard(locked, row.juror)
    try:
        with transaction.atomic():
            HearingSeat.objects.filter(pk=row.pk).update(
                group=locked, during=locked.during, is_referent=False
            )
    except IntegrityError as error:
        raise Clash(juries.refusal(error, TABLE.refusals, juror=row.juror)) from error
    was = facts(row)
    row.refresh_from_db()
    journal("move_project_juror", locked, by=by, at=at, juror=row.juror_id, changed=changes(was, row))
    return row


@transaction.atomic
def name_referent(seat: HearingSeat, *, by: User, at: datetime) -> None:
    """The person who keeps the time and fills the collective grid."""
    juries.name_referent(TABLE, _locked(seat.group), juror=seat.juror, by=by, at=at)


def _refuse_lead_as_juror(project: Project, group: HearingGroup) -> None:
    people = group.seats.values_list("juror__person_id", flat=True)
    if ProjectLead.objects.filter(project=project, person__in=people).exists():
        raise NotOnPlan(f"Une personne de ce jury porte « {project.title} ».")


def _time_of(group: HearingGroup, starts: datetime) -> DateTimeTZRange:
    for begins, ends in open_times(group):
        if begins == starts:
            return DateTimeTZRange(begins, ends)
    raise NotOnPlan("Cette heure n’est pas une des heures de passage de ce jury.")


@transaction.atomic
def place_hearing(
    project: Project, *, group: HearingGroup, starts: datetime, by: User | None, at: datetime
) -> Hearing:
    """Have a project heard by a jury at one of its hours. Raises Clash, NotOnPlan."""
    # Nobody sits there meanwhile who leads the project.
    _locked(group)
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if locked.status != Status.ELIGIBLE or locked.promotion_id != group.promotion_id:
        raise NotOnPlan("Seul un projet recevable, et pas encore décidé, passe devant un jury.")
    _refuse_lead_as_juror(locked, group)
    try:
        with transaction.atomic():
            hearing = Hearing.objects.create(project=locked, group=group, during=_time_of(group, starts))
    except IntegrityError as error:
        raise clash(error) from error
    journal("place_hearing", locked, by=by, at=at, jury=group.name)
    return hearing


@transaction.atomic
def move_hearing(hearing: Hearing, *, group: HearingGroup, starts: datetime, by: User, at: datetime) -> None:
    """To another hour or jury; when a project is there already, the two change places.

    Nobody is written to yet. Raises Clash, NotOnPlan.
    """
    groups = HearingGroup.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in={group.pk, hearing.group_id}
    )
    homes = {row.pk: row for row in groups.select_related("promotion").order_by("pk")}
    row = Hearing.objects.select_for_update(of=("self",)).select_related("project").get(pk=hearing.pk)
    if row.status != HearingStatus.PLANNED:
        raise NotOnPlan("Cette audition a eu lieu : elle ne se déplace plus.")
    during = _time_of(homes[group.pk], starts)
    _refuse_lead_as_juror(row.project, group)
    other = (
        homes[group.pk]
        .hearings.select_for_update(of=("self",))
        .select_related("project")
        .filter(during__overlap=during, status=HearingStatus.PLANNED)
        .exclude(pk=row.pk)
        .first()
    )
    places = [When(pk=row.pk, then=Value(group.pk))]
    hours = [When(pk=row.pk, then=Value(during, output_field=Hearing._meta.get_field("during")))]
    moved = [row.pk]
    if other is not None:
        _refuse_lead_as_juror(other.project, homes[row.group_id])
        places.append(When(pk=other.pk, then=Value(row.group_id)))
        hours.append(
            When(pk=other.pk, then=Value(row.during, output_field=Hearing._meta.get_field("during")))
        )
        moved.append(other.pk)
    try:
        with transaction.atomic():
            # One statement: the constraints look at its end, so that two projects may change places.
            Hearing.objects.filter(pk__in=moved).update(
                group_id=Case(*places, default=F("group_id"), output_field=BigIntegerField()),
                during=Case(*hours, default=F("during")),
            )
    except IntegrityError as error:
        raise clash(error) from error
    hearing.refresh_from_db()
    changed = changes(facts(row), hearing)
    journal("move_hearing", row.project, by=by, at=at, jury=group.name, changed=changed)
    if other is not None:
        was = facts(other)
        other.refresh_from_db(fields=["group", "during"])
        jury = homes[row.group_id].name
        journal("move_hearing", other.project, by=by, at=at, jury=jury, changed=changes(was, other))


@transaction.atomic
def cancel_hearing(hearing: Hearing, *, by: User, at: datetime) -> None:
    """Take a project out of the plan; its people, if they were told, are told at once. Raises IllegalMove."""
    row = (
        Hearing.objects.select_for_update(of=("self",))
        .select_related("project__promotion", "group__promotion")
        .get(pk=hearing.pk)
    )
    told = row.told_at is not None
    move(row, HearingStatus.CANCELLED, by=by, at=at, sequence=row.sequence + 1 if told else row.sequence)
    if told:
        letters.hearing_cancelled(row, at=at)
    hearing.refresh_from_db()


@transaction.atomic
def clear_plan(promotion: Promotion, *, by: User, at: datetime) -> int:
    """Throw away the juries that nobody was told of and that heard nothing; returns how many."""
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    kept: Collection[int] = set(
        HearingSeat.objects.filter(group__promotion=promotion, told_at__isnull=False)
        .order_by("pk")
        .values_list("group_id", flat=True)
    ) | set(
        Hearing.objects.filter(group__promotion=promotion)
        .exclude(told_at__isnull=True, status=HearingStatus.PLANNED)
        .order_by("pk")
        .values_list("group_id", flat=True)
    )
    loose = HearingGroup.objects.filter(promotion=promotion).exclude(pk__in=kept)
    count = loose.count()
    Hearing.objects.filter(group__in=loose).delete()
    HearingSeat.objects.filter(group__in=loose).delete()
    loose.delete()
    if count:
        journal("clear_hearing_plan", promotion, by=by, at=at, promotion_id=promotion.pk, juries=count)
    return count
