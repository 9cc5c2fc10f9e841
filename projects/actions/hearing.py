"""The day of a jury: no dossier before a word on conflicts, one grid for the group.

The référent fills it after the discussion, and signs it for all.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from eig.accounts.models import User
from eig.evaluation.actions import recuse_sheet, save_marks, sign_sheet
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Recusal, Sheet
from eig.evaluation.queries import grid_of
from eig.journal.actions import record as journal
from eig.juries.actions import refuse_early
from eig.lifecycle import move
from projects.actions.reading import recuse_reader
from projects.choices import HearingStatus
from projects.models import Hearing, HearingClearance, HearingGroup, HearingSeat, Project
from projects.queries.hearing import recused_projects
from projects.queries.reading import SUBJECT


class NotInJury(Exception):
    """The person does not sit in this jury, stepped aside, or has not said they have no conflict."""


class NotPenholder(Exception):
    """Only the référent fills and signs the collective grid."""


class HearingOver(Exception):
    """The hearing was signed, missed or cancelled."""


class RankGiven(Exception):
    """The jury gave this rank to another project."""


class VerdictMissing(Exception):
    """A jury says whether it is for or against."""


def seat_of(hearing: Hearing, person: User) -> HearingSeat | None:
    return (
        HearingSeat.objects.filter(group=hearing.group_id, juror__person=person)
        .select_related("juror__person")
        .first()
    )


@transaction.atomic
def clear_hearing(hearing: Hearing, *, by: User, at: datetime) -> None:
    """The juror says they have no tie with the project: its dossier opens. Raises NotInJury."""
    seat = seat_of(hearing, by)
    if seat is None or hearing.project_id in recused_projects(by):
        raise NotInJury("Vous ne siégez pas pour ce projet.")
    _, created = HearingClearance.objects.get_or_create(
        hearing=hearing, juror=seat.juror, defaults={"cleared_at": at}
    )
    if created:
        journal("declare_no_conflict", hearing.project, by=by, at=at)


@transaction.atomic
def step_aside(hearing: Hearing, *, person: User, reason: str, by: User, at: datetime) -> None:
    """A juror leaves the room for one project, and keeps the others. Raises NotInJury, ReasonNeeded."""
    if seat_of(hearing, person) is None:
        raise NotInJury("Cette personne ne siège pas dans ce jury.")
    recuse_project_juror(hearing.project, person=person, reason=reason, by=by, at=at)
    hearing.refresh_from_db()


@transaction.atomic
def recuse_project_juror(project: Project, *, person: User, reason: str, by: User, at: datetime) -> None:
    """Somebody who may sit steps aside from a project, in every jury; a grid they had begun is set apart.

    Raises ReasonNeeded.
    """
    # Also takes out the reading that the same person may have signed.
    recuse_reader(project, person=person, reason=reason, by=by, at=at)
    hearings = Hearing.objects.select_for_update(of=("self",)).select_related("sheet").order_by("pk")
    for hearing in hearings.filter(project=project):
        sheet = hearing.sheet
        if sheet and sheet.evaluator_id == person.pk and sheet.status == SheetStatus.DRAFT:
            recuse_sheet(sheet, by=by, at=at)
            Hearing.objects.filter(pk=hearing.pk).update(sheet=None)
    HearingClearance.objects.filter(hearing__project=project, juror__person=person).delete()


def penholder_of(hearing: Hearing) -> HearingSeat | None:
    """The référent; when they stepped aside from this project, the first member who did not."""
    aside = Recusal.objects.filter(
        person=OuterRef("juror__person"), subject_type=SUBJECT, subject_id=hearing.project_id
    )
    return (
        HearingSeat.objects.filter(~Exists(aside), group=hearing.group_id)
        .select_related("juror__person")
        .order_by("-is_referent", "pk")
        .first()
    )


def _refuse_pen(hearing: Hearing, by: User) -> None:
    holder = penholder_of(hearing)
    if holder is None or holder.juror.person_id != by.pk:
        raise NotPenholder("La grille commune est remplie par la personne référente du jury.")
    if not HearingClearance.objects.filter(hearing=hearing, juror=holder.juror).exists():
        raise NotInJury("Dites d’abord si vous avez un conflit d’intérêts avec ce projet.")


def _open_sheet(hearing: Hearing, *, by: User, at: datetime) -> Sheet:
    """The sheet of the group, of whoever holds the pen now."""
    sheet = hearing.sheet
    if sheet is not None and sheet.evaluator_id != by.pk and sheet.status == SheetStatus.DRAFT:
        # The pen passed to somebody else: what was begun stays on record and counts for nothing.
        recuse_sheet(sheet, by=by, at=at)
        sheet = None
    if sheet is None:
        grid = grid_of(hearing.project.promotion_id, Stage.PROJECT_READING).grid
        sheet = Sheet.objects.create(grid=grid, evaluator=by, created_at=at)
        Hearing.objects.filter(pk=hearing.pk).update(sheet=sheet)
    return sheet


def _held(hearing: Hearing) -> Hearing:
    locked = (
        Hearing.objects.select_for_update(of=("self",))
        .select_related("project__promotion", "group", "sheet")
        .get(pk=hearing.pk)
    )
    if locked.status != HearingStatus.PLANNED:
        raise HearingOver("Cette audition est terminée : sa grille ne change plus.")
    return locked


@transaction.atomic
def save_hearing(
    hearing: Hearing,
    *,
    by: User,
    at: datetime,
    marks: Mapping[str, int],
    appreciations: Mapping[str, str] | None = None,
    comment: str = "",
    verdict: str = "",
    favourite: bool = False,
    rank: int | None = None,
    seen: str = "",
) -> None:
    """Keep the group's marks so far.

    Raises NotPenholder, NotInJury, HearingOver, RankGiven, SheetChanged, MarksMissing.
    """
    locked = _held(hearing)
    _refuse_pen(locked, by)
    sheet = _open_sheet(locked, by=by, at=at)
    save_marks(
        sheet,
        by=by,
        at=at,
        marks=marks,
        appreciations=appreciations,
        comment=comment,
        verdict=verdict,
        favourite=favourite,
        seen=seen,
    )
    try:
        with transaction.atomic():
            Hearing.objects.filter(pk=locked.pk).update(rank=rank)
    except IntegrityError as error:
        raise RankGiven(f"Le jury a déjà donné le rang {rank} à un autre projet.") from error
    hearing.refresh_from_db()


@transaction.atomic
def sign_hearing(hearing: Hearing, *, by: User, at: datetime) -> None:
    """The référent signs for the group: the project was heard, the grid is frozen.

    Raises NotPenholder, NotInJury, HearingOver, TooEarly, MarksMissing, VerdictMissing.
    """
    # The jury is held too: nobody leaves the table while they sign.
    group = HearingGroup.objects.select_for_update(no_key=True).get(pk=hearing.group_id)
    locked = _held(hearing)
    if locked.group_id != group.pk:
        raise HearingOver("Ce projet vient de changer de jury : rechargez la page.")
    _refuse_pen(locked, by)
    refuse_early(locked.during, at=at)
    sheet = _open_sheet(locked, by=by, at=at)
    if sheet.grid.verdicts and not sheet.verdict:
        raise VerdictMissing("Choisissez l’avis du jury avant de signer.")
    if not sheet.comment.strip():
        raise VerdictMissing("Résumez la discussion en quelques phrases avant de signer.")
    sign_sheet(sheet, by=by, at=at)
    move(locked, HearingStatus.HEARD, by=by, at=at, heard_at=at)
    hearing.refresh_from_db()


@transaction.atomic
def mark_hearing_missed(hearing: Hearing, *, by: User, at: datetime) -> None:
    """Nobody came. Raises HearingOver, TooEarly, NotPenholder (the programme team may do it too)."""
    locked = _held(hearing)
    if not by.is_staff:
        _refuse_pen(locked, by)
    refuse_early(locked.during, at=at)
    move(locked, HearingStatus.ABSENT, by=by, at=at)
    hearing.refresh_from_db()
