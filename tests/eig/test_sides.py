"""Whoever judges a promotion does not apply to it, and the reverse, by whichever address they come."""

import re
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from candidates.actions import (
    MayNotApply,
    dismiss_reader,
    start_application,
    submit_application,
    withdraw_application_record,
)
from candidates.choices import Status
from eig.accounts.models import User
from eig.accounts.queries import accounts_of, person_at
from eig.evaluation.choices import Stage
from eig.juries.actions import IsCandidate, appoint_reader, stand_as_judge, stop_judging
from eig.juries.choices import Duty, Stand
from eig.juries.models import Side
from eig.juries.queries import judges
from eig.mail.models import Message
from eig.personal import APPLICATION
from eig.promotions.models import Promotion
from journey.actions.founding import create_promotion
from journey.actions.invitations import invite_by_mail
from matching.interviews import actions as interviews
from matching.interviews.actions.answer import answer_invitation, invite_to_sit, set_availability
from matching.interviews.models import HalfDay, Juror
from privacy.actions import erase_person, erase_records
from projects.actions.editor import AlreadyEditor, invite_editor
from projects.actions.jury import appoint_project_juror
from projects.models import HearingJuror
from tests.factories import candidates as make
from tests.factories import projects as make_project
from tests.factories.interviews import juror, morning, panel
from tests.people import signed_in

filling = import_module("matching.interviews.migrations.0011_who_judges_and_who_applies")
Appoint = Callable[[Promotion, User, User], object]


def _project_reader(promotion: Promotion, who: User, by: User) -> object:
    return appoint_reader(who, promotion=promotion, stage=Stage.PROJECT_READING, by=by, at=timezone.now())


def _application_reader(promotion: Promotion, who: User, by: User) -> object:
    return appoint_reader(who, promotion=promotion, stage=Stage.APPLICATION_READING, by=by, at=timezone.now())


def _project_juror(promotion: Promotion, who: User, by: User) -> object:
    return appoint_project_juror(promotion, person=who, kind="dinum", by=by, at=timezone.now())


def _audition_juror(promotion: Promotion, who: User, by: User) -> object:
    return juror(promotion, by, who)


def _by_address(promotion: Promotion, who: User, by: User) -> object:
    """As the team does for somebody from outside, known by an address only."""
    return interviews.appoint_by_email(
        promotion, email=who.email, first_name="X", last_name="Y", kind="outside", by=by, at=timezone.now()
    )


APPOINTMENTS: list[Appoint] = [
    _project_reader, _application_reader, _project_juror, _audition_juror, _by_address,
]  # fmt: skip
every_judge = pytest.mark.parametrize("appoint", APPOINTMENTS, ids=lambda deed: deed.__name__.strip("_"))


def second_address(who: User, email: str, *, verified: bool = True) -> None:
    EmailAddress.objects.create(user=who, email=email, verified=verified, primary=False)


@pytest.fixture
def other_promotion(promotion: Promotion) -> Promotion:
    return create_promotion("eig6", by=None, at=timezone.now(), code="eig-7", number=7)


# --- Who judges does not apply; who applies does not judge ------------------------------------------------


@every_judge
def test_whoever_judges_may_not_apply(
    promotion: Promotion, alice: User, diane: User, appoint: Appoint
) -> None:
    appoint(promotion, alice, diane)
    assert judges(alice, promotion)
    with pytest.raises(MayNotApply, match="ses lecteurs et ses jurés ne peuvent pas y candidater"):
        start_application(promotion, by=alice, at=timezone.now())


@every_judge
def test_whoever_is_named_while_they_write_cannot_hand_in(
    promotion: Promotion, alice: User, diane: User, appoint: Appoint
) -> None:
    application = make.ready(promotion, alice)
    appoint(promotion, alice, diane)
    with pytest.raises(MayNotApply):
        submit_application(application, by=alice)
    assert Side.objects.get(person=alice).stand == Stand.JUDGES


@every_judge
def test_whoever_applies_is_named_nothing(
    promotion: Promotion, alice: User, diane: User, appoint: Appoint
) -> None:
    make.submitted(promotion, alice)
    with pytest.raises(IsCandidate, match="candidat·e à cette promotion"), transaction.atomic():
        appoint(promotion, alice, diane)
    assert not judges(alice)
    assert not HearingJuror.objects.exists()
    assert not Juror.objects.exists()
    assert not alice.readerships.exists()


@every_judge
def test_a_promotion_says_nothing_of_another(
    promotion: Promotion, other_promotion: Promotion, alice: User, diane: User, appoint: Appoint
) -> None:
    make.submitted(promotion, alice)
    appoint(other_promotion, alice, diane)
    assert judges(alice, other_promotion)
    assert not judges(alice, promotion)


@every_judge
def test_whoever_judges_signs_in_with_a_second_factor(
    promotion: Promotion, emile: User, diane: User, appoint: Appoint
) -> None:
    assert signed_in(emile).get(reverse("journey:dashboard")).status_code == 200
    appoint(promotion, emile, diane)
    assert signed_in(emile).get(reverse("journey:dashboard")).url == reverse("mfa_index")


def test_the_database_holds_one_row_for_a_person_and_a_reason_for_those_who_judge(
    promotion: Promotion, alice: User
) -> None:
    now = timezone.now()
    Side.objects.create(promotion=promotion, person=alice, stand=Stand.APPLIES, since=now)
    with pytest.raises(IntegrityError, match="nobody_applies_and_judges"), transaction.atomic():
        Side.objects.create(
            promotion=promotion, person=alice, stand=Stand.JUDGES, duties=[Duty.AUDITION], since=now
        )
    with pytest.raises(IntegrityError, match="whoever_judges_has_a_duty"), transaction.atomic():
        Side.objects.filter(person=alice).update(stand=Stand.JUDGES)


# --- Pages ------------------------------------------------------------------------------------------------


def test_the_page_of_the_project_jurors_says_who_applies(
    promotion: Promotion, alice: User, diane: User
) -> None:
    make.submitted(promotion, alice)
    answer = signed_in(diane).post(
        reverse("projects:staff_project_juror_list", args=[promotion.code]),
        {"email": alice.email, "first_name": "Alice", "last_name": "Aubert", "kind": "dinum"},
    )
    assert answer.status_code == 422
    assert "est candidat·e à cette promotion" in answer.text


def test_a_candidate_who_accepts_to_read_is_told_and_the_link_still_serves(
    promotion: Promotion, alice: User, diane: User
) -> None:
    application = make.submitted(promotion, alice)
    link = _link(promotion, alice.email, by=diane)
    browser = signed_in(alice)
    assert "est candidat·e à cette promotion" in browser.post(link, follow=True).text
    withdraw_application_record(application, by=alice, at=timezone.now())
    browser.post(link)
    assert judges(alice, promotion, duty=Duty.APPLICATION_READING)


# --- Through every verified address -----------------------------------------------------------------------


def _link(promotion: Promotion, email: str, *, by: User) -> str:
    """The personal link of an invitation to read, as its mail carries it."""
    sent = invite_by_mail(
        email, purpose="application-reader", subject=promotion.code, by=by, at=timezone.now()
    )
    body = Message.objects.get(key=f"invited:{sent.pk}").body
    found = re.search(r"/invitation/\S+", body)
    assert found
    return found[0]


def test_a_candidate_is_not_named_by_their_second_address(
    promotion: Promotion, alice: User, diane: User
) -> None:
    second_address(alice, "alice@ministere.example")
    make.submitted(promotion, alice)
    accounts = User.objects.count()
    with pytest.raises(IsCandidate):
        interviews.appoint_by_email(
            promotion, email="Alice@Ministere.example", first_name="A", last_name="A", kind="agent",
            by=diane, at=timezone.now(),
        )  # fmt: skip
    answer = signed_in(diane).post(
        reverse("projects:staff_project_juror_list", args=[promotion.code]),
        {"email": "alice@ministere.example", "first_name": "A", "last_name": "A", "kind": "dinum"},
    )
    assert "est candidat·e à cette promotion" in answer.text
    assert User.objects.count() == accounts


def test_whoever_was_named_by_an_address_they_prove_later_may_not_apply(
    promotion: Promotion, alice: User, diane: User
) -> None:
    """The team opened an account at an address; its person has another account, where they prove it."""
    interviews.appoint_by_email(
        promotion, email="alice@ministere.example", first_name="A", last_name="A", kind="outside",
        by=diane, at=timezone.now(),
    )  # fmt: skip
    application = make.ready(promotion, alice)
    second_address(alice, "alice@ministere.example")
    assert judges(alice, promotion)
    with pytest.raises(MayNotApply):
        submit_application(application, by=alice)


def test_two_accounts_of_one_person_are_asked_both_ways(promotion: Promotion, alice: User) -> None:
    opened = User.objects.create_user("alice@ministere.example", None, first_name="A", last_name="A")
    second_address(alice, "alice@ministere.example")
    assert set(accounts_of(alice)) == set(accounts_of(opened)) == {alice.pk, opened.pk}
    assert person_at("alice@ministere.example") == alice
    make.submitted(promotion, alice)
    with pytest.raises(IsCandidate):
        stand_as_judge(promotion, person=opened, duty=Duty.AUDITION, at=timezone.now())


def test_an_address_that_was_not_proved_is_nobodys(promotion: Promotion, alice: User, diane: User) -> None:
    second_address(alice, "emile@ministere.example", verified=False)
    make.submitted(promotion, alice)
    named = interviews.appoint_by_email(
        promotion, email="emile@ministere.example", first_name="Émile", last_name="É", kind="outside",
        by=diane, at=timezone.now(),
    )  # fmt: skip
    assert named.person != alice
    assert not judges(alice, promotion)


def test_an_invitation_to_a_second_address_is_accepted(
    promotion: Promotion, alice: User, diane: User
) -> None:
    second_address(alice, "alice@ministere.example")
    link = _link(promotion, "alice@ministere.example", by=diane)
    browser = signed_in(alice)
    assert "pour une autre adresse" not in browser.get(link).text
    browser.post(link)
    assert judges(alice, promotion, duty=Duty.APPLICATION_READING)


def test_an_invitation_to_an_address_that_was_not_proved_is_somebody_elses(
    promotion: Promotion, alice: User, diane: User
) -> None:
    second_address(alice, "alice@ministere.example", verified=False)
    link = _link(promotion, "alice@ministere.example", by=diane)
    browser = signed_in(alice)
    assert "pour une autre adresse" in browser.get(link).text
    browser.post(link)
    assert not judges(alice)


def test_whoever_writes_a_project_is_not_invited_again_by_their_second_address(
    promotion: Promotion, badis: User
) -> None:
    second_address(badis, "badis@ministere.example")
    project = make_project.draft(promotion, lead=badis)
    with pytest.raises(AlreadyEditor):
        invite_editor(project, email="badis@ministere.example", by=badis, at=timezone.now())


# --- What frees -------------------------------------------------------------------------------------------


def test_a_withdrawal_frees_to_judge(promotion: Promotion, alice: User, diane: User) -> None:
    application = make.submitted(promotion, alice)
    withdraw_application_record(application, by=alice, at=timezone.now())
    _project_juror(promotion, alice, diane)
    assert judges(alice, promotion, duty=Duty.PROJECT_JURY)


def test_a_juror_who_refuses_to_come_may_apply_and_then_no_longer_come(
    promotion: Promotion, alice: User, diane: User
) -> None:
    now = timezone.now()
    member = juror(promotion, diane, alice)
    day = HalfDay.objects.create(promotion=promotion, during=(morning(), morning() + timedelta(hours=3)))
    invitation = invite_to_sit(member, half_days=1, by=diane, at=now)
    answer_invitation(invitation, comes=False, at=now)
    assert not judges(alice, promotion)
    make.submitted(promotion, alice)
    with pytest.raises(IsCandidate), transaction.atomic():
        answer_invitation(invitation, comes=True, half_days=[day], most=1, at=now)
    with pytest.raises(IsCandidate), transaction.atomic():
        panel(promotion, diane, [member])
    page = signed_in(diane).post(
        reverse("interviews:availability_edit", args=[promotion.code, member.code]),
        {"half_days": [day.pk], "most": 1},
    )
    assert "est candidat·e à cette promotion" in page.text


def test_a_juror_who_refuses_after_being_seated_judges_until_the_seat_is_free(
    promotion: Promotion, alice: User, diane: User
) -> None:
    now = timezone.now()
    member = juror(promotion, diane, alice)
    row = panel(promotion, diane, [member])
    set_availability(member, half_days=[], most=0, by=diane, at=now)
    assert judges(alice, promotion, duty=Duty.AUDITION)
    interviews.unseat_juror(row, juror=member, by=diane, at=now)
    assert not judges(alice, promotion)
    interviews.seat_juror(row, juror=member, by=diane, at=now)
    assert judges(alice, promotion)
    interviews.remove_panel(row, by=diane, at=now)
    assert not judges(alice, promotion)


def test_a_reader_who_leaves_judges_as_long_as_a_mark_of_theirs_counts(
    promotion: Promotion, alice: User, badis: User, diane: User
) -> None:
    for who in (alice, badis):
        make.reader(promotion, who)
    make.signed(make.submitted(promotion), badis)
    for who in (alice, badis):
        dismiss_reader(promotion, person=who, by=diane, at=timezone.now())
    assert not judges(alice, promotion)
    assert judges(badis, promotion)


def test_whoever_judges_for_two_reasons_judges_until_the_last(
    promotion: Promotion, alice: User, diane: User
) -> None:
    for appoint in (_project_reader, _project_juror):
        appoint(promotion, alice, diane)
    stop_judging(promotion, person=alice, duty=Duty.PROJECT_READING)
    assert judges(alice, promotion)
    stop_judging(promotion, person=alice, duty=Duty.PROJECT_JURY)
    start_application(promotion, by=alice, at=timezone.now())


def test_an_erased_person_stands_nowhere(promotion: Promotion, alice: User, claire: User) -> None:
    make.submitted(promotion, alice)
    make.reader(promotion, claire)
    assert Side.objects.count() == 2
    for who in (alice, claire):
        erase_person(who, at=timezone.now())
    assert not Side.objects.exists()


def test_an_application_whose_time_has_come_leaves_its_person_free(promotion: Promotion, alice: User) -> None:
    application = make.submitted(promotion, alice)
    erase_records(
        APPLICATION, [application.pk], clock="refused_applications", promotion_code=promotion.code,
        at=timezone.now(),
    )  # fmt: skip
    assert not Side.objects.exists()


# --- What was written before --------------------------------------------------------------------------------


def test_the_sides_of_a_former_build_are_filled_and_whoever_was_on_both_judges(
    promotion: Promotion, alice: User, badis: User, claire: User, emile: User, diane: User
) -> None:
    make.submitted(promotion, alice)
    both = make.submitted(promotion, badis)
    make.draft(promotion, emile)
    for appoint in (_project_reader, _project_juror):
        appoint(promotion, claire, diane)
    refused = juror(promotion, diane, emile)
    set_availability(refused, half_days=[], most=0, by=diane, at=timezone.now())
    Side.objects.filter(person=badis).delete()
    HearingJuror.objects.create(promotion=promotion, person=badis, kind="dinum", appointed_at=timezone.now())
    Side.objects.all().delete()
    with connection.cursor() as cursor:
        for statement in connection.ops.prepare_sql_script(filling.FILL):
            cursor.execute(statement)
    found = {side.person: side for side in Side.objects.select_related("person")}
    assert set(found) == {alice, badis, claire}
    assert found[badis].stand == Stand.JUDGES
    assert found[badis].duties == [Duty.PROJECT_JURY]
    assert found[claire].duties == [Duty.PROJECT_JURY, Duty.PROJECT_READING]
    assert found[alice].stand == Stand.APPLIES
    both.refresh_from_db()
    assert both.status == Status.SUBMITTED
