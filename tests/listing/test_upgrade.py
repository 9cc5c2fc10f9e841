"""What was kept of the list of applications is found again, and goes back."""

from importlib import import_module

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from eig.journal.models import Entry
from eig.listing.models import BulkDeed, BulkRow, SavedView
from tests.factories import candidates as make

MOVED = import_module("eig.listing.migrations.0001_views_and_deeds_of_every_list")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def test_views_and_deeds_of_the_former_build_are_those_of_the_list(promotion, diane):
    application, now = make.submitted(promotion), timezone.now()
    kinds = ContentType.objects.filter(app_label="listing")
    known = kinds.count()
    run(MOVED.BACK)
    assert ContentType.objects.filter(app_label="candidates", model="savedview").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO candidates_savedview"
            " (code, name, query, is_shared, created_at, owner_id, promotion_id)"
            " VALUES (gen_random_uuid(), 'À relire', 'status=submitted', true, %s, %s, %s)",
            [now, diane.pk, promotion.pk],
        )
        cursor.execute(
            "INSERT INTO candidates_bulkdeed (code, kind, given, asked_at, asked_by_id, promotion_id)"
            " VALUES (gen_random_uuid(), 'write', '{\"text\": \"Bonjour\"}', %s, %s, %s) RETURNING id",
            [now, diane.pk, promotion.pk],
        )
        [deed] = cursor.fetchone()
        cursor.execute(
            "INSERT INTO candidates_bulkrow (bulk_id, application_id, state, said)"
            " VALUES (%s, %s, 'pending', '')",
            [deed, application.pk],
        )
    Entry.objects.create(
        at=now, verb="prepare_bulk", record_type="candidates.bulkdeed", record_id=deed, record_label="Écrire"
    )
    run(MOVED.FORWARD)
    assert SavedView.objects.get().listing == BulkDeed.objects.get().listing == "candidatures"
    row = BulkRow.objects.get()
    assert (row.record_type, row.record_id) == ("candidates.application", application.pk)
    assert Entry.objects.get(record_id=deed, verb="prepare_bulk").record_type == "listing.bulkdeed"
    assert kinds.count() == known == 3
