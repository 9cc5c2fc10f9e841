"""The end of each kind of data comes on its day, after a warning, and leaves a proof."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from candidates.models import Application, PoolMember
from cohorts.models import DirectoryEntry
from eig.accounts.models import User
from eig.journal.models import Entry
from eig.mail.models import Message
from eig.promotions.models import Phase, Promotion
from matching.interviews.models import Needs
from privacy.actions import give_notices, purge, set_lengths
from privacy.models import Erasure, PurgeNotice
from privacy.rules import add_months, last_day_due
from tests.factories import candidates as make
from tests.factories import cohorts
from tests.people import person

PARIS = ZoneInfo("Europe/Paris")


def at(day: date, hour: int = 4) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 10, tzinfo=PARIS)


def refused(promotion: Promotion, decided: datetime, who: User | None = None) -> Application:
    application = make.submitted(promotion, who)
    Application.objects.filter(pk=application.pk).update(status="declined", decided_at=decided)
    return application


def is_erased(application: Application) -> bool:
    application.refresh_from_db()
    return application.answers == {} and str(application.candidate) == "Personne effacée"


# --- Dates ------------------------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 120))
def test_a_day_is_due_when_its_months_are_over_and_not_before(today: date, months: int) -> None:
    last = last_day_due(today, months)
    assert add_months(last, months) <= today
    assert add_months(last + timedelta(days=1), months) > today


def test_a_month_has_an_end() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2022, 11, 30), 24) == date(2024, 11, 30)


# --- A dossier --------------------------------------------------------------------------------------


def test_a_refused_application_ends_two_years_later_to_the_day(promotion: Promotion) -> None:
    # Two minutes before midnight in Paris is still that day, whatever the day is in London.
    application = refused(promotion, datetime(2022, 6, 30, 23, 58, tzinfo=PARIS))
    later = refused(promotion, datetime(2022, 7, 1, 0, 2, tzinfo=PARIS))
    owner = application.candidate
    give_notices(at=at(date(2024, 5, 30)))
    assert not PurgeNotice.objects.exists()
    give_notices(at=at(date(2024, 5, 31)))
    notice = PurgeNotice.objects.get()
    assert (notice.person, notice.due_on) == (owner, date(2024, 6, 30))
    assert Message.objects.get(kind="privacy/purge_announced").to_person == owner
    give_notices(at=at(date(2024, 6, 1)))
    assert PurgeNotice.objects.count() == 2

    purge(at=at(date(2024, 6, 29), hour=23))
    assert not is_erased(application)
    purge(at=at(date(2024, 6, 30), hour=0))
    assert is_erased(application)
    assert not is_erased(later)
    purge(at=at(date(2024, 7, 1)))
    assert is_erased(later)

    owner.refresh_from_db()
    assert owner.is_active
    proof = Erasure.objects.filter(clock="refused_applications").order_by("pk")[0]
    assert (proof.cause, proof.subjects, proof.promotion_code) == ("term", 1, promotion.code)
    assert proof.done_on == date(2024, 6, 30)
    # Neither the dossier nor its journal leads to the person any more.
    traces = Entry.objects.filter(record_type="candidates.application", record_id=application.pk)
    assert traces.exists()
    assert not traces.filter(actor=owner).exists()


def test_nothing_ends_before_thirty_days_of_notice(promotion: Promotion) -> None:
    application = refused(promotion, datetime(2020, 1, 1, 12, tzinfo=UTC))
    start = date(2024, 3, 1)
    purge(at=at(start))
    assert not is_erased(application)
    give_notices(at=at(start))
    assert give_notices(at=at(start)) == 0
    assert PurgeNotice.objects.get().due_on == start + timedelta(days=30)
    purge(at=at(start + timedelta(days=29)))
    assert not is_erased(application)
    purge(at=at(start + timedelta(days=30)))
    assert is_erased(application)


@pytest.mark.parametrize(
    ("months", "due"), [(6, date(2022, 12, 15)), (1, date(2022, 7, 15)), (36, date(2025, 6, 15))]
)
def test_the_length_is_a_rule_of_the_promotion(
    promotion: Promotion, diane: User, months: int, due: date
) -> None:
    application = refused(promotion, datetime(2022, 6, 15, 12, tzinfo=PARIS))
    set_lengths(promotion, months={"refused_applications": months}, by=diane, at=timezone.now())
    give_notices(at=at(due - timedelta(days=30)))
    purge(at=at(due - timedelta(days=1)))
    assert not is_erased(application)
    purge(at=at(due))
    assert is_erased(application)


def test_a_draft_ends_three_months_after_the_call(promotion: Promotion, alice: User) -> None:
    application = make.ready(promotion, alice)
    closing = datetime(2022, 3, 31, 23, 59, tzinfo=PARIS)
    Phase.objects.filter(promotion=promotion, kind="applications").update(
        opens_at=closing - timedelta(days=30),
        closes_at=closing,
        planned_opens_at=closing - timedelta(days=30),
    )
    give_notices(at=at(date(2022, 5, 31)))
    purge(at=at(date(2022, 6, 29)))
    assert not is_erased(application)
    purge(at=at(date(2022, 6, 30)))
    assert is_erased(application)
    assert application.status == "withdrawn"
    assert not application.attachments.exists()


# --- An account -------------------------------------------------------------------------------------


def test_signing_in_makes_the_notice_void(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(last_login=datetime(2022, 1, 10, tzinfo=PARIS))
    give_notices(at=at(date(2023, 12, 11)))
    assert PurgeNotice.objects.filter(person=alice).count() == 1
    User.objects.filter(pk=alice.pk).update(last_login=datetime(2023, 12, 20, tzinfo=PARIS))
    purge(at=at(date(2024, 2, 1)))
    alice.refresh_from_db()
    assert alice.is_active
    give_notices(at=at(date(2025, 11, 20)))
    purge(at=at(date(2025, 12, 20)))
    alice.refresh_from_db()
    assert not alice.is_active
    assert Erasure.objects.filter(clock="accounts").count() == 1


def test_an_account_that_something_holds_is_kept(promotion: Promotion, alice: User, diane: User) -> None:
    cohorts.cohort(promotion, who=alice)
    User.objects.filter(pk__in=[alice.pk, diane.pk]).update(last_login=datetime(2020, 1, 1, tzinfo=PARIS))
    give_notices(at=at(date(2024, 1, 1)))
    purge(at=at(date(2024, 3, 1)))
    assert User.objects.filter(pk__in=[alice.pk, diane.pk], is_active=True).count() == 2


# --- The rest ---------------------------------------------------------------------------------------


def test_what_needs_no_notice_ends_on_its_day(promotion: Promotion, alice: User) -> None:
    application = make.submitted(promotion, alice)
    now = datetime(2022, 6, 15, 12, tzinfo=PARIS)
    Needs.objects.create(application=application, access="Rez-de-chaussée", phone="06", updated_at=now)
    Phase.objects.filter(promotion=promotion, kind="auditions").update(
        opens_at=now - timedelta(days=5), closes_at=now
    )
    PoolMember.objects.create(
        programme=promotion.programme, person=alice, joined_at=now, expires_on=date(2022, 7, 15)
    )
    DirectoryEntry.objects.create(
        promotion=promotion, person=alice, name="Alice", trade="x", project_title="x", consented_at=now,
        expires_at=datetime(2022, 7, 15, 9, tzinfo=PARIS),
    )  # fmt: skip
    Message.objects.update(created_at=datetime(2021, 7, 15, 9, tzinfo=PARIS))
    purge(at=at(date(2022, 7, 14)))
    assert Needs.objects.exists()
    assert PoolMember.objects.exists()
    assert DirectoryEntry.objects.exists()
    assert not Message.objects.filter(subject="Message effacé").exists()
    purge(at=at(date(2022, 7, 15)))
    assert not Needs.objects.exists()
    assert not PoolMember.objects.exists()
    assert not DirectoryEntry.objects.exists()
    assert not Message.objects.exclude(subject="Message effacé").exists()
    assert alice.email not in str(list(Message.objects.values()))


def test_the_journal_is_dropped_after_three_years(alice: User) -> None:
    for moment in (datetime(2022, 6, 15, tzinfo=PARIS), datetime(2022, 6, 16, tzinfo=PARIS)):
        Entry.objects.create(at=moment, actor=alice, verb="x", record_type="x", record_id=1, record_label="x")
    purge(at=at(date(2025, 6, 15)))
    assert list(Entry.objects.filter(verb="x").values_list("at__date", flat=True)) == [date(2022, 6, 16)]


def test_a_dry_run_says_and_changes_nothing(promotion: Promotion) -> None:
    application = refused(promotion, datetime(2020, 1, 1, 12, tzinfo=UTC))
    now = timezone.now()
    PurgeNotice.objects.create(
        clock="refused_applications", record_type="candidates.application", record_id=application.pk,
        started_on=date(2020, 1, 1), person=application.candidate, told_on=now.date() - timedelta(days=31),
        due_on=now.date(),
    )  # fmt: skip
    said = StringIO()
    call_command("purge", dry_run=True, stdout=said)
    assert f"{promotion.code}: refused_applications: 1" in said.getvalue()
    assert not is_erased(application)
    assert not Erasure.objects.exists()
    call_command("purge", stdout=StringIO())
    assert is_erased(application)
    call_command("purge", stdout=StringIO())
    assert Erasure.objects.filter(clock="refused_applications").count() == 1


def test_two_people_of_one_promotion_are_erased_apart(promotion: Promotion) -> None:
    first, second = (
        refused(promotion, datetime(2020, 1, 1, tzinfo=PARIS), person(name)) for name in ("Un", "Deux")
    )
    give_notices(at=at(date(2024, 1, 1)))
    purge(at=at(date(2024, 3, 1)))
    assert is_erased(first)
    assert is_erased(second)
    assert first.candidate_id != second.candidate_id
