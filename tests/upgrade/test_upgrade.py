"""A database of the former build is upgraded in place: nothing lost, nothing renamed by half, work goes on.

It holds waves prepared and validated under embargo, open readings, live offers, a cohort and unsent mails.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from eig.accounts.models import User
from eig.journal.models import Entry
from eig.promotions.models import Promotion
from tests.people import signed_in
from tests.repository.world.database import door_to, forgotten, inside
from tests.upgrade.conftest import Former, counted, settled_schema_of

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
