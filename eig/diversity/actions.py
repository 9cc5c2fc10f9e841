"""Collect an answer without its author; turn answers into counts ten at a time; publish once.

An answer enters a sealed pool, mixed with those that wait. When twenty wait, ten drawn at random become
counts, sealed too, and nothing else is kept of them. No row, key, date or order ever stands for one answer.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core import signing
from django.db import connection, transaction

from eig.diversity.rules import QUESTIONS, added, cleaned, drawn, table_of
from eig.diversity.sealing import seal, unseal

CHANCE = secrets.SystemRandom()
SALT = "eig.diversity.form"
FORM_LASTS = 24 * 3600
# Tokens remembered, so that a form sent twice counts once.
REMEMBERED = 300


class Closed(Exception):
    """The counts are published: no answer is taken any more."""


class AlreadyCounted(Exception):
    """This very form was sent before: a double click, a page reloaded."""


class FormTooOld(Exception):
    """The form was opened more than a day ago, or was not made here."""


def new_token(promotion_code: str) -> str:
    """Of one form, for one sending. Given to nobody in particular, and not kept."""
    return signing.dumps([promotion_code, secrets.token_hex(8)], salt=SALT, compress=False)


def _nonce(token: str, promotion_code: str) -> str:
    try:
        code, nonce = signing.loads(token, salt=SALT, max_age=FORM_LASTS)
    except (signing.BadSignature, ValueError) as error:
        raise FormTooOld from error
    if code != promotion_code:
        raise FormTooOld
    return str(nonce)


@transaction.atomic
def collect(promotion_code: str, answer: Mapping[str, str], *, token: str) -> None:
    """Take one answer. Raises Closed, AlreadyCounted, FormTooOld."""
    nonce = _nonce(token, promotion_code)
    pool = _locked_pool(promotion_code)
    if nonce in pool["sent"]:
        raise AlreadyCounted
    released, waiting = drawn([*pool["waiting"], cleaned(answer)], chance=CHANCE)
    sent = [*pool["sent"][-REMEMBERED + 1 :], nonce]
    CHANCE.shuffle(sent)
    _keep(promotion_code, {"waiting": waiting, "sent": sent, "counts": added(pool["counts"], released)})


@transaction.atomic
def publish(promotion_code: str, *, on: date) -> bool:
    """Close the questionnaire, once: what may be shown is written down, everything else disappears.

    What still waits is counted if it is ten or more, else lost. False when it was closed already.
    """
    try:
        pool = _locked_pool(promotion_code)
    except Closed:
        return False
    released, _ = drawn(pool["waiting"], chance=CHANCE, closing=True)
    counts = added(pool["counts"], released)
    rows = [
        (promotion_code, question.code, code, cell.count)
        for question in QUESTIONS
        for (code, _), cell in zip(
            question.choices, table_of(question, counts[question.code]).cells, strict=True
        )
        if cell.count is not None
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM diversity.pool WHERE promotion = %s", [promotion_code])
        cursor.execute(
            "INSERT INTO diversity.publication (promotion, published_on) VALUES (%s, %s)",
            [promotion_code, on],
        )
        cursor.executemany(
            "INSERT INTO diversity.tally (promotion, question, answer, number) VALUES (%s, %s, %s, %s)", rows
        )
    return True


@transaction.atomic
def reseal() -> int:
    """Seal every pool with today's key, so that the former ones may leave the settings. Raises Unreadable."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT promotion, sealed FROM diversity.pool ORDER BY promotion FOR UPDATE")
        rows = cursor.fetchall()
    for promotion_code, block in rows:
        _keep(promotion_code, unseal(block))
    return len(rows)


def _locked_pool(promotion_code: str) -> dict[str, Any]:
    """The pool of a promotion, held until the transaction ends. Raises Closed."""
    empty: dict[str, Any] = {"waiting": [], "sent": [], "counts": added({}, [])}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO diversity.pool (promotion, sealed) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [promotion_code, seal(empty)],
        )
        cursor.execute("SELECT sealed FROM diversity.pool WHERE promotion = %s FOR UPDATE", [promotion_code])
        block = cursor.fetchone()[0]
        cursor.execute("SELECT 1 FROM diversity.publication WHERE promotion = %s", [promotion_code])
        if cursor.fetchone():
            cursor.execute("DELETE FROM diversity.pool WHERE promotion = %s", [promotion_code])
            raise Closed
    return unseal(block)


def _keep(promotion_code: str, pool: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE diversity.pool SET sealed = %s WHERE promotion = %s", [seal(pool), promotion_code]
        )
