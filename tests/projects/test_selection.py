"""The check-list and its letter, the readers' queue, profiles proposed and answered."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from eig.documents.models import Print
from eig.evaluation.actions import NothingLeft
from eig.evaluation.rules import distribution
from eig.mail.models import Message
from projects.actions import (
    AnswerMissing,
    ConditionUnmet,
    SeatsOutOfRange,
    UnknownCondition,
    accept_eligibility,
    accept_proposal,
    ask_reading,
    check_eligibility,
    propose_position,
    refuse_eligibility,
    return_proposal,
    take_next,
)
from projects.queries import reading_board
from projects.queries.eligibility import check_list, refusal_built
from projects.queries.proposal import proposals_awaited
from tests.factories import hearings as hearings_make
from tests.factories import projects as make
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now


def answers(project, **unmet):
    codes = [item["code"] for item in project.promotion.project_conditions]
    return {code: (code not in unmet, unmet.get(code, "")) for code in codes}


def test_a_condition_that_is_not_met_bars_the_way(promotion, diane):
    project = make.submitted(promotion)
    assert [line.answer for line in check_list(project)] == [None] * 6
    check_eligibility(
        project, answers=answers(project, financing="Aucun programme cité."), by=diane, at=NOW()
    )
    with pytest.raises(ConditionUnmet):
        accept_eligibility(project, by=diane, at=NOW())
    # Looked at again, it is met.
    check_eligibility(project, answers=answers(project), by=diane, at=NOW())
    accept_eligibility(project, by=diane, at=NOW())
    assert project.status == "eligible"
    with pytest.raises(UnknownCondition):
        check_eligibility(project, answers={"couleur": (True, "")}, by=diane, at=NOW())


def test_the_letter_is_built_from_the_reasons(promotion, diane):
    project = make.submitted(promotion)
    check_eligibility(
        project, answers=answers(project, financing="Aucun programme cité.", digital=""), by=diane, at=NOW()
    )
    built = refusal_built(check_list(project))
    assert "Aucun programme cité." in built
    assert len(built.split("\n\n")) == 2
    page = signed_in(diane).get(
        reverse("projects:staff_eligibility_refuse", args=[promotion.code, project.code])
    )
    assert "Aucun programme cité." in page.content.decode()
    refuse_eligibility(project, reason=built, by=diane, at=NOW())
    letter = Message.objects.get(kind="projects/project_ineligible")
    assert "Aucun programme cité." in letter.body
    assert Print.objects.filter(kind="projects.ineligibility_letter", subject_id=project.pk).count() == 1


def test_the_check_list_is_filled_on_a_page(promotion, diane):
    project = make.submitted(promotion)
    url = reverse("projects:staff_eligibility_check", args=[promotion.code, project.code])
    client = signed_in(diane)
    assert client.get(url).status_code == 200
    data = {f"met_{line.code}": "yes" for line in check_list(project)} | {"met_digital": "no"}
    assert client.post(url, data).status_code == 302
    assert "Relire le courrier" in client.get(url).content.decode()


def plan_of(promotion):
    board = reading_board(promotion)
    return distribution(board.rows, board.loads, barred=board.barred).pairs


def test_the_queue_hands_out_what_lacks_readings_most(promotion):
    read, unread = make.eligible(promotion), make.eligible(promotion)
    make.signed_reading(read)
    reader = make.reader(promotion)
    first = take_next(promotion, by=reader, at=NOW())
    assert first.project == unread
    assert first.held_until > NOW()
    assert take_next(promotion, by=reader, at=NOW()).project == read
    with pytest.raises(NothingLeft):
        take_next(promotion, by=reader, at=NOW())


def test_nobody_is_handed_a_project_they_are_tied_to(promotion):
    make.eligible(promotion)
    reader = make.reader(promotion)
    hearings_make.juror(promotion, who=reader, organisation="Office du littoral")
    with pytest.raises(NothingLeft):
        take_next(promotion, by=reader, at=NOW())
    assert plan_of(promotion) == ()


def test_one_reading_more_when_readers_differ(promotion, diane):
    project = make.eligible(promotion)
    make.signed_reading(project, relevance=0, entrepreneurship=0, commitment=0, transformation=0, openness=0)
    make.signed_reading(project, relevance=5, entrepreneurship=5, commitment=5, transformation=5, openness=5)
    third = make.reader(promotion)
    page = signed_in(diane).get(reverse("projects:staff_reading_list", args=[promotion.code]))
    assert "Avis éloignés" in page.content.decode()
    assert ask_reading(project, by=diane, at=NOW()).reader == third
    with pytest.raises(NothingLeft):
        ask_reading(project, by=diane, at=NOW())


def words(position, **changes):
    kept = {
        "trade": position.trade, "expertise": position.expertise, "must_have": position.must_have,
        "nice_to_have": position.nice_to_have, "seats": position.seats,
    }  # fmt: skip
    return {**kept, **changes}


def test_a_profile_changes_when_the_team_agrees_and_not_before(promotion, diane):
    project = make.laureate(promotion)
    lead, position = project.started_by, project.positions.order_by("pk")[0]
    before = position.expertise
    change = words(position, expertise="Cartographie marine")
    first = propose_position(position, by=lead, at=NOW(), **change)
    position.refresh_from_db()
    assert position.expertise == before
    [shown] = proposals_awaited(project)
    assert [(item.before, item.after) for item in shown.changes] == [(before, "Cartographie marine")]
    # Said again otherwise: the first proposal gives way.
    second = propose_position(position, by=lead, at=NOW(), **{**change, "must_have": "Python, SQL"})
    first.refresh_from_db()
    assert first.status == "replaced"
    with pytest.raises(AnswerMissing):
        return_proposal(second, answer=" ", by=diane, at=NOW())
    accept_proposal(second, by=diane, at=NOW())
    position.refresh_from_db()
    assert (position.expertise, position.must_have) == ("Cartographie marine", "Python, SQL")
    assert Message.objects.filter(kind="projects/proposal_answered").count() == 1
    assert propose_position(position, by=lead, at=NOW(), **words(position)) is None


def test_a_profile_sent_back_stays_as_it_was(promotion, diane):
    project = make.laureate(promotion)
    position = project.positions.order_by("pk")[0]
    proposal = propose_position(
        position, by=project.started_by, at=NOW(), **words(position, expertise="Tout")
    )
    url = reverse("projects:staff_proposal_answer", args=[promotion.code, project.code, proposal.code])
    client = signed_in(diane)
    assert "Profil proposé" in client.get(
        reverse("projects:staff_project_detail", args=[promotion.code, project.code])
    ).content.decode()  # fmt: skip
    client.post(url, {"deed": "return", "answer": "Précisez l’outil."})
    page = signed_in(project.started_by).get(
        reverse("projects:position_edit", args=[project.code, position.code])
    )
    assert "Précisez l’outil." in page.content.decode()
    position.refresh_from_db()
    assert position.expertise != "Tout"


def test_a_proposal_keeps_the_size_of_the_team(promotion):
    project = make.laureate(promotion)
    position = project.positions.order_by("pk")[0]
    with pytest.raises(SeatsOutOfRange), transaction.atomic():
        propose_position(position, by=project.started_by, at=NOW(), **words(position, seats=3))
