"""Plan, place, announce, move, cancel."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from candidates.choices import Status as ApplicationStatus
from eig.accounts.models import User
from eig.documents.printing import builders
from eig.french import dates
from eig.juries.actions import TooEarly
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.actions.answer import declare_tie
from matching.interviews.choices import AuditionStatus
from matching.interviews.documents import TIMETABLE
from matching.interviews.models import Audition, Juror, Scorecard, Slot
from matching.interviews.queries import auditions_to_place, slot_choices, swap_choices
from matching.ranking.actions import accept_other_project
from projects.choices import Status as ProjectStatus
from projects.models import Project
from tests.factories.interviews import free_slot, juror, morning, panel, placed, planned
from tests.factories.ranking import published_project, ranking, shortlisted


@pytest.fixture
def project(promotion: Promotion) -> Project:
    return published_project(promotion, "Lire les cartes")


@pytest.fixture
def jurors(promotion: Promotion, diane: User) -> list[Juror]:
    return [juror(promotion, diane) for _ in range(3)]


def mails(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


# --- Plan --------------------------------------------------------------------------------------------


def test_by_hand_only_for_a_trade_sought_and_with_consent(
    promotion: Promotion, project: Project, diane: User
) -> None:
    application = shortlisted(promotion)
    law = published_project(promotion, trades=["droit-du-numerique"])
    with pytest.raises(actions.NotHeardHere, match="métiers"):
        planned(application, law, diane)
    row = ranking(application)
    accept_other_project(row, accepts=False, version=row.version, by=application.candidate)
    with pytest.raises(actions.NotHeardHere, match="que pour ses vœux"):
        planned(application, project, diane)
    accept_other_project(row, accepts=True, version=row.version, by=application.candidate)
    planned(application, project, diane)
    with pytest.raises(actions.NotHeardHere, match="existe déjà"):
        planned(application, project, diane)


@pytest.mark.parametrize("status", [ApplicationStatus.SUBMITTED, ApplicationStatus.DECLINED])
def test_only_preselected_people_are_heard(
    promotion: Promotion, project: Project, diane: User, status: str
) -> None:
    with pytest.raises(actions.NotHeardHere, match="présélectionnée"):
        planned(shortlisted(promotion, status=status), project, diane)


def test_only_published_projects_hear(promotion: Promotion, diane: User) -> None:
    hidden = published_project(promotion, status=ProjectStatus.LAUREATE)
    with pytest.raises(actions.NotHeardHere, match="défi publié"):
        planned(shortlisted(promotion), hidden, diane)


# --- Place -------------------------------------------------------------------------------------------


def test_placing_gives_a_card_to_each_juror(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    audition = placed(shortlisted(promotion), project, diane, panel(promotion, diane, jurors))
    assert audition.status == AuditionStatus.PLACED
    assert audition.during == audition.slot.during
    assert {card.juror for card in Scorecard.objects.filter(audition=audition)} == set(jurors)


def test_a_slot_holds_one_audition(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors)
    slot = placed(shortlisted(promotion), project, diane, row).slot
    other = planned(shortlisted(promotion), project, diane)
    with pytest.raises(actions.SlotTaken):
        actions.place_audition(other, slot=slot, by=diane, at=timezone.now())
    other.refresh_from_db()
    assert other.status == AuditionStatus.PLANNED


def test_a_candidate_is_heard_once_at_a_time(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    application = shortlisted(promotion)
    placed(application, project, diane, panel(promotion, diane, jurors[:1]))
    elsewhere = panel(promotion, diane, jurors[1:], room="Salle 2", starts=morning() + timedelta(minutes=15))
    second = planned(application, published_project(promotion), diane)
    with pytest.raises(actions.CandidateBusy, match="déjà en audition"):
        actions.place_audition(second, slot=free_slot(elsewhere), by=diane, at=timezone.now())
    actions.place_audition(second, slot=free_slot(elsewhere, 1), by=diane, at=timezone.now())


def test_the_database_refuses_a_candidate_in_two_places(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    application = shortlisted(promotion)
    placed(application, project, diane, panel(promotion, diane, jurors[:1]))
    slot = free_slot(panel(promotion, diane, jurors[1:], room="Salle 2"))
    second = planned(application, published_project(promotion), diane)
    with pytest.raises(IntegrityError, match="a_candidate_is_heard_once_at_a_time"), transaction.atomic():
        Audition.objects.filter(pk=second.pk).update(slot=slot, during=slot.during, status="placed")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="auditions_last_as_their_slot"), transaction.atomic():
        Audition.objects.filter(pk=second.pk).update(
            slot=slot, during=free_slot(slot.panel, 1).during, status="placed"
        )


def test_an_empty_jury_hears_nobody(promotion: Promotion, project: Project, diane: User) -> None:
    with pytest.raises(actions.NoJury):
        placed(shortlisted(promotion), project, diane, panel(promotion, diane))
    assert Audition.objects.get().status == AuditionStatus.PLANNED


def test_moving_takes_the_cards_along(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    audition = placed(shortlisted(promotion), project, diane, panel(promotion, diane, jurors[:2]))
    other = panel(promotion, diane, jurors[2:], room="Salle 2")
    actions.place_audition(audition, slot=free_slot(other), by=diane, at=timezone.now())
    assert [card.juror for card in Scorecard.objects.filter(audition=audition)] == jurors[2:]


def test_place_all_places_everyone_without_conflict(promotion: Promotion, diane: User) -> None:
    juries = [[juror(promotion, diane) for _ in range(2)] for _ in range(2)]
    panels = [
        panel(promotion, diane, jury, room=f"Salle {rank}", hours=5) for rank, jury in enumerate(juries)
    ]
    projects = [published_project(promotion) for _ in range(3)]
    people = [shortlisted(promotion) for _ in range(4)]
    for application in people:
        for project in projects:
            planned(application, project, diane)
    actions.recuse_juror(
        juries[0][0], application=people[0], reason="Ancien collègue", by=diane, at=timezone.now()
    )
    assert actions.place_all(promotion, by=diane, at=timezone.now()) == 12
    first = Audition.objects.filter(application=people[0])
    assert {audition.slot.panel_id for audition in first} == {panels[1].pk}
    assert not auditions_to_place(promotion).exists()


def test_place_all_leaves_what_does_not_fit(promotion: Promotion, project: Project, diane: User) -> None:
    panel(promotion, diane, [juror(promotion, diane)], hours=1)
    for _ in range(3):
        planned(shortlisted(promotion), project, diane)
    assert actions.place_all(promotion, by=diane, at=timezone.now()) == 2
    assert auditions_to_place(promotion).count() == 1


def test_live_checks_say_what_forbids_a_slot(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    application = shortlisted(promotion)
    placed(application, project, diane, panel(promotion, diane, jurors[:1], hours=1))
    panel(promotion, diane, jurors[1:2], room="Salle 2", hours=1)
    panel(promotion, diane, [], room="Salle 3", hours=1)
    actions.recuse_juror(jurors[0], application=application, reason="Cousin", by=diane, at=timezone.now())
    second = planned(application, published_project(promotion), diane)
    found = {
        (choice.slot.panel.room, choice.slot.during.lower.minute): choice for choice in slot_choices(second)
    }
    assert "déports" in found["Salle 1", 30].obstacle or "Aucun membre" in found["Salle 1", 30].obstacle
    assert "Déjà en audition" in found["Salle 2", 0].obstacle
    assert found["Salle 2", 30].obstacle == ""
    assert found["Salle 2", 30].warnings == ("Une seule personne pour noter.",)
    assert found["Salle 3", 30].obstacle


# --- Announce, move, cancel --------------------------------------------------------------------------


def test_each_candidate_is_told_once_in_one_mail(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors)
    application = shortlisted(promotion)
    placed(application, project, diane, row)
    placed(application, published_project(promotion, "Autre défi"), diane, row)
    placed(shortlisted(promotion), project, diane, row)
    assert mails("interviews/audition_placed") == []
    assert actions.publish_timetable(promotion, by=diane, at=timezone.now()) == 2
    assert actions.publish_timetable(promotion, by=diane, at=timezone.now()) == 0
    told = {message.to_email: message for message in mails("interviews/audition_placed")}
    assert len(told) == 2
    body = told[application.candidate.email].body
    assert "Lire les cartes" in body
    assert "Autre défi" in body
    assert "https://visio.exemple.example/salle" in body


def test_the_plan_on_paper_says_who_is_heard_and_what_is_free(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    audition = placed(shortlisted(promotion), project, diane, panel(promotion, diane, jurors, hours=1))
    order = builders[TIMETABLE](promotion.pk, lambda percent: None)
    text = render_to_string(order.template, order.context)
    # A jury alone has its page; the board that sets juries side by side would say the same again.
    assert text.count(str(audition.application.candidate)) == 1
    assert text.count(project.title) == 1
    assert text.count("Libre") == 1
    assert "https://visio.exemple.example/salle" in text


def test_a_change_after_the_announcement_is_told_each_time(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors)
    audition = placed(shortlisted(promotion), project, diane, row, told=True)
    actions.place_audition(audition, slot=free_slot(row, 2), by=diane, at=timezone.now())
    actions.unplace_audition(audition, by=diane, at=timezone.now())
    actions.place_audition(audition, slot=free_slot(row), by=diane, at=timezone.now())
    day = dates.day(row.during.lower, weekday=True)
    assert [message.subject for message in mails("juries/hearing_moved")] == [
        f"Votre audition change\u00a0: le {day}",
        "Votre audition est reportée",
        f"Votre audition change\u00a0: le {day}",
    ]
    assert audition.sequence == 3


def test_nothing_is_told_before_the_announcement(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors)
    audition = placed(shortlisted(promotion), project, diane, row)
    actions.place_audition(audition, slot=free_slot(row, 2), by=diane, at=timezone.now())
    actions.cancel_audition(audition, by=diane, at=timezone.now())
    assert not Message.objects.filter(kind__in=["juries/hearing_moved", "juries/hearing_cancelled"]).exists()


def test_a_new_room_is_told(promotion: Promotion, project: Project, jurors: list[Juror], diane: User) -> None:
    row = panel(promotion, diane, jurors)
    placed(shortlisted(promotion), project, diane, row, told=True)
    hours = {"starts": row.during.lower, "ends": row.during.upper}
    actions.change_panel(
        row, name=row.name, room="Amphithéâtre", link="", **hours, by=diane, at=timezone.now()
    )
    (mail,) = mails("juries/hearing_moved")
    assert "Amphithéâtre" in mail.body


def test_cancelling_frees_the_slot_and_tells_why(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors, hours=1)
    audition = placed(shortlisted(promotion), project, diane, row, told=True)
    actions.cancel_audition(audition, by=diane, at=timezone.now(), reason="Le jury est souffrant")
    assert Slot.objects.filter(panel=row, audition__isnull=True).count() == 2
    assert not Scorecard.objects.exists()
    assert "Le jury est souffrant" in mails("juries/hearing_cancelled")[0].body
    with pytest.raises(IllegalMove):
        actions.place_audition(audition, slot=free_slot(row), by=diane, at=timezone.now())


def test_a_withdrawal_frees_what_is_not_held_yet(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors)
    application = shortlisted(promotion)
    held = placed(application, project, diane, row, told=True)
    actions.mark_heard(held, by=diane, at=held.during.upper)
    placed(application, published_project(promotion), diane, row, told=True)
    planned(application, published_project(promotion), diane)
    done = actions.cancel_auditions_of_application(application, by=application.candidate, at=timezone.now())
    assert done == 2
    held.refresh_from_db()
    assert held.status == AuditionStatus.HEARD
    assert mails("juries/hearing_cancelled") == []


def test_a_withdrawn_project_tells_those_who_knew(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors)
    placed(shortlisted(promotion), project, diane, row, told=True)
    planned(shortlisted(promotion), project, diane)
    assert actions.cancel_auditions_of_project(project, by=diane, at=timezone.now()) == 2
    assert len(mails("juries/hearing_cancelled")) == 1


def test_an_absent_person_may_be_placed_again(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    row = panel(promotion, diane, jurors)
    audition = placed(shortlisted(promotion), project, diane, row, told=True)
    with pytest.raises(TooEarly, match="n’a pas encore commencé"):
        actions.mark_absent(audition, by=diane, at=timezone.now())
    over = audition.during.upper
    actions.mark_absent(audition, by=diane, at=over)
    with pytest.raises(IllegalMove):
        actions.mark_heard(audition, by=diane, at=over)
    actions.place_audition(audition, slot=free_slot(row), by=diane, at=timezone.now())
    assert Scorecard.objects.filter(audition=audition).count() == 3


def test_nobody_is_noted_as_heard_before_their_time(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    audition = placed(shortlisted(promotion), project, diane, panel(promotion, diane, jurors), told=True)
    with pytest.raises(TooEarly, match="n’a pas encore commencé"):
        actions.mark_heard(audition, by=diane, at=audition.during.lower - timedelta(seconds=1))
    actions.mark_heard(audition, by=diane, at=audition.during.lower)
    assert Audition.objects.get().status == AuditionStatus.HEARD


@pytest.fixture
def two_rooms(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> tuple[Audition, Audition]:
    """Full rooms: one slot each, one person in each, both told."""
    rooms = [
        panel(promotion, diane, [member], room=f"Salle {rank}", starts=morning(rank), slots=False)
        for rank, member in enumerate(jurors[:2], start=1)
    ]
    for room in rooms:
        actions.create_slots(room, minutes=180, by=diane, at=timezone.now())
    first, second = (placed(shortlisted(promotion), project, diane, room, told=True) for room in rooms)
    return first, second


def test_two_auditions_change_places_when_no_slot_is_free(
    two_rooms: tuple[Audition, Audition], jurors: list[Juror], diane: User
) -> None:
    first, second = two_rooms
    before = (first.slot_id, second.slot_id)
    (choice,) = swap_choices(first)
    assert (choice.audition, choice.obstacle) == (second, "")
    Message.objects.all().delete()
    actions.swap_auditions(first, second, into=second.slot.code, by=diane, at=timezone.now())
    assert (second.slot_id, first.slot_id) == before
    for audition, member in ((first, jurors[1]), (second, jurors[0])):
        audition.refresh_from_db()
        assert audition.status == AuditionStatus.PLACED
        assert audition.during == audition.slot.during == audition.announced_during
        assert audition.sequence == 1
        assert [row.juror for row in audition.scorecards.all()] == [member]
    told = Message.objects.filter(kind="juries/hearing_moved")
    assert {message.to_person for message in told} == {
        first.application.candidate,
        second.application.candidate,
    }


def test_an_exchange_asked_twice_is_done_once_and_a_stale_one_is_refused(
    two_rooms: tuple[Audition, Audition], promotion: Promotion, diane: User
) -> None:
    first, second = two_rooms
    before = (first.slot_id, second.slot_id)
    into = second.slot.code
    for _ in range(2):
        actions.swap_auditions(first, second, into=into, by=diane, at=timezone.now())
    assert list(Audition.objects.order_by("pk").values_list("slot", flat=True)) == [*reversed(before)]
    assert len(mails("juries/hearing_moved")) == 2
    with pytest.raises(actions.NotPlaced, match="a changé"):
        actions.swap_auditions(second, first, into=uuid4(), by=diane, at=timezone.now())


def test_an_exchange_that_one_side_forbids_changes_nothing(
    two_rooms: tuple[Audition, Audition], jurors: list[Juror], diane: User
) -> None:
    first, second = two_rooms
    before = dict(Audition.objects.values_list("pk", "slot"))
    # The only juror of the second room steps aside from the first person.
    actions.recuse_juror(
        jurors[1], application=first.application, reason="Ancien collègue", by=diane, at=timezone.now()
    )
    (choice,) = swap_choices(first)
    assert "Aucun membre du jury" in choice.obstacle
    (choice,) = swap_choices(second)
    assert str(first.application.candidate) in choice.obstacle
    Message.objects.all().delete()
    with pytest.raises(actions.NoJury):
        actions.swap_auditions(first, second, into=second.slot.code, by=diane, at=timezone.now())
    assert dict(Audition.objects.values_list("pk", "slot")) == before
    assert Scorecard.objects.count() == 2
    assert not Message.objects.exists()


def test_only_auditions_to_come_change_places(
    two_rooms: tuple[Audition, Audition], promotion: Promotion, project: Project, diane: User
) -> None:
    first, second = two_rooms
    loose = planned(shortlisted(promotion), project, diane)
    for other in (loose, first):
        with pytest.raises(actions.NotPlaced):
            actions.swap_auditions(first, other, into=first.slot.code, by=diane, at=timezone.now())
    actions.mark_heard(second, by=diane, at=second.during.upper)
    with pytest.raises(actions.NotPlaced):
        actions.swap_auditions(first, second, into=second.slot.code, by=diane, at=timezone.now())
    assert swap_choices(loose) == swap_choices(first) == []


def test_a_jury_tied_to_the_project_is_avoided_and_said(
    promotion: Promotion, project: Project, jurors: list[Juror], diane: User
) -> None:
    first, second = (
        panel(promotion, diane, [member], room=f"Salle {rank}", starts=morning(rank))
        for rank, member in enumerate(jurors[:2], start=1)
    )
    declare_tie(jurors[0], project=project, reason="Mentor", by=diane, at=timezone.now())
    audition = planned(shortlisted(promotion), project, diane)
    said = {choice.slot.panel_id: choice for choice in slot_choices(audition)}
    assert said[first.pk].warnings == (f"{jurors[0]} a un lien avec ce projet.",)
    assert "Aucun membre du jury" in said[first.pk].obstacle
    assert (said[second.pk].obstacle, "lien" in str(said[second.pk].warnings)) == ("", False)
    assert actions.place_all(promotion, by=diane, at=timezone.now()) == 1
    audition.refresh_from_db()
    assert audition.slot.panel_id == second.pk
