"""Before production: the questionnaire has a key of its own, and what waits can still be opened."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

from eig.diversity.sealing import Unreadable, unseal

NO_KEY = "QUESTIONNAIRE_KEY is not set: SECRET_KEY seals the questionnaire, and cannot change without it."
LOST_KEY = "No key opens the questionnaire of {}: add the former one to QUESTIONNAIRE_KEY_FALLBACKS."


def check_key(**_: Any) -> list[checks.CheckMessage]:
    return [] if settings.QUESTIONNAIRE_KEY or settings.DEMO else [checks.Warning(NO_KEY, id="eig.W002")]


def check_pools(*, databases: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """`check --deploy --database default`."""
    found: list[checks.CheckMessage] = []
    if databases:
        with connection.cursor() as cursor:
            cursor.execute("SELECT promotion, sealed FROM diversity.pool ORDER BY promotion")
            rows = cursor.fetchall()
        for promotion, block in rows:
            try:
                unseal(block)
            except Unreadable:
                found.append(checks.Error(LOST_KEY.format(promotion), id="eig.E001"))
    return found
