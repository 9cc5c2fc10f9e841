"""No rank is visible to a juror before scores are locked, not even to those of the team who also judge."""

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.exports.sources import source_of
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.actions.founding import create_promotion
from journey.middleware import SECRET_DOORS
from matching.interviews import actions
from matching.interviews.models import Audition, Juror
from matching.ranking.urls import staff_urls
from matching.teams.models import Offer, Team
from matching.teams.queries.listing import OFFERS
from projects.models import Project
from tests.factories import candidates as make
from tests.factories.interviews import juror, morning, panel, placed, signed
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import person, signed_in


@pytest.fixture
def project(promotion: Promotion) -> Project:
    return published_project(promotion, "Lire les cartes")


@pytest.fixture
def application(promotion: Promotion, alice: User, project: Project) -> Application:
    row = shortlisted(promotion, alice)
    ranking(row, [published_project(promotion, "Compter les oiseaux"), project], certified=True)
    return row


@pytest.fixture
def judge(promotion: Promotion, diane: User) -> Juror:
    """Diane, of the programme team, who also sits."""
    return juror(promotion, diane, diane)


@pytest.fixture
def audition(application: Application, project: Project, judge: Juror, diane: User) -> Audition:
    table = panel(project.promotion, diane, [judge, juror(project.promotion, diane)], starts=morning(-1))
    return placed(application, project, diane, table, told=True)


def doors_on(application: Application, project: Project) -> list[str]:
    code = application.promotion.code
    return [
        reverse("ranking:ranking_demand", args=[code]),
        reverse("ranking:ranking_detail", args=[code, application.code]),
        reverse("interviews:allocation_explain", args=[code, application.code]),
        reverse("interviews:standing_list", args=[code]),
        reverse("interviews:standing_show", args=[code, project.code]),
    ]


def test_one_of_the_team_who_judges_reads_no_rank_before_scores_are_locked(
    audition: Audition, application: Application, project: Project, diane: User
) -> None:
    browser = signed_in(diane)
    for door in doors_on(application, project):
        answer = browser.get(door)
        assert answer.status_code == 403, door
        assert "Vous siégez dans un jury" in answer.content.decode()
        assert "Compter les oiseaux" not in answer.content.decode()


def test_nor_in_the_letters_that_say_the_order_of_wishes(
    audition: Audition, promotion: Promotion, diane: User, denis: User
) -> None:
    letter = Message.objects.get(kind="ranking/ranking_certified")
    where = reverse("journey:staff_mail_detail", args=[promotion.code, letter.code])
    assert "Compter les oiseaux" not in signed_in(diane).get(where).content.decode()
    assert "1. Compter les oiseaux" in signed_in(denis).get(where).content.decode()


def test_the_rest_of_the_team_reads_them(
    audition: Audition, application: Application, project: Project, denis: User
) -> None:
    for door in doors_on(application, project):
        assert signed_in(denis).get(door).status_code == 200, door


def test_ranks_are_read_again_once_every_card_is_signed(
    audition: Audition, application: Application, project: Project, judge: Juror, diane: User
) -> None:
    actions.mark_heard(audition, by=diane, at=timezone.now())
    browser = signed_in(diane)
    signed(audition, judge)
    # The other juror can still change their marks: the scores are not locked.
    assert browser.get(doors_on(application, project)[0]).status_code == 403
    other = Juror.objects.exclude(pk=judge.pk).get()
    signed(audition, other)
    for door in doors_on(application, project):
        assert browser.get(door).status_code == 200, door


def test_a_juror_of_the_team_reads_the_other_card_after_signing_theirs(
    audition: Audition, promotion: Promotion, judge: Juror, diane: User, denis: User
) -> None:
    actions.mark_heard(audition, by=diane, at=timezone.now())
    other = Juror.objects.exclude(pk=judge.pk).get()
    signed(audition, other)
    where = reverse("interviews:audition_show", args=[promotion.code, audition.code])
    assert "Échange franc." not in signed_in(diane).get(where).content.decode()
    assert "Échange franc." in signed_in(denis).get(where).content.decode()
    signed(audition, judge)
    assert "Échange franc." in signed_in(diane).get(where).content.decode()


def test_an_audition_still_to_come_keeps_them_secret(
    audition: Audition, application: Application, project: Project, judge: Juror, diane: User
) -> None:
    actions.mark_heard(audition, by=diane, at=timezone.now())
    for each in Juror.objects.all():
        signed(audition, each)
    late = shortlisted(project.promotion, person("Late", "Lenoir"))
    actions.plan_audition(late, project=project, by=diane, at=timezone.now())
    assert signed_in(diane).get(doors_on(application, project)[0]).status_code == 403


def test_whoever_judges_another_promotion_is_not_concerned(
    application: Application, project: Project, diane: User
) -> None:
    other = create_promotion("eig6", by=None, at=timezone.now(), code="eig-7", number=7)
    juror(other, diane, diane)
    assert signed_in(diane).get(doors_on(application, project)[0]).status_code == 200


def test_neither_the_list_of_offers_nor_its_export_says_a_rank_to_whoever_judges(
    audition: Audition, application: Application, project: Project, diane: User, denis: User
) -> None:
    promotion, now = application.promotion, timezone.now()
    Offer.objects.create(
        promotion=promotion,
        team=Team.objects.create(promotion=promotion, project=project, created_at=now),
        application=application,
        trade=application.trades.order_by("pk")[0],
        wish=2,
        created_at=now,
    )
    source = source_of(OFFERS.code)
    assert source is not None
    assert source.build(promotion, {}, denis).total == 1
    assert source.build(promotion, {}, diane).total == 0


def test_every_secret_door_exists_and_knows_its_promotion() -> None:
    for name in SECRET_DOORS:
        room, door = name.split(":")
        _, (_, resolver) = room, get_resolver().namespace_dict[room]
        ((_, arguments),) = [way for ways in resolver.reverse_dict.getlist(door) for way in ways[0]]
        assert "promotion" in arguments, name


def test_a_new_door_of_the_team_on_wishes_is_secret_unless_said_otherwise() -> None:
    """Who certified, the invitation, the closing and the announcement of a change tell no rank."""
    doors = {f"ranking:{door.name}" for door in staff_urls}
    telling_nothing = {
        f"ranking:{name}" for name in ("ranking_list", "ranking_invite", "ranking_close", "change_announce")
    }
    assert doors - SECRET_DOORS == telling_nothing


def test_one_of_the_team_who_judges_by_their_second_address_reads_no_rank_either(
    application: Application, project: Project, diane: User
) -> None:
    actions.appoint_by_email(
        project.promotion, email="diane@ministere.example", first_name="D", last_name="D", kind="agent",
        by=diane, at=timezone.now(),
    )  # fmt: skip
    assert signed_in(diane).get(doors_on(application, project)[0]).status_code == 200
    diane.emailaddress_set.create(email="diane@ministere.example", verified=True, primary=False)
    assert signed_in(diane).get(doors_on(application, project)[0]).status_code == 403


def test_a_reader_of_the_team_reads_the_ranks(
    application: Application, project: Project, diane: User
) -> None:
    make.reader(project.promotion, diane)
    assert signed_in(diane).get(doors_on(application, project)[0]).status_code == 200
