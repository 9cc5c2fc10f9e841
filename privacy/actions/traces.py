"""What is no record of ours: sessions, the cache, the person's name in the texts of others."""

from collections.abc import Iterable, Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import connection, models

from eig.accounts.models import User
from eig.personal import ERASED
from privacy.register import records
from privacy.rules import without_person

TEXTS = (models.CharField, models.TextField)


def end_sessions(person: User, *, words: Sequence[str]) -> int:
    """Every session where the person is signed in, or where a sign-up or a sign-in in progress names them."""
    gone = []
    for session in Session.objects.order_by("pk").iterator(chunk_size=500):
        data = session.get_decoded()
        if str(data.get("_auth_user_id")) == str(person.pk) or _says(repr(data), words):
            gone.append(session.pk)
    return Session.objects.filter(pk__in=gone).delete()[0]


def clear_cache(person: User, *, words: Sequence[str]) -> int:
    """Rate limits and whatever else the cache knows under the person's address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, encode(decode(value, 'base64'), 'escape') FROM cache")
        gone = [key for key, value in cursor.fetchall() if _says(f"{key} {value}", words)]
        cursor.execute("DELETE FROM cache WHERE cache_key = ANY(%s)", [gone])
    return len(gone)


def _says(text: str, words: Sequence[str]) -> bool:
    lowered = text.lower()
    return any(word and word.lower() in lowered for word in words)


def searched_models() -> dict[type[models.Model], list[models.Field]]:  # type: ignore[type-arg]
    """The declared models where others may have written a name, with their texts."""
    unsearched = {record.model for record in records() if not record.searched}
    return {
        model: [field for field in model._meta.local_concrete_fields if _is_text(field)]
        for model in {record.model: None for record in records()}
        if model not in unsearched
    }


def _is_text(field: models.Field) -> bool:  # type: ignore[type-arg]
    if isinstance(field, models.JSONField | ArrayField):
        return True
    unfit = field.choices or field.unique or isinstance(field, models.FileField | models.SlugField)
    return isinstance(field, TEXTS) and not unfit


def redact_texts(pattern: str) -> int:
    """Take the person's full name and addresses out of every searched text; returns how many rows changed."""
    if not pattern:
        return 0
    return sum(_redact(model, fields, pattern) for model, fields in searched_models().items() if fields)


def _redact(model: type[models.Model], fields: Iterable[models.Field], pattern: str) -> int:  # type: ignore[type-arg]
    plain = [field for field in fields if isinstance(field, TEXTS)]
    shaped = [field for field in fields if not isinstance(field, TEXTS)]
    quote, table = connection.ops.quote_name, connection.ops.quote_name(model._meta.db_table)
    touched = 0
    with connection.cursor() as cursor:
        for field in plain:
            column = quote(str(field.column))
            width = f"left(regexp_replace({column}, %(p)s, %(w)s, 'gi'), {field.max_length or 1_000_000})"
            cursor.execute(
                f"UPDATE {table} SET {column} = {width} WHERE {column} ~* %(p)s",  # noqa: S608 — our own names
                {"p": pattern, "w": ERASED},
            )
            touched += cursor.rowcount
        for other in shaped:
            column = quote(str(other.column))
            cursor.execute(
                f"SELECT id FROM {table} WHERE {column}::text ~* %s",  # noqa: S608 — our own names
                [pattern],
            )
            keys = [row[0] for row in cursor.fetchall()]
            for row in model._default_manager.filter(pk__in=keys).order_by("pk"):
                value = without_person(getattr(row, other.name), pattern, word=ERASED)
                model._default_manager.filter(pk=row.pk).update(**{other.name: value})
            touched += len(keys)
    return touched
