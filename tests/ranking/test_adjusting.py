"""A project withdrawn or changed after the closing: those concerned are told, and adjust that wish only."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.ranking import actions
from matching.ranking.choices import SnapshotReason, Status
from matching.ranking.models import Adjustment, Ranking, Snapshot
from matching.ranking.queries import wishes_by_application, wishes_of
from matching.ranking.rules import Freedom, adjustment_fault, placed
from projects.choices import Status as ProjectStatus
from projects.models import Project
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import signed_in


@pytest.fixture
def projects(promotion: Promotion) -> list[Project]:
    return [published_project(promotion, f"Projet {name}") for name in "ABCDE"]


@pytest.fixture
def mine(promotion: Promotion, alice: User, projects: list[Project], diane: User) -> Ranking:
    """A B C, certified, lists closed and frozen."""
    row = ranking(shortlisted(promotion, alice), projects[:3], certified=True)
    actions.close_rankings(promotion, by=diane)
    return row


def withdraw(project: Project, by: User) -> None:
    Project.objects.filter(pk=project.pk).update(status=ProjectStatus.WITHDRAWN)
    actions.drop_withdrawn_project(project, by=by, at=timezone.now())


def titles(row: Ranking) -> list[str]:
    return [wish.project.title[-1] for wish in wishes_of(row)]


def adjust(row: Ranking, projects: list[Project], by: User) -> None:
    row.refresh_from_db()
    actions.adjust_wishes(row, projects=projects, version=row.version, by=by)


def frozen(promotion: Promotion, row: Ranking) -> list[str]:
    last = Snapshot.objects.filter(promotion=promotion).order_by("-pk").first()
    found = {item["application"]: item["wishes"] for item in last.lists}
    return found[str(row.application.code)]


def test_a_withdrawn_wish_is_replaced_and_the_snapshot_follows(
    mine: Ranking, projects: list[Project], promotion: Promotion, alice: User, diane: User
) -> None:
    a, b, c, d, _ = projects
    withdraw(b, diane)
    assert frozen(promotion, mine) == [str(a.code), str(c.code)]
    assert "mettre un autre défi à sa place" in Message.objects.get(kind="ranking/wish_removed").body
    adjust(mine, [a, d, c], alice)
    mine.refresh_from_db()
    assert (mine.status, titles(mine)) == (Status.CERTIFIED, ["A", "D", "C"])
    assert frozen(promotion, mine) == [str(a.code), str(d.code), str(c.code)]
    assert wishes_by_application(promotion)[mine.application_id] == (a.pk, d.pk, c.pk)
    reasons = Snapshot.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == [SnapshotReason.CLOSING, SnapshotReason.WITHDRAWAL, SnapshotReason.ADJUSTMENT]
    assert Message.objects.filter(kind="ranking/wishes_adjusted").count() == 1


def test_the_right_is_used_once(mine: Ranking, projects: list[Project], alice: User, diane: User) -> None:
    a, b, c, d, e = projects
    withdraw(b, diane)
    adjust(mine, [a, d, c], alice)
    with pytest.raises(actions.NothingToAdjust):
        adjust(mine, [a, e, c], alice)


def test_only_this_wish_changes(mine: Ranking, projects: list[Project], alice: User, diane: User) -> None:
    a, b, c, d, e = projects
    withdraw(b, diane)
    for order in ([c, a], [a], [a, d, e, c], [d, c], []):
        with pytest.raises(actions.UnfairAdjustment):
            adjust(mine, order, alice)
    assert titles(mine) == ["A", "C"]


def test_only_those_concerned_may(
    mine: Ranking, projects: list[Project], promotion: Promotion, diane: User
) -> None:
    other = Ranking.objects.exclude(pk=mine.pk).first()
    assert other is None
    withdraw(projects[4], diane)
    with pytest.raises(actions.NothingToAdjust, match="aucun de vos vœux"):
        adjust(mine, projects[:2], mine.application.candidate)


def test_the_delay_is_the_promotion_s_and_the_database_judges_it(
    mine: Ranking, projects: list[Project], promotion: Promotion, alice: User, diane: User
) -> None:
    Promotion.objects.filter(pk=promotion.pk).update(wish_adjustment_days=7)
    projects[1].refresh_from_db()
    withdraw(Project.objects.select_related("promotion").get(pk=projects[1].pk), diane)
    adjustment = Adjustment.objects.get()
    assert timedelta(days=7) <= adjustment.until - adjustment.opened_at < timedelta(days=8)
    Adjustment.objects.update(
        opened_at=timezone.now() - timedelta(days=9), until=timezone.now() - timedelta(seconds=1)
    )
    with pytest.raises(actions.NothingToAdjust, match="délai"):
        adjust(mine, [projects[0], projects[3], projects[2]], alice)


def test_a_changed_project_may_move_leave_be_replaced_or_stay(
    mine: Ranking, projects: list[Project], promotion: Promotion, alice: User, diane: User
) -> None:
    a, b, c, d, _ = projects
    shortlisted(promotion)
    for order, shown in (([a, c, b], "ACB"), ([a, d, c], "ADC")):
        assert actions.announce_change(b, words="À Lyon", by=diane, at=timezone.now()) == 1
        adjust(mine, order, alice)
        assert "".join(titles(mine)) == shown
        Adjustment.objects.all().delete()
    assert actions.announce_change(b, words="À Lyon", by=diane, at=timezone.now()) == 0
    assert Message.objects.filter(kind="ranking/wish_changed").count() == 2


def test_while_the_ranking_is_open_a_change_is_only_told(
    promotion: Promotion, projects: list[Project], alice: User, diane: User
) -> None:
    row = ranking(shortlisted(promotion, alice), projects[:3], certified=True)
    assert actions.announce_change(projects[0], words="À Lyon", by=diane, at=timezone.now()) == 1
    assert not Adjustment.objects.exists()
    assert "se rouvre" in Message.objects.get(kind="ranking/wish_changed").body
    row.refresh_from_db()
    assert row.status == Status.CERTIFIED
    with pytest.raises(actions.NothingToTell):
        actions.announce_change(projects[0], words="  ", by=diane, at=timezone.now())


def test_the_database_refuses_to_certify_after_the_deadline(
    mine: Ranking, promotion: Promotion, projects: list[Project]
) -> None:
    row = actions.open_ranking(shortlisted(promotion), at=timezone.now())
    Ranking.objects.filter(pk=row.pk).update(version=2)
    late = {"status": "certified", "content_sha256": "a" * 64}
    row.choices.create(project=projects[0], position=1)
    closed = promotion.phases.get(kind="ranking").closed_at
    with pytest.raises(DatabaseError, match="before the deadline"), transaction.atomic():
        Ranking.objects.filter(pk=row.pk).update(certified_at=closed + timedelta(seconds=1), **late)
    promotion.phases.filter(kind="ranking").update(closed_at=closed - timedelta(minutes=5))
    with pytest.raises(DatabaseError, match="before the deadline"), transaction.atomic():
        Ranking.objects.filter(pk=row.pk).update(certified_at=closed - timedelta(minutes=6), **late)
    before = promotion.phases.get(kind="ranking").opens_at - timedelta(days=1)
    with pytest.raises(DatabaseError, match="while the ranking is open"), transaction.atomic():
        Ranking.objects.filter(pk=row.pk).update(certified_at=before, **late)


def test_the_page_adjusts_and_gives_a_new_receipt(
    mine: Ranking, projects: list[Project], alice: User, diane: User
) -> None:
    withdraw(projects[0], diane)
    browser = signed_in(alice)
    here = reverse("ranking:ranking_edit", args=[mine.application.code])
    assert "Ajuster ma liste" in browser.get(here).content.decode()
    where = reverse("ranking:ranking_adjust", args=[mine.application.code])
    adjustment = Adjustment.objects.get()
    mine.refresh_from_db()
    chosen = {
        "version": mine.version,
        f"{adjustment.code}-project": str(projects[4].code),
        f"{adjustment.code}-rank": "3",
    }
    stale = browser.post(where, {**chosen, "version": 1})
    assert stale.status_code == 409
    response = browser.post(where, chosen, follow=True)
    assert "ajustée et certifiée" in response.content.decode()
    assert titles(mine) == ["B", "C", "E"]
    assert "Aucun de vos vœux" in browser.get(where, follow=True).content.decode()


def test_staff_announce_a_change_and_follow_it(
    mine: Ranking, projects: list[Project], promotion: Promotion, diane: User
) -> None:
    browser = signed_in(diane)
    where = reverse("ranking:change_announce", args=[promotion.code])
    page = browser.post(where, {"project": projects[1].code, "words": ""}).content.decode()
    assert "<title>Erreur" in page
    answer = browser.post(where, {"project": projects[1].code, "words": "Le poste est à Lyon."}, follow=True)
    page = answer.content.decode()
    assert "1 personnes" in page or "1 personne" in page
    assert "Ajustements ouverts depuis la clôture" in page


@pytest.mark.parametrize(
    ("after", "fair"),
    [
        ([1, 2, 3], True),
        ([1, 3, 2], True),
        ([1, 3], True),
        ([4, 1, 3], True),
        ([3, 1], False),
        ([1, 4, 5, 3], False),
    ],
)
def test_an_adjustment_is_fair_when_the_rest_stands(after: list[int], fair: bool) -> None:
    """The wish 2 is loose."""
    assert (adjustment_fault([1, 2, 3], after, Freedom(frozenset({2}), 0)) == "") is fair


def test_a_rank_out_of_the_list_is_the_nearest_end() -> None:
    assert placed(["a", "b", "c"], "a", rank=9) == ["b", "c", "a"]
    assert placed(["a", "b", "c"], "c", rank=0) == ["c", "a", "b"]
    assert placed(["a", "b", "c"], "b", rank=2) == ["a", "b", "c"]
