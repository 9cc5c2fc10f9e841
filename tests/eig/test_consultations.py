"""Who looked at a dossier: a row a day, kept by the database, told to the person without a name."""

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.journal.actions import note_consultations
from eig.journal.choices import Reader, Shown
from eig.journal.models import Consultation, Entry
from eig.journal.queries import consultations_of
from eig.promotions.models import Promotion
from tests.factories import candidates as make
from tests.people import signed_in


@pytest.fixture
def application(promotion: Promotion, alice: User) -> Application:
    return make.submitted(promotion, alice)


def looks(application: Application, by: User, *, days: int = 0) -> None:
    at = timezone.now() - timedelta(days=days)
    note_consultations([application], by=by, at=at, what=Shown.DOSSIER, reader=Reader.TEAM)


def test_a_page_looked_at_ten_times_is_one_row_a_day(
    application: Application, diane: User, denis: User
) -> None:
    page = reverse("candidates:staff_application_detail", args=[application.promotion.code, application.code])
    before = Entry.objects.count()
    for who in (diane, denis):
        browser = signed_in(who)
        for _ in range(5):
            assert browser.get(page).status_code == 200
    looks(application, diane, days=1)
    seen = consultations_of("candidates.application", application.pk)
    assert [row.person for row in seen] == [denis, diane, diane]
    assert {row.concerned_id for row in seen} == {application.candidate_id}
    assert Entry.objects.count() == before


def test_one_s_own_dossier_is_no_consultation(application: Application) -> None:
    looks(application, application.candidate)
    assert not Consultation.objects.exists()


def test_the_person_reads_when_and_as_what_never_who(application: Application, diane: User) -> None:
    looks(application, diane)
    page = signed_in(application.candidate).get(reverse("privacy:my_data")).content.decode()
    assert "Qui a consulté vos dossiers" in page
    assert "l’équipe du programme" in page
    assert str(diane) not in page


def test_the_team_reads_who(application: Application, diane: User, denis: User) -> None:
    looks(application, denis)
    where = reverse("journey:staff_record_history", args=["candidates.application", application.pk])
    page = signed_in(diane).get(where).content.decode()
    assert "Qui l’a consulté" in page
    assert str(denis) in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_consultation SET at = at - interval '1 day'",
        "DELETE FROM journal_consultation",
        "TRUNCATE journal_consultation",
    ],
)
def test_a_row_is_neither_changed_nor_removed(application: Application, diane: User, statement: str) -> None:
    looks(application, diane)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises((InternalError, ProgrammingError), match="a consultation is neither"):
            cursor.execute(statement)


def test_its_time_over_it_goes(application: Application, diane: User) -> None:
    looks(application, diane, days=400)
    assert Consultation.objects.all().delete()[0] == 1
