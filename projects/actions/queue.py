"""The reader's queue: it hands out what is missing, and keeps the place for half an hour."""

from datetime import datetime, timedelta

from django.db import transaction

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Reader, Sheet
from eig.evaluation.queries import grid_of
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from projects.actions.reading import NotAReader, ReaderBarred, ReadingOver, assign_reader
from projects.models import Project, Review
from projects.queries.reading import reader_ties, reading_loads, readings_signed, readings_wanted
from projects.rules import distribution
from projects.rules.reading import next_project

HELD_FOR = timedelta(minutes=30)


class NothingLeft(Exception):
    """No project lacks a reading that this person may make."""


@transaction.atomic
def give_back_places(promotion: Promotion, *, at: datetime) -> int:
    """Free the places taken from the queue and never opened; returns how many."""
    lost = list(
        Review.objects.select_for_update(of=("self",))
        .filter(
            project__promotion=promotion,
            held_until__lt=at,
            cleared_at__isnull=True,
            sheet__status=SheetStatus.DRAFT,
        )
        .order_by("pk")
        .values_list("pk", "sheet_id")
    )
    Review.objects.filter(pk__in=[pk for pk, _ in lost]).delete()
    Sheet.objects.filter(pk__in=[sheet for _, sheet in lost]).delete()
    return len(lost)


@transaction.atomic
def take_next(promotion: Promotion, *, by: User, at: datetime) -> Review:
    """Hand the reader the project that lacks readings most; the place is theirs for half an hour.

    One reader at a time: of two who ask at the same instant, the second sees what the first took.
    Raises NotAReader, NothingLeft.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    reader = Reader.objects.filter(promotion=promotion, person=by, stage=Stage.PROJECT_READING).first()
    if reader is None:
        raise NotAReader("Vous n’êtes pas nommé·e pour lire les projets de cette promotion.")
    give_back_places(promotion, at=at)
    loads, barred = reading_loads(promotion)
    mine = next((load for load in loads if load.reader == by.pk), None)
    if mine is None or mine.held >= mine.cap:
        raise NothingLeft("Vous avez atteint le nombre de lectures prévu pour une personne.")
    wanted = readings_wanted(promotion, total_weight=grid_of(promotion, Stage.PROJECT_READING).total_weight)
    closed = barred | set(reader_ties(promotion, [by]))
    chosen = next_project(
        wanted, readings_signed(promotion), barred={project for project, person in closed if person == by.pk}
    )
    if chosen is None:
        raise NothingLeft("Aucun projet n’attend de lecture que vous puissiez faire.")
    review = assign_reader(Project.objects.get(pk=chosen), reader=by, by=by, at=at)
    Review.objects.filter(pk=review.pk).update(held_until=at + HELD_FOR)
    review.held_until = at + HELD_FOR
    return review


@transaction.atomic
def hand_out_readings(
    promotion: Promotion, *, by: User | None, at: datetime
) -> list[tuple[Project, User, str]]:
    """Hand out what is missing, evenly, far from ties and recusals.

    Returns a row per reading: project, reader, and why it was not made (empty when it was).
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=promotion.pk)
    give_back_places(promotion, at=at)
    rows = []
    for project, person in readings_proposed(promotion):
        try:
            with transaction.atomic():
                assign_reader(project, reader=person, by=by, at=at)
        except (NotAReader, ReaderBarred, ReadingOver) as reason:
            rows.append((project, person, str(reason)))
        else:
            rows.append((project, person, ""))
    return rows


def assign_readers(promotion: Promotion, *, by: User | None, at: datetime) -> int:
    """The same, told by the number of readings that were added."""
    return sum(not why for _, _, why in hand_out_readings(promotion, by=by, at=at))


def readings_proposed(promotion: Promotion) -> list[tuple[Project, User]]:
    """What the rule would hand out now; nothing is written."""
    wanted = readings_wanted(promotion, total_weight=grid_of(promotion, Stage.PROJECT_READING).total_weight)
    loads, barred = reading_loads(promotion)
    people = User.objects.in_bulk([load.reader for load in loads])
    ties = reader_ties(promotion, list(people.values()))
    pairs = distribution(wanted, loads, barred | set(ties))
    projects = Project.objects.select_related("administration").in_bulk([pk for pk, _ in pairs])
    return [(projects[project], people[person]) for project, person in pairs]


@transaction.atomic
def ask_reading(project: Project, *, by: User, at: datetime) -> Review:
    """One reading more for a project whose readers differ, by the least loaded person without a tie.

    Raises NothingLeft, ReaderBarred, ReadingOver.
    """
    Promotion.objects.select_for_update(no_key=True).get(pk=project.promotion_id)
    loads, barred = reading_loads(project.promotion)
    people = User.objects.in_bulk([load.reader for load in loads])
    ties = reader_ties(project.promotion, list(people.values()))
    pairs = distribution({project.pk: 1}, loads, barred | set(ties))
    if not pairs:
        raise NothingLeft(
            "Personne ne peut lire ce projet : tout le monde l’a lu, y est lié ou a atteint son plafond."
        )
    journal("ask_reading", project, by=by, at=at)
    return assign_reader(project, reader=people[pairs[0][1]], by=by, at=at)
