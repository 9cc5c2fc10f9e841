"""Seal the draw's seed, then show it once the scores are locked."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from candidates.models import Application
from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.promotions.models import Promotion
from matching.stable.lottery import seed_commitment
from matching.teams.models import Draw
from matching.teams.queries import auditions_pending, draw_of


class DrawSealed(Exception):
    """The draw of this promotion is already sealed, or its seed can no longer be chosen."""


class DrawMissing(Exception):
    """No draw is sealed (or revealed) yet."""


class AuditionsPending(Exception):
    """Scores may still change: an audition is to be held, or a card to be signed."""


@transaction.atomic
def commit_draw(promotion: Promotion, *, by: User, at: datetime, seed: str | None = None) -> Draw:
    """Seal a seed and publish its fingerprint.

    Without `seed` it is drawn at random. Once an application has its number the seed can no longer be
    chosen: whoever chose it could try several and keep the one they like.
    """
    if seed and Application.objects.filter(promotion=promotion, number__isnull=False).exists():
        raise DrawSealed(
            "La graine ne peut plus être choisie : des candidatures ont déjà leur numéro. "
            "Laissez l’application la tirer."
        )
    chosen = seed or f"{promotion.code}:{secrets.token_hex(16)}"
    try:
        with transaction.atomic():
            draw = Draw.objects.create(
                promotion=promotion, seed=chosen, commitment=seed_commitment(chosen), committed_at=at
            )
    except IntegrityError:
        raise DrawSealed("Le tirage de cette promotion est déjà scellé.") from None
    journal("commit_draw", draw, by=by, at=at, promotion_id=promotion.pk, commitment=draw.commitment)
    return draw


def refuse_while_pending(promotion: Promotion) -> None:
    """Raises AuditionsPending."""
    if pending := auditions_pending(promotion):
        subject = "1 audition reste" if pending == 1 else f"{pending} auditions restent"
        raise AuditionsPending(
            f"{subject} à tenir, à annuler ou à noter : les notes ne sont pas définitives."
        )


@transaction.atomic
def reveal_draw(promotion: Promotion, *, by: User, at: datetime) -> Draw:
    """Show the seed to everybody. Refused while a score may still change; doing it twice changes nothing."""
    draw = draw_of(promotion)
    if draw is None:
        raise DrawMissing("Le tirage n’est pas encore scellé.")
    if draw.revealed_at is not None:
        return draw
    refuse_while_pending(promotion)
    if Draw.objects.filter(pk=draw.pk, revealed_at__isnull=True).update(revealed_at=at):
        draw.revealed_at = at
        journal("reveal_draw", draw, by=by, at=at, promotion_id=promotion.pk)
    return draw
