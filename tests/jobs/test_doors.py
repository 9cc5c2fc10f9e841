"""The doors of the worker, as Celery opens them: one item that fails between two leaves the two alone."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from candidates.choices import BulkKind
from candidates.models import Application, PoolMember
from candidates.tasks import end_consents
from cohorts.rules import weeks_due
from cohorts.tasks import send_bulletin_digest
from eig.accounts.models import User
from eig.documents.models import Document, Extract
from eig.documents.tasks import check_waiting, print_waiting
from eig.exports import sources
from eig.exports.choices import Status as ExportStatus
from eig.exports.models import Export
from eig.exports.tasks import purge, write_waiting
from eig.failures.queries import failures_of
from eig.jobs.models import Job
from eig.listing.choices import RowState
from eig.listing.tasks import finish_bulk
from eig.mail.models import Message
from eig.mail.tasks import deliver
from eig.meetings.tasks import remind
from eig.promotions.models import Phase, Promotion
from journey.actions.founding import create_promotion
from matching.interviews.models import Plan
from matching.interviews.tasks import solve_waiting
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from matching.teams.tasks import expire_offers
from privacy.choices import CopyStatus
from privacy.emails import FAREWELL
from privacy.models import DataCopy
from privacy.tasks import forget_sent_farewells, keep_no_longer, prepare_copies
from tests.candidates.test_bulk import bulk, results
from tests.candidates.test_pool import joined
from tests.factories import candidates as make
from tests.factories.cohorts import bulletin, cohort
from tests.factories.meetings import registered, webinar
from tests.factories.teams import market, offer_of, overdue, published
from tests.jobs.queues import BENCHES

pytestmark = pytest.mark.django_db
numbers = itertools.count(1)


def refused_by_the_database(deed: str, table: str, *, when: str) -> None:
    """These rows cannot be written, as on a full disk or behind a broken rule; until the end of the test."""
    name = f"refuse_{next(numbers)}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION {name}()"
        )


def sent_already(message: Message) -> None:
    """The relay refuses a second letter of the same identity."""
    path = Path(settings.MAIL_SINK_ROOT) / message.code.hex[:2] / f"{message.code}.eml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("taken")


def of_no_kind(job: Job) -> None:
    type(job).objects.filter(pk=job.pk).update(kind="inconnu")


def of_a_broken_source(export: Export) -> None:
    def build(promotion: Promotion, given: object, by: User) -> sources.Table:
        raise ZeroDivisionError

    sources.register("broken", title="Essai", build=build)
    Export.objects.filter(pk=export.pk).update(kind="broken")


def of_no_question(plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(instance={})


def without_its_file(document: Document) -> None:
    document.file.storage.delete(document.file.name)


def never_ready(copy: DataCopy) -> None:
    refused_by_the_database("UPDATE", "privacy_datacopy", when=f"NEW.status = 'ready' AND NEW.id = {copy.pk}")


@pytest.mark.parametrize(
    ("queue", "spoil", "door"),
    [
        ("mail", sent_already, deliver),
        ("print", of_no_kind, print_waiting),
        ("export", of_a_broken_source, write_waiting),
        ("copy", never_ready, prepare_copies),
        ("plan", of_no_question, solve_waiting),
        ("check", without_its_file, check_waiting),
    ],
)
def test_a_job_that_fails_leaves_the_others_of_its_run_alone(
    promotion: Promotion, diane: User, queue: str, spoil: Callable[[Job], None], door: Callable[[], None]
) -> None:
    bench = BENCHES[queue]
    jobs = [bench.ask(promotion, diane) for _ in range(3)]
    spoil(jobs[1])
    door()
    for job in jobs:
        job.refresh_from_db()
    assert [job.status for job in jobs] == [bench.done, bench.model.QUEUE.waiting, bench.done]
    assert jobs[1].error


def test_a_checked_file_that_cannot_be_read_leaves_the_text_of_the_others(diane: User) -> None:
    files = [make.clean_document(diane) for _ in range(3)]
    without_its_file(files[1])
    check_waiting()
    assert set(Extract.objects.values_list("document", flat=True)) == {files[0].pk, files[2].pk}


def test_exports_whose_days_are_over_are_erased_but_the_one_that_resists(
    promotion: Promotion, diane: User
) -> None:
    exports = [BENCHES["export"].ask(promotion, diane) for _ in range(4)]
    write_waiting()
    Export.objects.exclude(pk=exports[3].pk).update(expires_at=timezone.now())
    refused_by_the_database("UPDATE", "exports_export", when=f"NEW.id = {exports[1].pk}")
    purge()
    found = [Export.objects.get(pk=export.pk).status for export in exports]
    gone, kept = ExportStatus.EXPIRED, ExportStatus.READY
    assert found == [gone, kept, gone, kept]


def test_consents_end_one_by_one(promotion: Promotion) -> None:
    today = timezone.localdate()
    keys = [joined(make.submitted(promotion)).pk for _ in range(4)]
    PoolMember.objects.filter(pk__in=keys[:3]).update(expires_on=today - timedelta(days=1))
    refused_by_the_database("DELETE", "candidates_poolmember", when=f"OLD.id = {keys[1]}")
    end_consents()
    assert set(PoolMember.objects.values_list("pk", flat=True)) == {keys[1], keys[3]}


def test_meetings_are_reminded_but_the_one_whose_letter_cannot_be_written(
    promotion: Promotion, diane: User
) -> None:
    now = timezone.now()
    for hours, name in enumerate(("ana", "bo", "cy"), start=20):
        starts = now + timedelta(days=2, hours=hours)
        held = webinar(promotion, diane, starts_at=starts, ends_at=starts + timedelta(hours=1))
        registered(held, name)
    Promotion.objects.filter(pk=promotion.pk).update(
        is_rehearsal=True, rehearsal_clock=now + timedelta(days=2)
    )
    refused_by_the_database("INSERT", "mail_message", when="NEW.to_email = 'bo@agent.example'")
    remind()
    told = Message.objects.filter(kind="meetings/webinar_reminder").order_by("pk")
    assert [letter.to_email for letter in told] == ["ana@agent.example", "cy@agent.example"]


def test_offers_expire_but_the_one_whose_person_cannot_be_told(promotion: Promotion) -> None:
    people = market(promotion)
    published(promotion)
    late = [overdue(offer_of(people[name])) for name in ("anna", "basile", "dora")]
    address = people["basile"].candidate.email
    refused_by_the_database(
        "INSERT", "mail_message", when=f"NEW.kind = 'teams/offer_expired' AND NEW.to_email = '{address}'"
    )
    expire_offers()
    # What failed is said on the cockpit, without a name.
    assert failures_of(promotion.pk).get().deed == "clore une proposition échue"
    found = [Offer.objects.get(pk=offer.pk).status for offer in late]
    assert found == [OfferStatus.EXPIRED, OfferStatus.SENT, OfferStatus.EXPIRED]


def test_farewells_are_forgotten_but_the_one_that_resists() -> None:
    now = timezone.now()
    letters = [
        Message.objects.create(
            key=f"farewell:{rank}", kind=FAREWELL, to_email=f"p{rank}@exemple.example", subject="Adieu",
            body="Texte", status="sent", sent_at=now, created_at=now, not_before=now,
        )
        for rank in range(3)
    ]  # fmt: skip
    refused_by_the_database("UPDATE", "mail_message", when=f"NEW.id = {letters[1].pk}")
    forget_sent_farewells()
    kept = Message.objects.exclude(body="").filter(to_email__endswith="@exemple.example")
    assert [letter.to_email for letter in kept] == ["p1@exemple.example"]


def test_the_night_s_work_goes_on_past_what_fails(alice: User, badis: User, claire: User) -> None:
    now = timezone.now()
    copies = [
        DataCopy.objects.create(
            person=one, status=CopyStatus.READY, asked_at=now, ready_at=now, expires_at=now
        )
        for one in (alice, badis, claire)
    ]
    refused_by_the_database("UPDATE", "privacy_datacopy", when=f"NEW.id = {copies[1].pk}")
    keep_no_longer()
    found = [DataCopy.objects.get(pk=copy.pk).status for copy in copies]
    assert found == [CopyStatus.EXPIRED, CopyStatus.READY, CopyStatus.EXPIRED]


def test_each_promotion_has_its_digest_but_the_one_that_fails(promotion: Promotion) -> None:
    now = timezone.now()
    others = [
        create_promotion("eig6", by=None, at=now, code=f"eig-{number}", name=f"EIG {number}", number=number)
        for number in (17, 18)
    ]
    Phase.objects.update(opens_at=now - timedelta(days=10), closes_at=now + timedelta(days=10))
    for one in (promotion, *others):
        member = cohort(one)[0]
        bulletin(member.team, by=member.person, week=weeks_due(now)[-1], at=now)
    refused_by_the_database("INSERT", "mail_message", when=f"NEW.promotion_id = {others[0].pk}")
    send_bulletin_digest()
    told = Message.objects.filter(kind="cohorts/bulletin_digest").values_list("promotion_id", flat=True)
    assert set(told) == {promotion.pk, others[1].pk}


def test_a_deed_on_many_goes_on_past_the_row_that_breaks(promotion: Promotion, diane: User) -> None:
    rows = [make.submitted(promotion) for _ in range(3)]
    deed = bulk(promotion, BulkKind.INELIGIBLE, rows, diane, code="student", reason="En licence.")
    refused_by_the_database("INSERT", "mail_message", when=f"NEW.to_email = '{rows[1].candidate.email}'")
    finish_bulk(deed.pk)
    assert results(deed) == {
        rows[0].pk: RowState.DONE,
        rows[1].pk: RowState.REFUSED,
        rows[2].pk: RowState.DONE,
    }
    assert "erreur de l’application" in deed.rows.get(record_id=rows[1].pk).said
    assert Application.objects.get(pk=rows[1].pk).status == "submitted"
