"""A database of the former build is upgraded in place: nothing lost, nothing renamed by half, work goes on.

It holds waves prepared and validated under embargo, open readings, live offers, a cohort and unsent mails.
"""

import os
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from candidates.models import Review as ApplicationReview
from eig.accounts.models import User
from eig.journal.actions import seal
from eig.journal.models import Entry
from eig.journal.queries import faults_of_chain, last_link
from eig.juries.models import Announced
from eig.juries.queries import is_untold
from eig.mail.choices import Status as MessageStatus
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from eig.promotions.models import Phase, Promotion
from eig.waves.actions import WaveNotReady
from eig.waves.choices import WaveStatus, WaveSubject
from eig.waves.models import Wave
from eig.waves.tasks import publish_due_waves
from matching.interviews.models import Audition, PanelSeat
from matching.teams.actions import accept_offer
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from projects.models import Hearing, HearingAbsence, HearingSeat
from projects.models import Review as ProjectReview
from projects.queries.hearing import half_days_of
from rehearsal.agreeing import agree
from tests.databases import door_to, forgotten, inside
from tests.people import give_second_factor, signed_in
from tests.upgrade.conftest import Former, by_application, counted, settled_schema_of

# Written by `migrate` itself.
OWN = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture
def upgraded(former: Former, db: None) -> Iterator[dict[str, int]]:
    """The upgraded database, where the test's changes are undone; rows of each table before."""
    name, before = former
    other = door_to(name)
    try:
        with inside(other), forgotten():
            yield before
    finally:
        other.close()


def test_one_process_upgrades_it_for_all(request: pytest.FixtureRequest) -> None:
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("upgrade")


def test_the_schema_is_the_one_of_a_new_installation(former: Former, db: None) -> None:
    assert settled_schema_of(former[0]) == settled_schema_of(connection.settings_dict["NAME"])


def test_no_row_is_lost(upgraded: dict[str, int]) -> None:
    assert sum(upgraded.values()) > 1_000
    now = counted(connection)
    kept = {table: rows for table, rows in upgraded.items() if table not in OWN}
    assert {table: now.get(table) for table in kept} == kept


def test_every_type_of_record_is_still_known(upgraded: dict[str, int]) -> None:
    """Content types, permissions and the journal follow a model that changes owner."""
    named = {(kind.app_label, kind.model) for kind in ContentType.objects.all()}
    assert {pair for pair in named if not _exists(".".join(pair))} == set()
    codes = Permission.objects.values_list("content_type__app_label", "content_type__model", "codename")
    assert len(codes) == len(set(codes))
    journalled = set(Entry.objects.values_list("record_type", flat=True))
    assert len(journalled) > 10
    assert {label for label in journalled if not _exists(label)} == set()


def test_half_days_of_project_juries_are_rows(upgraded: dict[str, int]) -> None:
    absences = HearingAbsence.objects.filter(juror=1).order_by("half_day__during")
    said = [localtime(absence.half_day.during.lower) for absence in absences]
    assert [f"{when:%Y-%m-%d %H:%M}" for when in said] == ["2027-03-01 09:00", "2027-03-02 14:00"]
    review = Phase.objects.filter(kind="project_review").order_by("pk")
    for phase in review:
        days = {localtime(day.during.lower).date() for day in half_days_of(phase.promotion)}
        opens = localtime(phase.opens_at).date()
        working = [opens + timedelta(days=rank) for rank in range(7)]
        last = localtime(phase.closes_at).date()
        assert {day for day in working if day.weekday() < 5 and day <= last} <= days
    assert review


def test_people_still_know_what_they_were_told(upgraded: dict[str, int]) -> None:
    """Hours and place were one line of words; nobody is told again of what has not changed."""
    kinds: list[tuple[type[Announced], str]] = [
        (Hearing, "group"), (HearingSeat, "group"), (PanelSeat, "panel"),
    ]  # fmt: skip
    due = []
    for model, panel in kinds:
        told = model._default_manager.filter(told_at__isnull=False).select_related(panel).order_by("pk")
        assert len(told) > 1
        due += [row for row in told if is_untold(row, getattr(row, panel))]
    told = Audition.objects.filter(told_at__isnull=False, slot__isnull=False).select_related("slot__panel")
    assert [is_untold(row, row.slot.panel) for row in told.order_by("pk")] == [False] * len(told) != []
    [seat] = due
    assert seat.announced_place == "Salle Monge\nhttps://visio.example/a"
    assert seat.announced_during == seat.during


def test_the_journal_is_chained_and_the_application_may_not_rewrite_it(
    upgraded: dict[str, int], former: Former
) -> None:
    seal()
    assert last_link()[0] == upgraded["journal_entry"] > 100
    assert faults_of_chain() == []
    with psycopg.connect(by_application(former[0])) as line:
        assert line.execute("SELECT count(*) FROM journal_entry").fetchone() == (upgraded["journal_entry"],)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute("UPDATE journal_entry SET verb = 'forget'")


def _exists(label: str) -> bool:
    try:
        return bool(apps.get_model(label))
    except LookupError:
        return False


pytestmark = pytest.mark.xdist_group("upgrade")
PAGES = (
    "/pilotage/",
    "/pilotage/{code}/",
    "/pilotage/{code}/calendrier/",
    "/pilotage/{code}/projets/",
    "/pilotage/{code}/candidatures/",
    "/pilotage/{code}/candidatures/preselection/",
    "/pilotage/{code}/voeux/",
    "/pilotage/{code}/auditions/",
    "/pilotage/{code}/equipes/",
    "/pilotage/{code}/cohorte/",
    "/pilotage/{code}/personnes/",
    "/pilotage/{code}/courriels/",
    "/pilotage/{code}/journal/",
)


def test_the_team_reads_its_pages(upgraded: dict[str, int]) -> None:
    browser = signed_in(User.objects.get(first_name="Diane"))
    codes = Promotion.objects.filter(is_archived=False).values_list("code", flat=True)
    paths = [page.format(code=code) for code in codes for page in PAGES]
    answers = {path: browser.get(path, follow=True).status_code for path in paths}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_everybody_enters_their_own_space(upgraded: dict[str, int]) -> None:
    people = User.objects.filter(is_active=True).order_by("pk")
    assert len(people) > 20
    answers = {one.pk: signed_in(one).get("/mon-espace/", follow=True).status_code for one in people}
    assert {key: status for key, status in answers.items() if status != 200} == {}


def shift_calendars() -> None:
    """The dump keeps its dates: its phases are put around today."""
    now = timezone.now()
    Phase.objects.update(
        opens_at=now - timedelta(days=20),
        planned_opens_at=now - timedelta(days=20),
        closes_at=now + timedelta(days=20),
        planned_closes_at=now + timedelta(days=20),
    )


def test_a_wave_under_embargo_is_published_at_its_hour(upgraded: dict[str, int]) -> None:
    shift_calendars()
    wave = Wave.objects.get(status=WaveStatus.VALIDATED)
    held = Message.objects.filter(status=MessageStatus.HELD)
    letters = held.count()
    assert letters > 0
    Wave.objects.filter(pk=wave.pk).update(publishes_at=timezone.now() + timedelta(days=1))
    publish_due_waves()
    assert held.count() == letters
    Wave.objects.filter(pk=wave.pk).update(publishes_at=timezone.now() - timedelta(seconds=1))
    publish_due_waves()
    wave.refresh_from_db()
    assert wave.status == WaveStatus.PUBLISHED
    assert held.count() == 0


def test_a_wave_half_signed_is_validated_by_a_second_person_only(upgraded: dict[str, int]) -> None:
    shift_calendars()
    now = timezone.now()
    prepared = Wave.objects.filter(status=WaveStatus.PREPARED, promotion__code="eig-7").order_by("pk")
    assert {wave.subject for wave in prepared} == {WaveSubject.PROJECTS, WaveSubject.APPLICATIONS}
    denis = User.objects.get(first_name="Denis", is_staff=True)
    for wave in prepared:
        with pytest.raises(WaveNotReady):
            agree(wave, by=wave.prepared_by, at=now)
        agree(wave, by=denis, at=now)
        wave.refresh_from_db()
        assert wave.status == WaveStatus.VALIDATED


def test_a_live_offer_is_accepted(upgraded: dict[str, int]) -> None:
    shift_calendars()
    offer = Offer.objects.get(status=OfferStatus.SENT)
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now() + timedelta(days=5))
    accept_offer(offer, by=offer.application.candidate)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.ACCEPTED


def test_open_readings_are_still_on_their_readers_desks(upgraded: dict[str, int]) -> None:
    shift_calendars()
    for review, page in (
        (ProjectReview, "projects:review_list"),
        (ApplicationReview, "candidates:reading_list"),
    ):
        waiting = review.objects.filter(sheet__signed_at__isnull=True).select_related("reader").order_by("pk")
        assert waiting
        for one in waiting:
            give_second_factor(one.reader)
            answer = signed_in(one.reader).get(reverse(page), follow=True)
            assert answer.status_code == 200


def test_mails_that_waited_leave_once(upgraded: dict[str, int]) -> None:
    due = Message.objects.filter(status=MessageStatus.NEW).count()
    assert due > 50
    Message.objects.filter(not_before__isnull=False).update(not_before=timezone.now() - timedelta(days=1))
    assert deliver_due(limit=10_000) == due
    assert deliver_due(limit=10_000) == 0
    assert not Message.objects.filter(status=MessageStatus.NEW).exists()
