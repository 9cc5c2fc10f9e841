"""Project juries: nobody in two places, changes told with their SEQUENCE, one grid signed for the group."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from eig.documents.printing import builders
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.french import dates
from eig.icalendar import stamp
from eig.juries.actions import Clash, NotSeated, TooEarly
from eig.mail.models import Message
from projects.actions import recuse_reader
from projects.actions.hearing import (
    HearingOver,
    NotInJury,
    NotPenholder,
    VerdictMissing,
    clear_hearing,
    mark_hearing_missed,
    save_hearing,
    sign_hearing,
    step_aside,
)
from projects.actions.jury import (
    NotOnPlan,
    cancel_hearing,
    change_group,
    move_hearing,
    move_juror,
    place_hearing,
    remove_group,
    seat_juror,
    unseat_juror,
)
from projects.actions.plan import announce_hearings, apply_plan, propose_plan
from projects.documents.hearing import PLAN
from projects.emails.hearing import hearing_event
from projects.models import Hearing, HearingGroup, HearingSeat
from projects.queries.hearing import hearing_plan, open_times, to_tell
from tests.factories import hearings as make
from tests.factories import projects as projects_make
from tests.factories.projects import MARKS
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now
WORDS = {"comment": "Un besoin partagé, une équipe prête.", "verdict": "favourable"}


def verdict_of(hearing):
    grid = hearing.project.promotion.grids.get(stage="project_reading")
    return grid.verdicts[0][0] if grid.verdicts else ""


def test_a_room_a_juror_and_a_project_are_never_in_two_places(promotion, diane):
    first = make.group(promotion, room="Salle A", members=1)
    with pytest.raises(Clash, match="salle"):
        make.group(promotion, room="Salle A")
    other = make.group(promotion, room="Salle B")
    with pytest.raises(NotSeated, match="siège déjà"):
        seat_juror(other, juror=first.seats.get().juror, by=diane, at=NOW())
    project = projects_make.eligible(promotion)
    make.hearing(project, of=first)
    with pytest.raises(Clash):
        make.hearing(project, of=other)
    with pytest.raises(Clash, match="entend déjà"):
        make.hearing(projects_make.eligible(promotion), of=first)


def test_the_database_holds_it_whatever_the_code(promotion):
    jury = make.group(promotion, members=1)
    seat = jury.seats.get()
    twin = make.group(promotion)
    with pytest.raises(IntegrityError), transaction.atomic():
        HearingSeat.objects.create(group=twin, juror=seat.juror, during=twin.during)
    # A seat cannot pretend to other hours than its jury's.
    later = make.group(promotion, starts=jury.during.lower + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        HearingSeat.objects.filter(pk=seat.pk).update(during=later.during)
    hearing = make.hearing(projects_make.eligible(promotion), of=jury)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(during=later.during)


def test_a_jury_that_moves_takes_everyone_along_and_says_so_once(promotion, diane, mailoutbox):
    jury = make.group(promotion, members=2)
    hearing = make.hearing(projects_make.eligible(promotion), of=jury, told=True)
    assert Message.objects.filter(kind="projects/hearing_planned").count() == 1
    assert Message.objects.filter(kind="juries/seats_announced").count() == 2
    assert to_tell(promotion, at=NOW()).count == 0
    assert announce_hearings(promotion, by=diane, at=NOW()) == (0, 0)
    starts = jury.during.lower + timedelta(hours=1)
    change_group(
        jury, name=jury.name, room="Salle Z", link="", starts=starts, ends=starts + timedelta(hours=3),
        by=diane, at=NOW(),
    )  # fmt: skip
    hearing.refresh_from_db()
    assert hearing.during.lower == starts
    assert {seat.during for seat in jury.seats.all()} == {jury.during}
    assert announce_hearings(promotion, by=diane, at=NOW()) == (1, 2)
    moved = Message.objects.get(kind="juries/hearing_moved")
    assert "SEQUENCE:1" in moved.calendar
    assert "Salle Z" in moved.body
    first = Message.objects.get(kind="projects/hearing_planned")
    uid = next(line for line in first.calendar.splitlines() if line.startswith("UID"))
    assert uid in moved.calendar
    seats = Message.objects.filter(kind="juries/seats_announced", calendar__contains="SEQUENCE:1")
    assert seats.count() == 2


def test_two_projects_change_places(promotion, diane):
    jury = make.group(promotion)
    one = make.hearing(projects_make.eligible(promotion), of=jury, rank=0)
    two = make.hearing(projects_make.eligible(promotion), of=jury, rank=1)
    move_hearing(one, group=jury, starts=two.during.lower, by=diane, at=NOW())
    before = one.during
    two.refresh_from_db()
    assert two.during.lower < before.lower
    other = make.group(promotion)
    move_hearing(two, group=other, starts=open_times(other)[2][0], by=diane, at=NOW())
    assert two.group == other
    with pytest.raises(NotOnPlan, match="heures de passage"):
        move_hearing(two, group=other, starts=two.during.lower + timedelta(minutes=7), by=diane, at=NOW())


def test_a_hearing_that_was_told_is_cancelled_in_calendars(promotion, diane):
    jury = make.group(promotion, members=2)
    make.hearing(projects_make.eligible(promotion), of=jury, told=True)
    hearing = jury.hearings.get()
    cancel_hearing(hearing, by=diane, at=NOW())
    cancelled = Message.objects.get(kind="juries/hearing_cancelled")
    assert "METHOD:CANCEL" in cancelled.calendar
    # Its project may be given another hour.
    make.hearing(hearing.project, of=make.group(promotion))


def test_who_leaves_a_plan_that_moved_is_told_of_the_hours_they_knew(promotion, diane):
    jury = make.group(promotion, members=1)
    hearing = make.hearing(projects_make.eligible(promotion), of=jury, told=True)
    known, later = jury.during, jury.during.lower + timedelta(days=1)
    change_group(
        jury, name=jury.name, room="Salle Z", link="", starts=later, ends=later + timedelta(hours=3),
        by=diane, at=NOW(),
    )  # fmt: skip
    # Until it is told, calendars to download say what people know.
    seat = jury.seats.get()
    files = [
        signed_in(seat.juror.person).get(reverse("projects:jury_calendar")).text,
        signed_in(hearing.project.started_by).get(
            reverse("projects:hearing_calendar", args=[hearing.project.code])
        ).text,
    ]  # fmt: skip
    assert f"DTSTART:{stamp(known.lower)}" in files[0]
    assert f"DTEND:{stamp(hearing.during.upper)}" in files[1]
    assert "Salle Z" not in "".join(files)
    unseat_juror(seat, by=diane, at=NOW())
    cancel_hearing(hearing, by=diane, at=NOW())
    for kind in ("juries/seats_announced", "juries/hearing_cancelled"):
        letter = Message.objects.filter(kind=kind).latest("pk")
        day = dates.day(known.lower, weekday=True, year=False)
        assert day in letter.subject
        assert "METHOD:CANCEL" in letter.calendar
        assert dates.day(later) not in letter.body


def test_projects_are_not_told_of_a_hearing_that_is_over(promotion, diane):
    jury = make.group(promotion, members=1)
    make.hearing(projects_make.eligible(promotion), of=jury)
    assert to_tell(promotion, at=jury.during.lower).count == 2
    assert to_tell(promotion, at=jury.during.upper).count == 0
    assert announce_hearings(promotion, by=diane, at=jury.during.upper) == (0, 0)


def test_a_hearing_in_a_calendar_says_the_link_the_page_and_who_comes(promotion):
    hearing = make.hearing(projects_make.eligible(promotion), of=make.group(promotion), told=True)
    Hearing.objects.update(announced_place="Salle A\nhttps://visio.example/a")
    hearing.refresh_from_db()
    event = hearing_event(hearing, attendee="badis@ministere.example")
    assert (event.place, event.url) == ("Salle A", "https://visio.example/a")
    assert event.attendee == "badis@ministere.example"
    assert "https://visio.example/a" in event.description
    assert reverse("projects:hearing_detail", args=[hearing.project.code]) in event.description
    [letter] = Message.objects.filter(kind="projects/hearing_planned")
    assert f"mailto:{letter.to_person.email}" in letter.calendar.replace("\r\n ", "")


def test_the_plan_on_paper_tells_each_step_and_when_the_project_is_there(promotion):
    hearing = make.hearing(projects_make.eligible(promotion), of=make.group(promotion))
    order = builders[PLAN](promotion.pk, lambda percent: None)
    text = render_to_string(order.template, order.context)
    # One jury a half-day has its page, and no table of one column above.
    assert text.count(hearing.project.title) == 1
    steps = " ".join(text.split())
    assert steps.count("(avec le projet)") == 2
    assert "présentation (avec le projet)" in steps
    assert "Chaque projet : 10 minutes de mise en commun" in text


def test_a_juror_moves_to_another_jury(promotion, diane):
    jury, other = make.group(promotion, members=1), make.group(promotion)
    make.hearing(projects_make.eligible(promotion), of=jury, told=True)
    seat = move_juror(jury.seats.get(), to=other, by=diane, at=NOW())
    assert seat.group == other
    assert not jury.seats.exists()
    announce_hearings(promotion, by=diane, at=NOW())
    first, moved = Message.objects.filter(kind="juries/seats_announced").order_by("pk")
    # The same event moves: the former jury does not stay in their calendar.
    assert re.search(r"UID:\S+", first.calendar)[0] in moved.calendar
    assert "SEQUENCE:1" in moved.calendar


def test_a_lead_never_judges_their_own_project(promotion, diane):
    project = projects_make.eligible(promotion)
    lead = make.juror(promotion, who=project.started_by)
    jury = make.group(promotion)
    make.hearing(project, of=jury)
    with pytest.raises(NotOnPlan, match="porte"):
        seat_juror(jury, juror=lead, by=diane, at=NOW())
    other = make.group(promotion)
    seat_juror(other, juror=lead, by=diane, at=NOW())
    with pytest.raises(NotOnPlan, match="porte"):
        move_hearing(jury.hearings.get(), group=other, starts=open_times(other)[0][0], by=diane, at=NOW())


def test_a_jury_that_hears_is_not_removed(promotion, diane):
    jury = make.group(promotion, members=1)
    make.hearing(projects_make.eligible(promotion), of=jury)
    with pytest.raises(NotOnPlan):
        remove_group(jury, by=diane, at=NOW())
    empty = make.group(promotion, members=1)
    remove_group(empty, by=diane, at=NOW())
    assert not HearingGroup.objects.filter(pk=empty.pk).exists()


def test_a_proposal_is_only_a_proposal_until_it_is_applied(promotion, diane):
    for kind in ("dinum", "dinum", *["agent"] * 6, *["outside"] * 4):
        make.juror(promotion, kind=kind)
    projects = [projects_make.eligible(promotion) for _ in range(5)]
    chosen = {"half_days": make.half_days(promotion, diane), "rooms": ["A", "B"]}
    proposal = propose_plan(promotion, **chosen)
    assert proposal.placed == 5
    assert not HearingGroup.objects.exists()
    assert apply_plan(promotion, proposal=proposal, by=diane, at=NOW()) == len(proposal.juries) == 2
    assert {hearing.project for hearing in Hearing.objects.all()} == set(projects)
    assert not Message.objects.filter(kind="juries/seats_announced").exists()
    lines = [line for day in hearing_plan(promotion) for line in day.lines]
    assert all(not line.warnings for line in lines), [line.warnings for line in lines]
    # The second time there is nobody left to hear.
    assert propose_plan(promotion, **chosen).placed == 0


def test_a_proposal_keeps_tied_people_away(promotion, diane):
    jurors = [make.juror(promotion, kind=kind) for kind in ("dinum", *["agent"] * 5)]
    tied = make.juror(promotion, kind="outside", organisation="Office du littoral")
    projects_make.eligible(promotion)
    proposal = propose_plan(promotion, half_days=make.half_days(promotion, diane)[:1], rooms=["A"])
    [jury] = proposal.juries
    assert tied not in jury.members
    assert len(jury.members) >= 5
    assert str(tied) in jury.explanation
    assert jurors


def referent_and_hearing(promotion):
    referent = make.juror(promotion, kind="dinum")
    jury = make.group(promotion, members=4, referent=referent)
    return referent.person, make.hearing(projects_make.eligible(promotion), of=jury, told=True)


def test_no_grid_before_a_word_on_conflicts(promotion):
    person, hearing = referent_and_hearing(promotion)
    with pytest.raises(NotInJury):
        save_hearing(hearing, by=person, at=NOW(), marks=MARKS)
    clear_hearing(hearing, by=person, at=NOW())
    save_hearing(hearing, by=person, at=NOW(), marks=MARKS)
    assert hearing.sheet.marks.count() == 5


def test_only_the_referent_holds_the_pen(promotion):
    person, hearing = referent_and_hearing(promotion)
    member = hearing.group.seats.filter(is_referent=False).order_by("pk")[0].juror.person
    clear_hearing(hearing, by=member, at=NOW())
    with pytest.raises(NotPenholder):
        save_hearing(hearing, by=member, at=NOW(), marks=MARKS)
    # The référent steps aside from this project only: the pen passes on.
    clear_hearing(hearing, by=person, at=NOW())
    save_hearing(hearing, by=person, at=NOW(), marks=MARKS)
    step_aside(hearing, person=person, reason="Ancienne collègue", by=person, at=NOW())
    assert hearing.sheet is None
    save_hearing(hearing, by=member, at=NOW(), marks=MARKS)
    assert hearing.sheet.evaluator == member
    assert HearingSeat.objects.filter(group=hearing.group, juror__person=person).exists()


def test_a_grid_is_signed_whole_and_then_frozen(promotion, diane):
    person, hearing = referent_and_hearing(promotion)
    clear_hearing(hearing, by=person, at=NOW())
    save_hearing(hearing, by=person, at=NOW(), marks=MARKS)
    for deed in (sign_hearing, mark_hearing_missed):
        with pytest.raises(TooEarly, match="n’a pas encore commencé"):
            deed(hearing, by=person, at=NOW())
    over = hearing.during.upper
    with pytest.raises(VerdictMissing):
        sign_hearing(hearing, by=person, at=over)
    words = {"comment": "Un besoin partagé.", "verdict": verdict_of(hearing)}
    save_hearing(hearing, by=person, at=NOW(), marks=MARKS, rank=1, **words)
    sign_hearing(hearing, by=person, at=over)
    assert hearing.status == "heard"
    assert hearing.sheet.status == SheetStatus.SIGNED
    with pytest.raises(HearingOver):
        save_hearing(hearing, by=person, at=NOW(), marks=MARKS)
    # Whoever signed sat there, and stays.
    seat = HearingSeat.objects.get(group=hearing.group, juror__person=person)
    for leave in (unseat_juror, partial(move_juror, to=make.group(promotion))):
        with pytest.raises(NotOnPlan, match="a déjà signé une grille dans ce jury"):
            leave(seat, by=diane, at=NOW())
    # The group's grid is no reading: it stays out of the readers' mean.
    hearing.project.refresh_from_db()
    assert hearing.project.reviews_signed == 0


def test_stepping_aside_also_takes_the_signed_reading_out(promotion):
    person, hearing = referent_and_hearing(promotion)
    review = projects_make.signed_reading(hearing.project, who=person)
    step_aside(hearing, person=person, reason="Un lien découvert", by=person, at=NOW())
    review.sheet.refresh_from_db()
    hearing.project.refresh_from_db()
    assert review.sheet.status == SheetStatus.RECUSED
    assert hearing.project.reviews_signed == 0
    assert hearing.project.score is None
    assert Recusal.objects.filter(person=person).count() == 1


def test_a_recused_reader_is_a_warning_on_the_plan(promotion, diane):
    jury = make.group(promotion, members=5)
    hearing = make.hearing(projects_make.eligible(promotion), of=jury)
    member = jury.seats.order_by("pk")[0].juror.person
    recuse_reader(hearing.project, person=member, reason="Un lien", by=member, at=NOW())
    [day] = hearing_plan(promotion)
    assert any("déporté" in warning for warning in day.lines[0].warnings)


def test_the_plan_costs_as_much_for_one_jury_as_for_three(promotion, django_assert_max_num_queries):
    for _ in range(3):
        jury = make.group(promotion, members=5)
        make.hearing(projects_make.eligible(promotion), of=jury)
    with django_assert_max_num_queries(9):
        hearing_plan(promotion)


def test_a_project_no_longer_read_is_not_placed(promotion):
    with pytest.raises(NotOnPlan):
        place_hearing(
            projects_make.submitted(promotion), group=(jury := make.group(promotion)),
            starts=jury.during.lower, by=None, at=NOW(),
        )  # fmt: skip
