"""Twenty clients on fifty slots; assignment against recusal: the database keeps both promises."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Grid, Recusal
from eig.juries.actions import BadHours
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.actions.answer import declare_tie
from matching.interviews.actions.card import give_cards
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Scorecard, Slot, Tie
from tests.factories.interviews import card, free_slot, juror, marks, morning, panel, placed, planned
from tests.factories.ranking import published_project, shortlisted
from tests.people import person
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
EXPECTED = (actions.SlotTaken, actions.CandidateBusy, actions.JurorInConflict)
OVERLAPS = """
    SELECT count(*) FROM interviews_audition a JOIN interviews_audition b
    ON a.id < b.id AND a.application_id = b.application_id AND a.during && b.during
"""


def test_twenty_clients_on_fifty_slots_never_overlap(promotion_committed: Promotion) -> None:
    diane = person("Diane", "Delmas", staff=True)
    for number in range(5):
        jury = [juror(promotion_committed, diane) for _ in range(2)]
        panel(promotion_committed, diane, jury, room=f"Salle {number}", starts=morning(), hours=5)
    projects = [published_project(promotion_committed) for _ in range(5)]
    people = [shortlisted(promotion_committed) for _ in range(10)]
    auditions = [planned(person_, project, diane) for person_ in people for project in projects]
    slots = list(Slot.objects.select_related("panel"))
    assert len(slots) == 50

    def client(seed: int) -> Callable[[], None]:
        draw = random.Random(seed)

        def deeds() -> None:
            for _ in range(6):
                audition = Audition.objects.get(pk=draw.choice(auditions).pk)
                try:
                    actions.place_audition(audition, slot=draw.choice(slots), by=diane, at=timezone.now())
                except EXPECTED:
                    continue

        return deeds

    assert together(*[client(seed) for seed in range(20)]) == []
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        assert cursor.fetchone()[0] == 0
    held = Audition.objects.filter(status=AuditionStatus.PLACED)
    assert held.count() > 20
    assert held.values("slot").distinct().count() == held.count()
    assert Scorecard.objects.count() == 2 * held.count()


def test_nobody_ends_both_assigned_and_recused(promotion_committed: Promotion) -> None:
    diane = person("Diane", "Delmas", staff=True)
    jurors = [juror(promotion_committed, diane) for _ in range(8)]
    project = published_project(promotion_committed)
    rows = [
        panel(promotion_committed, diane, jurors[2 * rank : 2 * rank + 2], room=f"Salle {rank}", hours=1)
        for rank in range(4)
    ]
    auditions = [planned(shortlisted(promotion_committed), project, diane) for _ in rows]

    def assign(rank: int) -> Callable[[], None]:
        slot = free_slot(rows[rank])

        def deed() -> None:
            try:
                actions.place_audition(auditions[rank], slot=slot, by=diane, at=timezone.now())
            except EXPECTED:
                pass

        return deed

    def step_aside(rank: int) -> Callable[[], object]:
        member = Juror.objects.select_related("person", "promotion").get(pk=jurors[2 * rank].pk)
        return lambda: actions.recuse_juror(
            member,
            application=auditions[rank].application,
            reason="Voisin",
            by=member.person,
            at=timezone.now(),
        )

    raised = together(*[deed for rank in range(4) for deed in (assign(rank), step_aside(rank))])
    assert raised == []
    assert Recusal.objects.count() == 4
    for recusal in Recusal.objects.all():
        live = Scorecard.objects.filter(
            juror__person=recusal.person, audition__application_id=recusal.subject_id
        ).exclude(sheet__status=SheetStatus.RECUSED)
        assert not live.exists()


def test_400_assignments_against_declarations_leave_none_both(promotion_committed: Promotion) -> None:
    """Half of the declarations are recusals from a person, half ties to a project; two sessions a pair."""
    diane, now = person("Diane", "Delmas", staff=True), timezone.now()
    grid = Grid.objects.get(promotion=promotion_committed, stage=Stage.AUDITION)
    people = [shortlisted(promotion_committed) for _ in range(20)]
    projects = [published_project(promotion_committed) for _ in range(2)]
    auditions = [
        Audition.objects.create(
            promotion=promotion_committed,
            application=people[rank],
            project=projects[rank % 2],
            created_at=now,
        )
        for rank in range(20)
    ]
    jurors = [juror(promotion_committed, diane) for _ in range(20)]
    pairs = [(member, audition) for member in jurors for audition in auditions]
    random.Random(7).shuffle(pairs)
    assert len(pairs) == 400
    declared = {(member.pk, audition.project_id) for member, audition in pairs if member.pk % 2}

    def assign() -> None:
        for member, audition in pairs:
            try:
                with transaction.atomic():
                    give_cards(audition, [member], grid=grid, at=now)
            except actions.JurorInConflict:
                continue

    def declare() -> None:
        for member, audition in pairs:
            if (member.pk, audition.project_id) in declared:
                declare_tie(member, project=audition.project, reason="Mentor", by=diane, at=now)
            else:
                actions.recuse_juror(
                    member, application=audition.application, reason="Voisin", by=diane, at=now
                )

    assert together(assign, declare) == []
    live = Scorecard.objects.exclude(sheet__status=SheetStatus.RECUSED)
    both = live.filter(
        Q(juror__ties__project=F("audition__project"))
        | Exists(
            Recusal.objects.filter(
                person=OuterRef("juror__person"), subject_id=OuterRef("audition__application_id")
            )
        )
    )
    assert not both.exists()
    assert Recusal.objects.count() == 200
    assert Tie.objects.count() == 20


def test_signing_and_stepping_aside_at_once_leave_a_true_score(promotion_committed: Promotion) -> None:
    diane = person("Diane", "Delmas", staff=True)
    jurors = [juror(promotion_committed, diane) for _ in range(4)]
    audition = placed(
        shortlisted(promotion_committed),
        published_project(promotion_committed),
        diane,
        panel(promotion_committed, diane, jurors),
    )
    at = audition.during.upper + timedelta(minutes=5)
    for value, member in enumerate(jurors, start=2):
        actions.save_scorecard(
            card(audition, member),
            by=member.person,
            at=at,
            marks=marks(promotion_committed, value),
            comment="Dit.",
        )

    def sign(member: Juror) -> Callable[[], object]:
        row = card(audition, member)
        return lambda: actions.sign_scorecard(row, by=member.person, at=at)

    def step_aside(member: Juror) -> Callable[[], object]:
        return lambda: actions.recuse_juror(
            member, application=audition.application, reason="Voisin", by=member.person, at=at
        )

    raised = together(*[sign(member) for member in jurors], step_aside(jurors[0]))
    assert {type(error) for error in raised} <= {actions.SheetClosed}
    audition.refresh_from_db()
    assert (audition.cards_signed, audition.score) == (3, 4 * 6 * 60)


def test_cutting_slots_twice_at_once_cuts_them_once(promotion_committed: Promotion) -> None:
    diane = person("Diane", "Delmas", staff=True)
    row = panel(promotion_committed, diane, slots=False)

    def cut() -> None:
        actions.create_slots(row, minutes=30, by=diane, at=timezone.now())

    raised = together(cut, cut, cut)
    assert [type(error) for error in raised] == [BadHours] * 2
    assert Slot.objects.count() == 6
