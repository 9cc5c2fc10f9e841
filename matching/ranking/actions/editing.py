"""Order one's wishes.

Each deed carries the version it was made on: a stale one is refused, nothing is overwritten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.journal.actions import record as journal
from matching.ranking.actions.locking import NotShortlisted, hold_ranking
from matching.ranking.choices import Status
from matching.ranking.models import Choice, Ranking
from matching.ranking.queries import offered_ids
from matching.ranking.rules import moved, placed
from projects.models import Project

REASON_LIMIT = 500


class StaleRanking(Exception):
    """The list changed since the page was shown."""

    def __init__(self) -> None:
        super().__init__(
            "Votre liste a changé dans une autre fenêtre depuis l’affichage de cette page. "
            "Rien n’a été modifié ; voici la liste enregistrée."
        )


class AlreadyCertified(Exception):
    """A certified list is frozen until it is opened again."""

    def __init__(self) -> None:
        super().__init__("Vos vœux sont certifiés. Pour les changer, rouvrez d’abord la liste.")


class TooManyWishes(Exception):
    """The règlement sets a maximum."""


class NotOffered(Exception):
    """The project is not published, or seeks none of the candidate's trades."""


@dataclass(frozen=True, slots=True)
class _Entry:
    project_id: int
    reason: str


_Order = list[_Entry]


@transaction.atomic
def open_ranking(application: Application, *, at: datetime) -> Ranking:
    """The application's list, created empty the first time. Raises NotShortlisted."""
    if application.status != ApplicationStatus.SHORTLISTED:
        raise NotShortlisted("Seules les personnes présélectionnées peuvent exprimer des vœux.")
    ranking, _ = Ranking.objects.select_related(
        "application__promotion", "application__candidate"
    ).get_or_create(application=application, defaults={"created_at": at, "updated_at": at})
    return ranking


def set_choices(
    ranking: Ranking,
    *,
    projects: Sequence[Project],
    version: int,
    by: User,
    at: datetime | None = None,
    reasons: Mapping[int, str] | None = None,
) -> None:
    """Replace the whole list; `reasons` are by project id, those already given are kept.

    The official instant is the gate's. Raises PhaseNotOpen, StaleRanking, AlreadyCertified, TooManyWishes,
    NotOffered.
    """
    texts = reasons or {}

    def change(order: _Order) -> _Order:
        kept = {entry.project_id: entry.reason for entry in order}
        ids = list(dict.fromkeys(project.pk for project in projects))
        return [_Entry(pk, _short(texts.get(pk, kept.get(pk, "")))) for pk in ids]

    _rewrite(ranking, version=version, by=by, change=change, adding=[project.pk for project in projects])


def add_choice(ranking: Ranking, *, project: Project, version: int, by: User) -> int:
    """Add a project at the end of the list; returns its rank. One already there stays where it is."""

    def change(order: _Order) -> _Order:
        if any(entry.project_id == project.pk for entry in order):
            return order
        return [*order, _Entry(project.pk, "")]

    return _place(_rewrite(ranking, version=version, by=by, change=change, adding=[project.pk]), project)


def remove_choice(ranking: Ranking, *, project: Project, version: int, by: User) -> None:
    """Take a project out of the list; those after it move up."""

    def change(order: _Order) -> _Order:
        return [entry for entry in order if entry.project_id != project.pk]

    _rewrite(ranking, version=version, by=by, change=change)


def move_choice(ranking: Ranking, *, project: Project, up: bool, version: int, by: User) -> int:
    """Move a wish one rank up or down; returns its new rank, 0 when it is not in the list."""

    def change(order: _Order) -> _Order:
        entry = next((entry for entry in order if entry.project_id == project.pk), None)
        return moved(order, entry, up=up) if entry else order

    return _place(_rewrite(ranking, version=version, by=by, change=change), project)


def place_choice(ranking: Ranking, *, project: Project, rank: int, version: int, by: User) -> int:
    """Put a wish at a rank counted from 1; returns its rank, 0 when it is not in the list."""

    def change(order: _Order) -> _Order:
        entry = next((entry for entry in order if entry.project_id == project.pk), None)
        return placed(order, entry, rank=rank) if entry else order

    return _place(_rewrite(ranking, version=version, by=by, change=change), project)


def explain_choice(ranking: Ranking, *, project: Project, reason: str, version: int, by: User) -> None:
    """Say, or no longer say, why a project attracts."""

    def change(order: _Order) -> _Order:
        return [
            replace(entry, reason=_short(reason)) if entry.project_id == project.pk else entry
            for entry in order
        ]

    _rewrite(ranking, version=version, by=by, change=change)


@transaction.atomic
def accept_other_project(ranking: Ranking, *, accepts: bool, version: int, by: User) -> None:
    """Say whether an audition for a project that is not in the list would be welcome."""
    gate, locked = hold_ranking(ranking)
    _check(locked, version=version)
    _touch(locked, at=gate.now, accepts_other_project=accepts)
    journal(
        "accept_other_project",
        locked,
        by=by,
        at=gate.now,
        promotion_id=locked.application.promotion_id,
        accepts=accepts,
    )
    _mirror(ranking, locked)


@transaction.atomic
def _rewrite(
    ranking: Ranking,
    *,
    version: int,
    by: User,
    change: Callable[[_Order], _Order],
    adding: Sequence[int] = (),
) -> _Order:
    """Apply a change to the list under its lock; a change that changes nothing leaves the version alone."""
    gate, locked = hold_ranking(ranking, adding=adding)
    _check(locked, version=version)
    choices = {choice.project_id: choice for choice in locked.choices.order_by("position", "pk")}
    before = [_Entry(choice.project_id, choice.reason) for choice in choices.values()]
    after = change(before)
    if after != before:
        _check_offered(locked, {entry.project_id for entry in after} - set(choices))
        _check_number(locked, after)
        _write(locked, after, choices)
        _touch(locked, at=gate.now)
        journal(
            "rank",
            locked,
            by=by,
            at=gate.now,
            promotion_id=locked.application.promotion_id,
            projects=[entry.project_id for entry in after],
        )
    _mirror(ranking, locked)
    return after


def _check(locked: Ranking, *, version: int) -> None:
    if locked.status == Status.CERTIFIED:
        raise AlreadyCertified
    if locked.version != version:
        raise StaleRanking


def _check_offered(locked: Ranking, added: set[int]) -> None:
    if added - offered_ids(locked.application):
        raise NotOffered("Ce défi n’est plus proposé, ou ne recherche aucun de vos métiers.")


def _check_number(locked: Ranking, order: _Order) -> None:
    most = locked.application.promotion.wishes_max
    if len(order) > most:
        raise TooManyWishes(
            f"Votre liste compte déjà {most} vœux, le maximum. Retirez-en un avant d’en ajouter un autre."
        )


def _write(locked: Ranking, order: _Order, choices: Mapping[int, Choice]) -> None:
    kept = {entry.project_id for entry in order}
    Choice.objects.filter(ranking=locked).exclude(project_id__in=kept).delete()
    for position, entry in enumerate(order, start=1):
        choice = choices.get(entry.project_id)
        if choice is None:
            Choice.objects.create(
                ranking=locked, project_id=entry.project_id, position=position, reason=entry.reason
            )
        elif (choice.position, choice.reason) != (position, entry.reason):
            Choice.objects.filter(pk=choice.pk).update(position=position, reason=entry.reason)


def _touch(locked: Ranking, *, at: datetime, **changes: object) -> None:
    locked.version += 1
    locked.updated_at = at
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save(update_fields=["version", "updated_at", *changes])


def _mirror(ranking: Ranking, locked: Ranking) -> None:
    """The caller's object follows the row."""
    ranking.version, ranking.updated_at = locked.version, locked.updated_at
    ranking.accepts_other_project = locked.accepts_other_project


def _place(order: _Order, project: Project) -> int:
    ids = [entry.project_id for entry in order]
    return ids.index(project.pk) + 1 if project.pk in ids else 0


def _short(reason: str) -> str:
    return reason.strip()[:REASON_LIMIT]
