"""Read what may be read: whether the questionnaire is open, and its published tables."""

import hashlib
import hmac
from datetime import date

from django.db import connection
from django.utils.crypto import constant_time_compare

from eig.diversity.rules import QUESTIONS, Table, published_table
from eig.diversity.sealing import secrets
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of


def _shared_key(promotion_code: str, secret: str) -> str:
    key = f"eig.diversity:{secret}".encode()
    return hmac.new(key, promotion_code.encode(), hashlib.sha256).hexdigest()[:20]


def shared_key(promotion_code: str) -> str:
    """The same for everybody: it says that one comes from an application, not from whose."""
    return _shared_key(promotion_code, secrets()[0])


def opens(key: str, promotion_code: str) -> bool:
    """Whether the link leads there; those of the former keys do, as long as the settings name them."""
    return any(constant_time_compare(key, _shared_key(promotion_code, secret)) for secret in secrets())


def is_open(promotion: Promotion) -> bool:
    """From the opening of the call until the team closes the questionnaire, after the call."""
    phase = phase_of(promotion, PhaseKind.APPLICATIONS)
    return phase is not None and phase.opens_at <= moment(promotion) and published_on(promotion.code) is None


def published_on(promotion_code: str) -> date | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT published_on FROM diversity.publication WHERE promotion = %s", [promotion_code]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def tables(promotion_code: str) -> list[Table]:
    """The published counts; nothing before the publication, which comes once."""
    if published_on(promotion_code) is None:
        return []
    counts: dict[str, dict[str, int]] = {question.code: {} for question in QUESTIONS}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT question, answer, number FROM diversity.tally WHERE promotion = %s", [promotion_code]
        )
        for question, answer, number in cursor.fetchall():
            if question in counts:
                counts[question][answer] = number
    return [published_table(question, counts[question.code]) for question in QUESTIONS]
