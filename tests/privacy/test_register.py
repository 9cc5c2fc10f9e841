"""The register is whole: no text, no file, no link to a person of ours escapes it."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, HStoreField
from django.db import models
from django.test import Client
from django.utils.html import escape

from eig.accounts.models import User
from eig.documents.printing import builders
from eig.journal.owner import closed_by
from eig.personal import PERSON
from privacy.actions.traces import searched_models
from privacy.management.commands.data_register import register_lines
from privacy.register import clocks, print_subjects, purposes, records

# Libraries that keep nothing of a person, or whose rows are swept by hand (privacy.actions.traces).
ELSEWHERE = {"dsfr", "auth", "contenttypes", "sessions", "admin"}
TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
    HStoreField,
)


def personal_fields(model: type[models.Model]) -> Iterator[str]:
    """Links to a person, and whatever holds words: a field with choices holds a code."""
    for field in model._meta.local_concrete_fields:
        if field.is_relation:
            if field.related_model is User:
                yield field.name
        elif isinstance(field, TEXTS) and not field.choices:
            yield field.name


@pytest.mark.parametrize(
    "model",
    [model for model in apps.get_models() if model._meta.app_label not in ELSEWHERE],
    ids=lambda model: model._meta.label,
)
def test_every_field_that_may_hold_a_person_is_declared(model: type[models.Model]) -> None:
    declared: set[str] = set()
    for record in records():
        if record.model is model:
            declared |= {*record.erased, *record.kept.split(), *record.plain.split()}
    assert set(personal_fields(model)) - declared == set()


def test_what_is_declared_exists() -> None:
    wrong = [
        f"{record.model._meta.label}.{name}"
        for record in records()
        for name in (*record.erased, *f"{record.kept} {record.plain} {record.shown}".split())
        if name not in {field.name for field in record.model._meta.get_fields()}
    ]
    assert wrong == []


def test_each_list_names_a_field_once() -> None:
    """Fields are named in one text: a comma, or a name written twice, would be seen by nobody."""
    lists = [text for record in records() for text in (record.kept, record.plain, record.shown)]
    assert [text for text in lists if len(set(text.split())) != len(text.split()) or "," in text] == []
    assert [text for text in lists if text != " ".join(text.split())] == []


def test_what_a_person_reads_has_its_purpose_and_what_is_due_its_clock() -> None:
    assert {record.purpose for record in records() if record.shown} <= set(purposes())
    assert {record.purpose for record in records() if record.purpose} == set(purposes())
    assert {purpose.clock for purpose in purposes().values() if purpose.clock} <= set(clocks())


def test_every_clock_says_what_it_does() -> None:
    for clock in clocks().values():
        assert bool(clock.subject) != bool(clock.forget), clock.code
        rows = clock.rows()
        assert "clock_started_at" in rows.query.annotations, clock.code
        if clock.promotion:
            rows.filter(**{f"{clock.promotion}__isnull": False})


def test_every_printed_document_says_whom_it_names() -> None:
    assert set(builders) - set(print_subjects()) == set()


def test_every_link_from_a_person_is_followed() -> None:
    """A row that hangs on an account by a cascade would be counted nowhere: each is declared."""
    cascades = {
        relation.related_model._meta.label
        for relation in User._meta.related_objects
        if relation.on_delete is models.CASCADE and relation.related_model._meta.app_label not in ELSEWHERE
    }
    followed = {record.model._meta.label for record in records() if record.subject == PERSON}
    assert cascades - followed == set()


def test_the_documentation_is_the_register(db: None) -> None:
    """`manage.py data_register` prints what the page must hold."""
    page = (settings.BASE_DIR / "docs" / "personal-data.md").read_text()
    assert [line for line in register_lines() if line not in page.splitlines()] == []


def test_the_public_page_says_the_lengths_of_the_code(client: Client, db: None) -> None:
    page = client.get("/donnees-personnelles/").content.decode()
    for purpose in purposes().values():
        assert escape(purpose.title) in page
    assert "24 mois après votre dernière connexion" in page


def test_erasure_looks_for_names_only_where_the_application_may_change_them() -> None:
    """Tests own their tables; in production, a table closed to changes would refuse the whole erasure."""
    closed = {
        table for app in apps.get_app_configs() for table, rights in closed_by(app) if "UPDATE" in rights
    }
    assert {"journal_entry", "journal_consultation"} <= closed
    assert closed & {model._meta.db_table for model in searched_models()} == set()
