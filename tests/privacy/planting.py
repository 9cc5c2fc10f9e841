"""A person in every room of the house, with a canary in every text of theirs; the search for canaries."""

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from candidates.models import Application, Attachment, DuplicateRuling, PoolMember, RedactionMark
from cohorts.models import DirectoryEntry
from eig.accounts.actions import invite
from eig.accounts.models import User
from eig.documents.choices import FileStatus
from eig.documents.models import Document, Extract
from eig.documents.printing import ask_print, print_next
from eig.evaluation.actions import declare_recusal
from eig.journal.models import Entry
from eig.mail.models import Message
from eig.mail.outbox import post
from eig.meetings.models import AdviceBooking, AdviceSlot, Registration, Webinar
from eig.personal import APPLICATION, PERSON, Record
from eig.promotions.models import Promotion
from matching.interviews.models import Audition, Needs
from privacy.queries.rows import rows_of
from privacy.register import records
from tests.factories import candidates as make
from tests.factories import cohorts, interviews
from tests.factories import projects as make_project
from tests.people import person, signed_in

WORD = "canari"
FIRST, LAST = "Canarine", "Canariole"
_numbers = count(1)


def canary() -> str:
    return f"{WORD}{next(_numbers):05d}"


def planted_person(promotion: Promotion, elsewhere: Promotion, *, staff: User) -> User:
    """An EIG whose mission is over; juror, reader and lead of a project elsewhere."""
    now = timezone.now()
    who = person(FIRST, LAST)
    members = cohorts.cohort(promotion, who=who)
    member = next(member for member in members if member.person_id == who.pk)
    cohorts.bulletin(member.team, by=who)
    for each in members:
        cohorts.completed(each, by=staff)
    DirectoryEntry.objects.create(
        promotion=promotion, person=who, name=f"{FIRST} {LAST}", trade="Design", project_title="Marée",
        headline=canary(), consented_at=now, expires_at=now + timedelta(days=700),
    )  # fmt: skip
    _her_application(promotion, who, staff=staff)
    _her_juries(elsewhere, who, staff=staff)
    project = make_project.submitted(elsewhere, lead=who)
    project.leads.create(person=person("Héritière", "Suivante"), role="editor", since=now)
    _her_meetings(promotion, who, staff=staff)
    invite(who.email, purpose="staff", by=staff, at=now)
    _her_traces(who)
    return who


def _her_application(promotion: Promotion, who: User, *, staff: User) -> None:
    now = timezone.now()
    application = Application.objects.get(promotion=promotion, candidate=who)
    other = make.submitted(promotion)
    first, second = sorted([application, other], key=lambda row: row.pk)
    DuplicateRuling.objects.create(
        promotion=promotion, first=first, second=second, ruling="distinct", reason="x", ruled_at=now,
        ruled_by=staff
    )  # fmt: skip
    RedactionMark.objects.create(
        application=application, kind="hide", text="x", folded="x", made_at=now, made_by=who
    )
    PoolMember.objects.create(
        programme=promotion.programme, person=who, application=application, joined_at=now,
        expires_on=now.date() + timedelta(days=300),
    )  # fmt: skip
    Needs.objects.create(application=application, access="x", phone="x", updated_at=now)
    document = make.clean_document(who)
    Attachment.objects.create(application=application, question="cv", document=document, added_at=now)
    Extract.objects.create(document=document, text=f"{FIRST} {LAST}", extracted_at=now)
    ask_print("candidates.receipt", subject_id=application.pk, title="Récépissé", by=who, at=now)
    while print_next():
        pass


def _her_juries(elsewhere: Promotion, who: User, *, staff: User) -> None:
    now = timezone.now()
    juror = interviews.juror(elsewhere, staff, who, organisation="x")
    interviews.panel(
        elsewhere, staff, [juror, interviews.juror(elsewhere, staff)], starts=interviews.morning(-3)
    )
    reader = make.reader(elsewhere, who)
    make.signed(make.submitted(elsewhere), reader)
    # Begun and not signed: it goes back to the queue.
    make.assigned(make.submitted(elsewhere), reader)
    aside = make.submitted(elsewhere)
    declare_recusal(
        who, promotion=elsewhere, subject_type=APPLICATION, subject_id=aside.pk, reason="x", by=who, at=now
    )  # fmt: skip


def _her_meetings(promotion: Promotion, who: User, *, staff: User) -> None:
    now = timezone.now()
    webinar = Webinar.objects.create(
        promotion=promotion, audience="candidates", title="Webinaire", starts_at=now - timedelta(days=9),
        ends_at=now - timedelta(days=8), capacity=9, created_at=now, created_by=staff,
    )  # fmt: skip
    Registration.objects.create(
        webinar=webinar, name="x", email=who.email, status="registered", registered_at=now, seated_at=now
    )
    hour = now - timedelta(days=5)
    slot = AdviceSlot.objects.create(
        promotion=promotion, adviser=staff, during=(hour, hour + timedelta(minutes=20))
    )
    AdviceBooking.objects.create(
        promotion=promotion, slot=slot, name="x", email=who.email, organisation="x", status="held",
        booked_at=now
    )  # fmt: skip


def _her_traces(who: User) -> None:
    """Sessions, the cache, mails to others that name her, a mail on its way, the journal."""
    signed_in(who)
    stranger = Client()
    session = stranger.session
    session["account_login"] = {"email": who.email}
    session.save()
    UserSession.objects.create(
        user=who, ip="192.0.2.77", session_key="x" * 30, user_agent=f"Navigateur {canary()}", data={}
    )
    cache.set(f"limite:{who.email}", [1])
    cache.set("limite:2", f"{who.email}")
    Entry.objects.create(
        at=timezone.now(), actor=who, verb="x", record_type="x", record_id=1, record_label=f"{FIRST} {LAST}",
        data={"email": who.email},
    )  # fmt: skip
    other = person("Autre", "Destinataire")
    post(
        "candidates/application_withdrawn",
        to=other,
        key="planted:1",
        promotion=None,
        application=None,
        path="/",
    )
    Message.objects.filter(key="planted:1").update(body=f"Vous entendrez {LAST} {FIRST} ({who.email}).")
    Message.objects.create(
        key="planted:2", kind="account", to_email=who.email, subject="Code", body=canary(),
        created_at=timezone.now(), not_before=timezone.now(),
    )  # fmt: skip


def plant(who: User) -> int:
    """A canary of its own in every declared text of hers, under the triggers.

    Returns how many were planted.
    """
    planted = 0
    keys = {
        PERSON: [who.pk],
        APPLICATION: list(Application.objects.filter(candidate=who).values_list("pk", flat=True)),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for record in records():
            if record.subject in keys and record.model not in (User, Entry):
                planted += _plant(record, keys[record.subject], who)
        cursor.execute("SET session_replication_role = origin")
    for document in Document.objects.filter(owner=who, status=FileStatus.CLEAN):
        Path(settings.PRIVATE_ROOT, str(document.file.name)).write_bytes(canary().encode())
    return planted


def _plant(record: Record, keys: list[int], who: User) -> int:
    names = {*record.erased, *(record.kept.split() if record.gone else ())}
    rows = rows_of(record, subject=record.subject, keys=keys, addresses=[who.email])
    planted = 0
    for row in rows:
        values = {name: value for name in names if (value := _word_for(record.model, name)) is not None}
        if values:
            record.model._default_manager.filter(pk=row.pk).update(**values)
            planted += len(values)
    return planted


def _word_for(model: type[models.Model], name: str) -> Any:
    field = model._meta.get_field(name)
    if field.is_relation or field.choices or name in {"email", "to_email"}:
        return None
    if isinstance(field, ArrayField):
        return [canary()]
    if isinstance(field, models.JSONField):
        return {"motivation": canary(), "phone": canary()}
    if isinstance(field, models.FileField) or not isinstance(field, models.CharField | models.TextField):
        return None
    return canary()[: field.max_length or 99]


def found_in_database(word: str = WORD) -> list[str]:
    """Every column of every table, as text, in every schema of ours: where the word is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name, column_name FROM information_schema.columns"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
            " AND table_name IN (SELECT relname FROM pg_class WHERE relkind IN ('r', 'p'))"
            " ORDER BY 1, 2, 3"
        )
        found = []
        for schema, table, column in cursor.fetchall():
            text = f'"{column}"::text'
            if (table, column) == ("cache", "value"):
                text = "encode(decode(value, 'base64'), 'escape')"
            cursor.execute(f'SELECT count(*) FROM "{schema}"."{table}" WHERE {text} ILIKE %s', [f"%{word}%"])
            if number := cursor.fetchone()[0]:
                found.append(f"{table}.{column}: {number}")
    return found


def found_in_files(word: str = WORD) -> list[str]:
    return [
        path.name
        for path in Path(settings.PRIVATE_ROOT).rglob("*")
        if path.is_file() and word.encode() in path.read_bytes().lower()
    ]


def auditions_of(who: User) -> int:
    return Audition.objects.filter(application__candidate=who).count()
