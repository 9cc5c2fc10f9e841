"""Each juror marks alone and signs; scores are complete or absent; whoever steps aside counts for nothing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Recusal, Sheet
from eig.evaluation.queries import grid_of
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Scorecard
from matching.interviews.queries import (
    auditions_visible_to,
    missing_before_deliberation,
    my_cards,
    others_cards,
    scores,
    standings,
    standings_by_position,
)
from projects.models import Project
from tests.factories.interviews import card, juror, marks, panel, placed, planned, signed
from tests.factories.ranking import published_project, shortlisted


@pytest.fixture
def project(promotion: Promotion) -> Project:
    return published_project(promotion)


@pytest.fixture
def jurors(promotion: Promotion, diane: User, claire: User) -> list[Juror]:
    return [juror(promotion, diane, claire), juror(promotion, diane), juror(promotion, diane)]


@pytest.fixture
def audition(promotion: Promotion, project: Project, jurors: list[Juror], diane: User) -> Audition:
    return placed(shortlisted(promotion), project, diane, panel(promotion, diane, jurors), told=True)


def after(audition: Audition) -> object:
    return audition.during.upper + timedelta(minutes=1)


def test_the_score_comes_with_the_last_signature(
    audition: Audition, jurors: list[Juror], promotion: Promotion
) -> None:
    signed(audition, jurors[0], 4)
    audition.refresh_from_db()
    assert (audition.status, audition.cards_signed, audition.score) == (AuditionStatus.HEARD, 1, None)
    signed(audition, jurors[1], 3)
    signed(audition, jurors[2], 3)
    audition.refresh_from_db()
    assert (audition.cards_signed, audition.score) == (3, (24 + 18 + 18) * 20)
    assert scores(promotion) == {(audition.application_id, audition.project_id): audition.score}


def test_a_draft_is_kept_as_it_grows(audition: Audition, jurors: list[Juror], claire: User) -> None:
    row = card(audition, jurors[0])
    actions.save_scorecard(row, by=claire, at=after(audition), marks={"skills": 4}, comment="Clair")
    actions.save_scorecard(row, by=claire, at=after(audition), marks={"interest": 5}, comment="Très clair")
    row.sheet.refresh_from_db()
    assert row.sheet.comment == "Très clair"
    assert dict(row.sheet.marks.values_list("criterion__code", "value")) == {"skills": 4, "interest": 5}


def test_signing_needs_every_mark(audition: Audition, jurors: list[Juror], claire: User) -> None:
    row = card(audition, jurors[0])
    actions.save_scorecard(row, by=claire, at=after(audition), marks={"skills": 4})
    with pytest.raises(actions.MarksMissing, match="Il reste à noter"):
        actions.sign_scorecard(row, by=claire, at=after(audition))
    audition.refresh_from_db()
    assert audition.status == AuditionStatus.PLACED


def test_a_low_mean_needs_words(
    audition: Audition, jurors: list[Juror], promotion: Promotion, claire: User
) -> None:
    row = card(audition, jurors[0])
    actions.save_scorecard(row, by=claire, at=after(audition), marks=marks(promotion, 2))
    with pytest.raises(actions.MarksMissing, match="appréciation générale"):
        actions.sign_scorecard(row, by=claire, at=after(audition))
    actions.save_scorecard(
        row, by=claire, at=after(audition), marks=marks(promotion, 2), comment="Bases absentes."
    )
    actions.sign_scorecard(row, by=claire, at=after(audition))


def test_marks_stay_within_the_scale(audition: Audition, jurors: list[Juror], claire: User) -> None:
    with pytest.raises(actions.MarksMissing, match="entre 0 et 5"):
        actions.save_scorecard(card(audition, jurors[0]), by=claire, at=after(audition), marks={"skills": 6})


def test_nobody_signs_for_another_nor_before_the_time_nor_twice(
    audition: Audition, jurors: list[Juror], claire: User, promotion: Promotion
) -> None:
    row = card(audition, jurors[0])
    actions.save_scorecard(row, by=claire, at=after(audition), marks=marks(promotion))
    with pytest.raises(actions.NotHeld, match="une fois la personne entendue"):
        actions.sign_scorecard(row, by=claire, at=audition.during.lower - timedelta(minutes=1))
    with pytest.raises(actions.SheetClosed):
        actions.save_scorecard(row, by=jurors[1].person, at=after(audition), marks=marks(promotion))
    actions.sign_scorecard(row, by=claire, at=after(audition))
    with pytest.raises(actions.SheetClosed):
        actions.sign_scorecard(row, by=claire, at=after(audition))


def test_signed_marks_are_frozen_by_the_database(audition: Audition, jurors: list[Juror]) -> None:
    row = signed(audition, jurors[0])
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        row.sheet.marks.update(value=5)


def test_an_audition_that_does_not_take_place_is_not_marked(
    audition: Audition, jurors: list[Juror], claire: User, diane: User
) -> None:
    row = card(audition, jurors[0])
    actions.mark_absent(audition, by=diane, at=audition.during.lower)
    with pytest.raises(actions.NotHeld):
        actions.save_scorecard(row, by=claire, at=after(audition), marks={"skills": 4})


def test_others_are_read_only_after_signing(
    audition: Audition, jurors: list[Juror], promotion: Promotion
) -> None:
    grid = grid_of(promotion, Stage.AUDITION)
    signed(audition, jurors[1], 5)
    assert others_cards(card(audition, jurors[0]), grid) == []
    mine = signed(audition, jurors[0], 3)
    (other,) = others_cards(card(audition, jurors[0]), grid)
    assert (other.juror, other.mean) == (str(jurors[1]), "5,00 / 5")
    assert mine.sheet.status == SheetStatus.SIGNED


# --- Stepping aside ----------------------------------------------------------------------------------


def test_a_recusal_takes_the_cards_out_and_closes_the_dossier(
    audition: Audition, jurors: list[Juror], claire: User
) -> None:
    signed(audition, jurors[1], 4)
    signed(audition, jurors[2], 4)
    signed(audition, jurors[0], 1)
    audition.refresh_from_db()
    assert audition.score == 3 * 6 * 60
    actions.recuse_juror(
        jurors[0], application=audition.application, reason="Ancien élève", by=claire, at=timezone.now()
    )
    audition.refresh_from_db()
    assert (audition.cards_signed, audition.score) == (2, 4 * 6 * 60)
    assert not my_cards(claire).exists()
    assert not auditions_visible_to(claire).exists()
    assert Recusal.objects.get().subject_id == audition.application_id


def test_the_score_no_longer_waits_for_someone_who_stepped_aside(
    audition: Audition, jurors: list[Juror], claire: User
) -> None:
    signed(audition, jurors[1], 4)
    signed(audition, jurors[2], 2)
    actions.recuse_juror(
        jurors[0], application=audition.application, reason="Voisin", by=claire, at=timezone.now()
    )
    audition.refresh_from_db()
    assert audition.score == 3 * 6 * 60


def test_who_stepped_aside_receives_no_new_card(
    promotion: Promotion, jurors: list[Juror], audition: Audition, claire: User, diane: User
) -> None:
    actions.recuse_juror(
        jurors[0], application=audition.application, reason="Voisin", by=claire, at=timezone.now()
    )
    second = planned(audition.application, published_project(promotion), diane)
    slot = audition.slot.panel.slots.filter(audition__isnull=True).order_by("during")[0]
    actions.place_audition(second, slot=slot, by=diane, at=timezone.now())
    assert {row.juror for row in Scorecard.objects.filter(audition=second)} == set(jurors[1:])


def test_a_reason_is_asked(audition: Audition, jurors: list[Juror], claire: User) -> None:
    with pytest.raises(actions.ReasonNeeded):
        actions.recuse_juror(
            jurors[0], application=audition.application, reason="  ", by=claire, at=timezone.now()
        )


def test_the_database_refuses_a_card_in_conflict_both_ways(
    audition: Audition, jurors: list[Juror], promotion: Promotion, claire: User, diane: User
) -> None:
    row = {
        "promotion": promotion,
        "person": claire,
        "subject_type": "candidates.application",
        "subject_id": audition.application_id,
        "reason": "Voisin",
        "declared_at": timezone.now(),
        "declared_by": claire,
    }
    with pytest.raises(DatabaseError, match="still holds a sheet"), transaction.atomic():
        Recusal.objects.create(**row)
    actions.recuse_juror(
        jurors[0], application=audition.application, reason="Voisin", by=claire, at=timezone.now()
    )
    second = planned(audition.application, published_project(promotion), diane)
    sheet = Sheet.objects.create(
        grid=grid_of(promotion, Stage.AUDITION).grid, evaluator=claire, created_at=timezone.now()
    )
    with pytest.raises(DatabaseError, match="stepped aside"), transaction.atomic():
        Scorecard.objects.create(audition=second, juror=jurors[0], sheet=sheet)


# --- Standings ---------------------------------------------------------------------------------------


def test_ties_share_their_rank_per_project_and_per_position(promotion: Promotion, diane: User) -> None:
    project = published_project(promotion, trades=["developpement", "design"])
    jury = [juror(promotion, diane), juror(promotion, diane)]
    row = panel(promotion, diane, jury)
    people = [
        (shortlisted(promotion, trades=["developpement"]), 4),
        (shortlisted(promotion, trades=["developpement", "design"]), 4),
        (shortlisted(promotion, trades=["design"]), 2),
    ]
    for application, value in people:
        audition = placed(application, project, diane, row)
        for member in jury:
            signed(audition, member, value)
    unfinished = placed(shortlisted(promotion), project, diane, row)
    signed(unfinished, jury[0], 5)
    lines = standings(project)
    assert [line.rank for line in lines] == [1, 1, 3, 0]
    assert [line.tied for line in lines] == [True, True, False, False]
    assert lines[0].mean == "4,00 / 5"
    by_trade = {position.trade.code: found for position, found in standings_by_position(project, lines)}
    assert [line.rank for line in by_trade["design"]] == [1, 2]
    assert [line.rank for line in by_trade["developpement"]] == [1, 1, 0]


def test_what_is_missing_before_deliberating(
    promotion: Promotion, audition: Audition, jurors: list[Juror]
) -> None:
    assert [item.label for item in missing_before_deliberation(promotion)] == [
        "Auditions placées, ni entendues ni annulées"
    ]
    signed(audition, jurors[0])
    labels = {item.label: item.number for item in missing_before_deliberation(promotion)}
    assert labels == {"Fiches de notation à signer": 2, "Auditions entendues sans note complète": 1}
    signed(audition, jurors[1])
    signed(audition, jurors[2])
    assert missing_before_deliberation(promotion) == []
    shortlisted(promotion)
    assert [item.label for item in missing_before_deliberation(promotion)] == [
        "Personnes présélectionnées sans audition"
    ]
