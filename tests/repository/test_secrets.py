"""What is decided and not yet told, what readers may not know, and rights that end at once."""

import random
import uuid

from django.apps import apps
from django.db.models import UUIDField
from django.urls import reverse

from eig.accounts.models import User
from eig.documents.models import Document, Print
from eig.exports.models import Export
from eig.mail.models import Message
from privacy.models import DataCopy
from tests.people import person, signed_in
from tests.repository.doors import ACTORS
from tests.repository.visiting import DOORS, Visits
from tests.repository.world import CANARIES, World


def page(world: World, who: User, name: str, *args: object) -> tuple[int, str]:
    response = world.browser(who).get(reverse(name, args=args))
    return response.status_code, response.content.decode()


# --- Embargo ----------------------------------------------------------------------------------------


def test_a_decision_is_told_to_nobody_before_its_hour(world: World) -> None:
    """Neither by the page, nor by the list, nor by one's own space; its letter is written and held."""
    of = world.of
    applicant = of.judged_application.candidate
    held = Message.objects.filter(status="held")
    assert held.filter(to_person=world.badis).exists()
    for who, name, *args in (
        (world.badis, "projects:project_detail", of.judged_project.code),
        (world.badis, "projects:project_list"),
        (world.badis, "journey:dashboard"),
        (applicant, "candidates:application_detail", of.judged_application.code),
        (applicant, "candidates:application_list"),
        (applicant, "journey:dashboard"),
    ):
        status, text = page(world, who, name, *args)
        assert status == 200
        assert CANARIES["decision"] not in text
        assert "on retenu" not in text
        assert [message.subject for message in held if message.subject in text] == []


def test_teams_are_told_to_nobody_before_the_announcement(world: World) -> None:
    """A scenario of `soon` is signed, and places this person."""
    application = world.of.embargoed_application
    assert page(world, application.candidate, "teams:outcome_detail", application.code)[0] == 404
    text = page(world, application.candidate, "journey:dashboard")[1]
    assert "place" not in text.partition("<main")[2].partition("</main")[0].lower()


def test_an_audition_is_told_to_nobody_before_its_timetable(world: World) -> None:
    """Placed, and even heard, but never announced: the timetable was not published for it."""
    audition = world.of.settled_audition
    assert page(world, world.amelie, "interviews:audition_detail", audition.code)[0] == 404
    assert audition.project.title not in page(world, world.amelie, "interviews:audition_mine")[1]


def test_an_audition_whose_time_is_to_be_chosen_shows_no_time(world: World) -> None:
    audition = world.of.planned_audition
    status, text = page(world, world.camille, "interviews:audition_detail", audition.code)
    assert status == 200
    assert audition.project.title in text


# --- What readers may not know ------------------------------------------------------------------------


def test_a_reader_reads_without_the_name(world: World) -> None:
    """Neither on the list nor beside the grid."""
    sheet = world.of.application_review.sheet.code
    for name, *args in (("candidates:reading_list",), ("candidates:review_edit", sheet)):
        status, text = page(world, world.claire, name, *args)
        assert status == 200
        assert world.damien.last_name not in text
        assert world.damien.email not in text


def test_the_content_waits_for_the_question_of_conflict(world: World) -> None:
    of = world.of
    motivation = of.waiting_project.answers["motivation"]
    address = reverse("projects:review_edit", args=[of.review_to_clear.sheet.code])
    response = world.browser(world.claire).get(address, follow=True)
    assert motivation not in response.content.decode()


# --- Rights end at once -------------------------------------------------------------------------------


def test_who_leaves_the_programme_team_finds_its_pages_closed(world: World) -> None:
    browser = world.browser(world.diane)
    assert browser.get("/pilotage/").status_code == 200
    User.objects.filter(pk=world.diane.pk).update(is_staff=False)
    assert browser.get("/pilotage/").status_code == 404


def test_a_disabled_account_is_signed_out(world: World) -> None:
    User.objects.filter(pk=world.claire.pk).update(is_active=False)
    response = world.browser(world.claire).get(reverse("journey:dashboard"))
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_the_powers_of_a_superuser_open_nothing_by_themselves(world: World) -> None:
    """Only the programme team has its pages; there is no back door of Django's."""
    technician = person("Tess", "Technique")
    User.objects.filter(pk=technician.pk).update(is_superuser=True)
    browser = signed_in(technician)
    assert browser.get("/pilotage/").status_code == 404
    assert browser.get(f"/pilotage/{world.here.code}/candidatures/").status_code == 404
    assert browser.get("/admin/").status_code == 404


VERBS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def test_no_other_verb_is_answered(visits: Visits) -> None:
    """Refused before any view, hence whoever asks: each address by one of them, by each actor in turn."""
    found = [
        visits.look(door, ACTORS[rank % len(ACTORS)], VERBS[rank % len(VERBS)])
        for rank, door in enumerate(DOORS.values())
    ]
    assert [str(visit) for visit in found if visit.written or visit.status != 405] == []


# --- Identifiers are not guessed ----------------------------------------------------------------------------

GUESSES = 10_000


def test_no_identifier_is_guessed(world: World) -> None:
    """Those of files, prints, copies and records: drawn at random, and not found beside those one knows."""
    chance = random.Random(GUESSES)
    models = [
        model for model in apps.get_models() if any(field.name == "code" and isinstance(field, UUIDField)
        for field in model._meta.concrete_fields)
    ]  # fmt: skip
    assert {Document, Print, DataCopy, Export} <= set(models)
    for model in models:
        field = model._meta.get_field("code")
        assert (field.default, field.unique) == (uuid.uuid4, True), model
        known = list(model._default_manager.order_by("pk").values_list("code", flat=True)[:5])
        beside = {
            uuid.UUID(int=(code.int + step) % 2**128)
            for code in known
            for step in (*range(-9, 10), *(1 << bit for bit in range(128)))
        }
        drawn = {uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(GUESSES // len(models))}
        guesses = (beside | drawn) - set(known)
        assert len(guesses) >= GUESSES // len(models)
        assert not model._default_manager.filter(code__in=guesses).exists(), model
