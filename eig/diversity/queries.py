"""Read what may be read: whether the questionnaire is open, and its published tables."""

import hashlib
import hmac
from datetime import date

from django.conf import settings
from django.db import connection

from eig.diversity.rules import QUESTIONS, Table, published_table
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of


def shared_key(promotion_code: str) -> str:
    """The same for everybody: it says that one comes from an application, not from whose."""
    secret = f"eig.diversity:{settings.SECRET_KEY}".encode()
    return hmac.new(secret, promotion_code.encode(), hashlib.sha256).hexdigest()[:20]


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
