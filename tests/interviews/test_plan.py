"""A timetable is computed in a process of its own, read, applied whole; again when a juror falls ill."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews.actions import cancel_audition
from matching.interviews.actions.answer import set_availability
from matching.interviews.actions.plan import (
    NothingToPlan,
    PlanOutdated,
    UnderWay,
    apply_plan,
    ask_plan,
    cancel_plan,
    lock_audition,
)
from matching.interviews.actions.search import solve_next
from matching.interviews.actions.slot import unplace_audition
from matching.interviews.actions.timetable import NotSound, publish_week
from matching.interviews.actions.week import add_half_days, set_rules
from matching.interviews.choices import AuditionStatus, PlanKind, PlanStatus
from matching.interviews.models import Audition, Availability, Juror, Panel, PanelSeat, Plan, Scorecard
from matching.interviews.queries.fault import week_faults
from matching.interviews.queries.plan import plan_view
from matching.interviews.queries.week import half_days_of
from tests.factories.interviews import juror, morning, planned
from tests.factories.ranking import published_project, shortlisted
from tests.people import signed_in

pytestmark = pytest.mark.django_db
Plans = Callable[..., Plan]


@pytest.fixture
def jurors(promotion: Promotion, diane: User) -> list[Juror]:
    """Two days of one half-day, two rooms, three slots; nine auditions; jurors to spare."""
    now = timezone.now()
    set_rules(
        promotion, per_place=4, least_per_place=2, most_each=2, pause_minutes=0, rooms=["Salle A", "Salle B"],
        panel={"agent": 1, "outside": 1}, by=diane, at=now,
    )  # fmt: skip
    days = [morning(number).date() for number in (10, 11)]
    add_half_days(promotion, days=days, hours=[(time(9), time(10, 30))], by=diane, at=now)
    rows = [juror(promotion, diane, kind=kind) for kind in ("agent", "outside") for _ in range(3)]
    for row in rows:
        set_availability(row, half_days=half_days_of(promotion), most=2, by=diane, at=now)
    projects = [published_project(promotion) for _ in range(2)]
    for number in range(9):
        planned(shortlisted(promotion), projects[number % 2], diane)
    return rows


@pytest.fixture
def computed(promotion: Promotion, diane: User, jurors: list[Juror]) -> Plans:
    def compute(kind: PlanKind = PlanKind.WEEK) -> Plan:
        plan = ask_plan(promotion, kind=kind, by=diane, at=timezone.now())
        assert solve_next(timezone.now)
        plan.refresh_from_db()
        return plan

    return compute


def test_a_week_is_computed_checked_then_applied_whole(
    promotion: Promotion, diane: User, computed: Plans
) -> None:
    plan = computed()
    assert (plan.status, plan.placed, plan.proven, plan.verdict) == (PlanStatus.READY, 9, True, "ok")
    assert not Panel.objects.exists()
    assert apply_plan(plan, by=diane, at=timezone.now()) == 9
    assert Audition.objects.filter(status=AuditionStatus.PLACED).count() == 9
    assert Scorecard.objects.count() == 18
    assert not [fault for fault in week_faults(promotion) if fault.blocks]
    assert PanelSeat.objects.filter(is_referent=True).count() == Panel.objects.count()
    with pytest.raises(IllegalMove):
        apply_plan(plan, by=diane, at=timezone.now())


def test_nothing_is_applied_once_the_question_has_changed(
    promotion: Promotion, diane: User, jurors: list[Juror], computed: Plans
) -> None:
    plan = computed()
    set_availability(jurors[0], half_days=[], most=0, by=diane, at=timezone.now())
    with pytest.raises(PlanOutdated):
        apply_plan(plan, by=diane, at=timezone.now())
    assert not Panel.objects.exists()


def test_an_ill_juror_moves_the_fewest_and_everybody_concerned_is_told(
    promotion: Promotion, diane: User, jurors: list[Juror], computed: Plans
) -> None:
    apply_plan(computed(), by=diane, at=timezone.now())
    people, told = publish_week(promotion, by=diane, at=timezone.now())
    assert people == 9
    assert told == PanelSeat.objects.values("juror").distinct().count()
    ill = PanelSeat.objects.order_by("pk")[0].juror
    before = dict(Audition.objects.values_list("pk", "during"))
    set_availability(ill, half_days=[], most=0, by=diane, at=timezone.now())
    assert any(fault.blocks and fault.code == "absent" for fault in week_faults(promotion))
    with pytest.raises(NotSound):
        publish_week(promotion, by=diane, at=timezone.now())
    plan = computed(PlanKind.REPLAN)
    # Somebody else of their type is free on each of their half-days: nobody moves.
    assert (plan.result["moved"], plan.result["moved_bound"], plan.proven) == ([], 0, True)
    view = plan_view(plan)
    assert view.moved == ()
    assert any(str(ill) in line.leaving for line in view.panels)
    Message.objects.all().delete()
    apply_plan(plan, by=diane, at=timezone.now())
    assert dict(Audition.objects.values_list("pk", "during")) == before
    assert not PanelSeat.objects.filter(juror=ill).exists()
    assert not Message.objects.filter(kind="juries/hearing_moved").exists()
    assert Message.objects.filter(kind="juries/seats_announced", to_person=ill.person).exists()


def test_a_half_day_that_has_begun_keeps_its_people_and_its_jurors(
    promotion: Promotion, diane: User, jurors: list[Juror], computed: Plans
) -> None:
    apply_plan(computed(), by=diane, at=timezone.now())
    first, second = half_days_of(promotion)
    mid_morning = first.during.lower + timedelta(minutes=20)
    seats = set(PanelSeat.objects.filter(during=first.during).values_list("panel", "juror"))
    placed = dict(Audition.objects.filter(slot__panel__during=first.during).values_list("pk", "slot"))
    assert seats
    assert placed
    # A juror of the second day is ill, and nobody is heard any more by a panel of this morning.
    for row in jurors:
        if PanelSeat.objects.filter(juror=row, during=second.during).exists():
            set_availability(row, half_days=[], most=0, by=diane, at=mid_morning)
            break
    emptied = Audition.objects.filter(pk__in=placed).order_by("slot__panel", "pk").first()
    for audition in Audition.objects.filter(slot__panel=emptied.slot.panel):
        cancel_audition(audition, reason="Souffrante", by=diane, at=mid_morning)
        placed.pop(audition.pk)
    ask_plan(promotion, kind=PlanKind.REPLAN, by=diane, at=mid_morning)
    assert solve_next(lambda: mid_morning)
    plan = Plan.objects.latest("pk")
    apply_plan(plan, by=diane, at=mid_morning)
    assert set(PanelSeat.objects.filter(during=first.during).values_list("panel", "juror")) == seats
    assert dict(Audition.objects.filter(pk__in=placed).values_list("pk", "slot")) == placed


def test_when_a_panel_falls_its_people_move_and_are_told_with_a_new_sequence(
    promotion: Promotion, diane: User, jurors: list[Juror], computed: Plans
) -> None:
    apply_plan(computed(), by=diane, at=timezone.now())
    publish_week(promotion, by=diane, at=timezone.now())
    _, second = half_days_of(promotion)
    for row in jurors[:2]:
        set_availability(row, half_days=[second], most=1, by=diane, at=timezone.now())
    plan = computed(PlanKind.REPLAN)
    moved = [int(name[1:]) for name in plan.result["moved"]]
    assert len(moved) == plan.result["moved_bound"]
    sequences = dict(Audition.objects.values_list("pk", "sequence"))
    Message.objects.all().delete()
    apply_plan(plan, by=diane, at=timezone.now())
    assert Message.objects.filter(kind="juries/hearing_moved").count() == len(moved)
    for pk, sequence in Audition.objects.values_list("pk", "sequence"):
        assert sequence == sequences[pk] + (pk in moved)
    assert not [fault for fault in week_faults(promotion) if fault.blocks]


def test_a_locked_audition_stays(promotion: Promotion, diane: User, computed: Plans) -> None:
    apply_plan(computed(), by=diane, at=timezone.now())
    kept = Audition.objects.order_by("pk")[4]
    lock_audition(kept, locked=True, by=diane, at=timezone.now())
    apply_plan(computed(), by=diane, at=timezone.now())
    again = Audition.objects.get(pk=kept.pk)
    assert (again.during, again.slot_id) == (kept.during, kept.slot_id)


def test_a_waiting_computation_is_stopped_at_once(
    promotion: Promotion, diane: User, jurors: list[Juror]
) -> None:
    plan = ask_plan(promotion, kind=PlanKind.WEEK, by=diane, at=timezone.now())
    with pytest.raises(UnderWay):
        ask_plan(promotion, kind=PlanKind.WEEK, by=diane, at=timezone.now())
    cancel_plan(plan, by=diane, at=timezone.now())
    plan.refresh_from_db()
    assert plan.status == PlanStatus.CANCELLED
    assert not solve_next(timezone.now)


def test_a_running_computation_is_stopped_by_its_worker(
    promotion: Promotion, diane: User, jurors: list[Juror]
) -> None:
    plan = ask_plan(promotion, kind=PlanKind.WEEK, by=diane, at=timezone.now())
    beats = iter(range(1000))

    def clock() -> object:
        if next(beats) == 1:
            cancel_plan(Plan.objects.get(pk=plan.pk), by=diane, at=timezone.now())
        return timezone.now()

    assert solve_next(clock)
    plan.refresh_from_db()
    assert (plan.status, plan.result) == (PlanStatus.CANCELLED, None)


def test_a_dead_worker_leaves_the_work_to_another(
    promotion: Promotion, diane: User, jurors: list[Juror]
) -> None:
    plan = ask_plan(promotion, kind=PlanKind.WEEK, by=diane, at=timezone.now())
    Plan.objects.filter(pk=plan.pk).update(
        status=PlanStatus.RUNNING, attempts=1, lease_until=timezone.now() - timedelta(minutes=1)
    )
    assert solve_next(timezone.now)
    plan.refresh_from_db()
    assert (plan.status, plan.attempts) == (PlanStatus.READY, 2)


def test_nothing_to_plan_is_said(promotion: Promotion, diane: User, jurors: list[Juror]) -> None:
    Availability.objects.all().delete()
    with pytest.raises(NothingToPlan, match="disponibilité"):
        ask_plan(promotion, kind=PlanKind.WEEK, by=diane, at=timezone.now())


def test_too_few_jurors_leave_some_out_and_the_cause_is_named(
    promotion: Promotion, diane: User, jurors: list[Juror], computed: Plans
) -> None:
    for row in jurors[1:3]:
        set_availability(row, half_days=[], most=0, by=diane, at=timezone.now())
    plan = computed()
    assert (plan.placed, plan.bound, plan.proven) == (6, 6, True)
    view = plan_view(plan)
    assert len(view.left) == 3
    assert "il manque 1 agent·e public·que" in view.cause


def test_the_board_moves_an_audition_and_says_what_forbids_it(
    promotion: Promotion, diane: User, computed: Plans
) -> None:
    apply_plan(computed(), by=diane, at=timezone.now())
    staff = signed_in(diane)
    audition, other = Audition.objects.order_by("pk")[:2]
    unplace_audition(other, by=diane, at=timezone.now())
    address = reverse("interviews:timetable_check", args=[promotion.code, audition.code])
    slots = staff.get(address).json()["slots"]
    free = next(code for code, words in slots.items() if not words["obstacle"])
    page = staff.post(
        reverse("interviews:timetable_move", args=[promotion.code]),
        {"audition": audition.code, "slot": free, "jour": morning(10).date().isoformat()},
        follow=True,
    )
    audition.refresh_from_db()
    assert str(audition.slot.code) == free
    assert audition.application.candidate.last_name in page.content.decode()
