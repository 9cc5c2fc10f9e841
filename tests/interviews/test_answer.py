"""Jurors are asked by a personal link; what they answer opens seats, half-day by half-day."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.juries.actions import HalfDayTaken
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews.actions.answer import (
    LinkExpired,
    NoHalfDay,
    answer_invitation,
    declare_tie,
    invite_all,
    invite_to_sit,
    remind_silent,
    set_availability,
)
from matching.interviews.actions.slot import place_audition
from matching.interviews.actions.week import add_half_days, remove_half_day
from matching.interviews.models import Availability, HalfDay, Juror, JuryInvitation, Scorecard, Tie
from matching.interviews.queries.answer import capacity
from matching.interviews.queries.week import half_days_of
from tests.factories.interviews import free_slot, juror, morning, panel, placed, planned
from tests.factories.ranking import published_project, shortlisted
from tests.people import signed_in

pytestmark = pytest.mark.django_db
HOURS = [(time(9), time(12)), (time(14), time(17))]


@pytest.fixture
def week(promotion: Promotion, diane: User) -> list[HalfDay]:
    days = [morning(number).date() for number in (10, 11)]
    add_half_days(promotion, days=days, hours=HOURS, by=diane, at=timezone.now())
    return half_days_of(promotion)


def asked(promotion: Promotion, diane: User, *, type: str = "agent", half_days: int = 2) -> JuryInvitation:
    return invite_to_sit(juror(promotion, diane, kind=type), half_days=half_days, by=diane, at=timezone.now())


def link(row: JuryInvitation) -> str:
    body = (
        Message.objects.filter(kind="interviews/jury_invited", to_person=row.juror.person).latest("pk").body
    )
    return re.search(r"/auditions/jury/reponse/\S+", body)[0]


def test_the_link_answers_without_an_account(promotion: Promotion, diane: User, week: list[HalfDay]) -> None:
    row = asked(promotion, diane)
    project = published_project(promotion)
    address = link(row)
    page = Client().get(address)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store, private"
    Client().post(
        address,
        {
            "comes": "yes",
            "half_days": [week[0].pk, week[2].pk],
            "most": "2",
            "ties": [project.pk],
            "comment": "",
        },
    )
    row.refresh_from_db()
    assert (row.status, row.most_half_days) == ("accepted", 2)
    assert set(Availability.objects.values_list("half_day_id", flat=True)) == {week[0].pk, week[2].pk}
    assert Tie.objects.get().project == project


def test_the_token_is_kept_nowhere(promotion: Promotion, diane: User, week: list[HalfDay]) -> None:
    row = asked(promotion, diane)
    token = link(row).rstrip("/").rpartition("/")[2]
    assert token not in row.token_hash
    assert len(row.token_hash) == 64


def test_fewer_half_days_is_a_lighter_yes_and_no_empties_them(
    promotion: Promotion, diane: User, week: list[HalfDay]
) -> None:
    row = asked(promotion, diane, half_days=3)
    answer_invitation(row, comes=True, half_days=week[:2], most=2, at=timezone.now())
    row.refresh_from_db()
    assert row.status == "lighter"
    answer_invitation(row, comes=False, at=timezone.now())
    row.refresh_from_db()
    assert (row.status, row.most_half_days) == ("declined", 0)
    assert not Availability.objects.exists()
    with pytest.raises(NoHalfDay):
        answer_invitation(row, comes=True, at=timezone.now())


def test_an_old_link_says_how_to_get_a_new_one(
    promotion: Promotion, diane: User, week: list[HalfDay]
) -> None:
    row = asked(promotion, diane)
    first = link(row)
    assert remind_silent(promotion, by=diane, at=timezone.now()) == 1
    assert link(row) != first
    assert Client().get(first).status_code == 404
    JuryInvitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    late = Client().get(link(row))
    assert late.status_code == 410
    assert "demandez un nouveau lien" in late.content.decode()
    row.refresh_from_db()
    with pytest.raises(LinkExpired):
        answer_invitation(row, comes=False, at=timezone.now())


def test_everybody_is_asked_once(promotion: Promotion, diane: User, week: list[HalfDay]) -> None:
    for _ in range(3):
        juror(promotion, diane)
    assert invite_all(promotion, half_days=2, by=diane, at=timezone.now()) == 3
    assert invite_all(promotion, half_days=2, by=diane, at=timezone.now()) == 0
    assert Message.objects.filter(kind="interviews/jury_invited").count() == 3


def test_the_bound_follows_the_answers_and_names_who_is_missing(
    promotion: Promotion, diane: User, week: list[HalfDay]
) -> None:
    project = published_project(promotion)
    for _ in range(8):
        planned(shortlisted(promotion), project, diane)
    rows = {kind: asked(promotion, diane, type=kind) for kind in ("agent", "dinum", "outside")}
    for kind in ("agent", "outside"):
        answer_invitation(rows[kind], comes=True, half_days=week[:2], most=2, at=timezone.now())
    found = capacity(promotion, now=timezone.now())
    assert (found.bound, found.is_enough) == (0, False)
    assert found.columns[0].missing == "1 personne de la DINUM"
    answer_invitation(rows["dinum"], comes=True, half_days=week[:1], most=1, at=timezone.now())
    found = capacity(promotion, now=timezone.now())
    assert (found.columns[0].panels, found.columns[0].seats, found.bound) == (1, 6, 6)
    assert found.short == 2


def test_a_tied_juror_receives_no_card(promotion: Promotion, diane: User) -> None:
    jurors = [juror(promotion, diane) for _ in range(2)]
    row = panel(promotion, diane, jurors)
    project = published_project(promotion)
    held = placed(shortlisted(promotion), project, diane, row)
    declare_tie(jurors[0], project=project, reason="Mentor", by=diane, at=timezone.now())
    assert Scorecard.objects.get(audition=held, juror=jurors[0]).sheet.status == SheetStatus.RECUSED
    after = planned(shortlisted(promotion), project, diane)
    place_audition(after, slot=free_slot(row), by=diane, at=timezone.now())
    assert [card.juror for card in Scorecard.objects.filter(audition=after)] == [jurors[1]]


def test_a_half_day_where_a_panel_sits_stays(promotion: Promotion, diane: User, week: list[HalfDay]) -> None:
    panel(promotion, diane, starts=morning(10), hours=3)
    with pytest.raises(HalfDayTaken):
        remove_half_day(week[0], by=diane, at=timezone.now())
    remove_half_day(week[1], by=diane, at=timezone.now())
    assert len(half_days_of(promotion)) == 3


def test_hours_that_meet_another_half_day_are_refused(
    promotion: Promotion, diane: User, week: list[HalfDay]
) -> None:
    with pytest.raises(HalfDayTaken):
        add_half_days(
            promotion, days=[morning(10).date()], hours=[(time(10), time(13))], by=diane, at=timezone.now()
        )


def test_staff_follow_and_answer_for_a_juror(
    promotion: Promotion, diane: User, week: list[HalfDay], client: Client
) -> None:
    row = asked(promotion, diane)
    client.force_login(diane)
    page = client.get(reverse("interviews:availability_list", args=[promotion.code])).content.decode()
    assert "Sans réponse" in page
    set_availability(row.juror, half_days=week, most=3, by=diane, at=timezone.now())
    assert Juror.objects.get().availabilities.count() == 4
    assert JuryInvitation.objects.get().most_half_days == 3


@pytest.mark.parametrize("name", ["availability_list", "timetable_show", "audition_plan", "plan_list"])
def test_three_times_as_many_cost_the_same_queries(
    promotion: Promotion,
    diane: User,
    week: list[HalfDay],
    name: str,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[CaptureQueriesContext]],
) -> None:
    project = published_project(promotion)
    staff = signed_in(diane)
    address = reverse(f"interviews:{name}", args=[promotion.code])

    def grow(rank: int) -> None:
        row = asked(promotion, diane)
        set_availability(row.juror, half_days=week, most=2, by=diane, at=timezone.now())
        table = panel(promotion, diane, [row.juror], room=f"Salle {rank}")
        placed(shortlisted(promotion), project, diane, table)

    grow(1)
    staff.get(address)
    with CaptureQueriesContext(connection) as once:
        staff.get(address)
    for rank in (2, 3):
        grow(rank)
    with django_assert_max_num_queries(len(once)):
        staff.get(address)
