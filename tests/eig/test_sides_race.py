"""Applying and judging at the same moment: one of the two is done, the other is refused in words."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from candidates.actions import MayNotApply, submit_application, withdraw_application_record
from candidates.choices import Status
from eig.accounts.models import User
from eig.evaluation.choices import Stage
from eig.juries.actions import IsCandidate, appoint_reader
from eig.juries.choices import Stand
from eig.juries.models import Side
from eig.promotions.models import Promotion
from matching.interviews.actions import appoint_juror
from projects.actions.jury import appoint_project_juror
from tests.factories import candidates as make
from tests.people import person
from tests.together import second_while_first, together

pytestmark = pytest.mark.django_db(transaction=True)

Appoint = Callable[[Promotion, User, User], object]
APPOINTMENTS: dict[str, Appoint] = {
    "reader": lambda promotion, who, by: appoint_reader(
        who, promotion=promotion, stage=Stage.APPLICATION_READING, by=by, at=timezone.now()
    ),
    "project juror": lambda promotion, who, by: appoint_project_juror(
        promotion, person=who, kind="agent", by=by, at=timezone.now()
    ),
    "juror": lambda promotion, who, by: appoint_juror(
        promotion, person=who, kind="agent", by=by, at=timezone.now()
    ),
}
every_judge = pytest.mark.parametrize("appoint", APPOINTMENTS.values(), ids=APPOINTMENTS)


@every_judge
def test_whoever_is_named_while_an_application_is_handed_in_is_refused(
    promotion_committed: Promotion, appoint: Appoint
) -> None:
    alice, diane = person("Alice", "Aubert"), person("Diane", "Delmas", staff=True)
    application = make.ready(promotion_committed, alice)
    refused = second_while_first(
        lambda: submit_application(application, by=alice), lambda: appoint(promotion_committed, alice, diane)
    )
    assert isinstance(refused, IsCandidate)
    assert Side.objects.get().stand == Stand.APPLIES


@every_judge
def test_an_application_handed_in_while_its_person_is_named_is_refused(
    promotion_committed: Promotion, appoint: Appoint
) -> None:
    alice, diane = person("Alice", "Aubert"), person("Diane", "Delmas", staff=True)
    application = make.ready(promotion_committed, alice)
    refused = second_while_first(
        lambda: appoint(promotion_committed, alice, diane), lambda: submit_application(application, by=alice)
    )
    assert isinstance(refused, MayNotApply)
    assert Side.objects.get().stand == Stand.JUDGES
    application.refresh_from_db()
    assert application.status == Status.DRAFT


def test_whoever_is_named_while_they_withdraw_is_named(promotion_committed: Promotion) -> None:
    alice, diane = person("Alice", "Aubert"), person("Diane", "Delmas", staff=True)
    application = make.submitted(promotion_committed, alice)
    refused = second_while_first(
        lambda: withdraw_application_record(application, by=alice, at=timezone.now()),
        lambda: APPOINTMENTS["juror"](promotion_committed, alice, diane),
    )
    assert refused is None
    assert Side.objects.get().stand == Stand.JUDGES


def test_two_accounts_of_one_person_race_as_one(promotion_committed: Promotion) -> None:
    alice, diane = person("Alice", "Aubert"), person("Diane", "Delmas", staff=True)
    opened = User.objects.create_user("alice@ministere.example", None, first_name="A", last_name="A")
    alice.emailaddress_set.create(email=opened.email, verified=True, primary=False)
    application = make.ready(promotion_committed, alice)
    refused = second_while_first(
        lambda: submit_application(application, by=alice),
        lambda: APPOINTMENTS["project juror"](promotion_committed, opened, diane),
    )
    assert isinstance(refused, IsCandidate)


def test_at_the_same_instant_exactly_one_is_done(promotion_committed: Promotion) -> None:
    diane = person("Diane", "Delmas", staff=True)
    for rank in range(8):
        who = person("Alice", f"Aubert {rank}")
        application = make.ready(promotion_committed, who)
        raised = together(
            lambda application=application, who=who: submit_application(application, by=who),
            lambda who=who: APPOINTMENTS["project juror"](promotion_committed, who, diane),
            lambda who=who: APPOINTMENTS["reader"](promotion_committed, who, diane),
        )
        application.refresh_from_db()
        side = Side.objects.get(person=who)
        if application.status == Status.SUBMITTED:
            assert side.stand == Stand.APPLIES
            assert [type(error) for error in raised] == [IsCandidate, IsCandidate]
        else:
            assert side.stand == Stand.JUDGES
            assert len(side.duties) == 2
            assert [type(error) for error in raised] == [MayNotApply]
